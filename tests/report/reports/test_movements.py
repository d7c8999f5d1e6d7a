"""Movements: days, state in words and signs, and how surely each is there."""

import pytest
from tests.report.cases import case

from konvoi.report.language import Language
from konvoi.report.page import Gantt
from konvoi.report.reports import movements
from konvoi.report.reports.movements import section

ENGLISH = Language("en")


def test_the_answer_counts_states() -> None:
    assert ENGLISH.text(section(case()).answer[0]) == (
        "5 movements planned, 2 Mar 2026 to 20 Apr 2026: on time 4, at risk 0, late 1."
    )


def test_a_movement_names_its_partner_its_need_and_its_place() -> None:
    row = [ENGLISH.text(value) for value in section(case()).tables[0].rows[0]]
    assert row[:8] == [
        "M1",
        "Arvenia",
        "generator 100 kW",
        "6 pieces",
        "piece",
        "N1",
        "Karsk (Карськ)",
        "2 Mar 2026",
    ]


def test_a_state_is_a_word_beside_its_sign() -> None:
    assert {ENGLISH.text(row[10]) for row in section(case()).tables[0].rows} == {"● on time", "○ late"}


def test_without_a_forecast_nobody_says_on_time() -> None:
    states = {ENGLISH.text(row[10]) for row in section(case(outlook=None)).tables[0].rows}
    assert states == {"? unknown", "○ late"}
    assert ENGLISH.text(section(case(outlook=None)).answer[1]) == "For 4 movements there is no forecast."


def test_where_not_all_are_drawn_the_picture_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(movements, "MOST_TASKS", 2)
    found = section(case())
    chart = found.charts[0]
    assert isinstance(chart, Gantt)
    assert ENGLISH.text(chart.source).startswith("2 of 5 movements, those at risk first.")
    assert "late" in {task.state for task in chart.tasks}
    assert len(found.tables[0].rows) == 5
