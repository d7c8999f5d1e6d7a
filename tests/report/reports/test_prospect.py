"""What is still to come, in a brief."""

from dataclasses import replace
from datetime import date, timedelta

from tests.report.cases import DAY, case, entry
from tests.report.learnt import forty_days

from konvoi.forecast.ends import interval
from konvoi.model.entries import frame
from konvoi.report.case import Case
from konvoi.report.forecast.prospects import prospects
from konvoi.report.language import Language
from konvoi.report.reports.prospect import NONE, section

ENGLISH = Language("en")
SINCE = DAY - timedelta(days=20)


def line(number: int, stage: str, day: date) -> dict[str, object]:
    return entry(
        "E00",
        "ARV",
        stage,
        1,
        entry=f"E{number:02d}{stage}",
        line=f"a{number}",
        route="from stock",
        day_from=day,
        day_to=day,
    )


def told(ended: int) -> Case:
    """Lines that arrived after 40 days each, and two that wait for 20."""
    rows = [line(at, "committed", date(2025, 1, 1)) for at in range(ended)]
    rows += [line(at, "received", date(2025, 2, 10)) for at in range(ended)]
    rows += [line(at, "committed", SINCE) for at in (80, 81)]
    return replace(case(), entries=frame(rows), plan=None, outlook=None)


def test_open_lines_are_forecast_from_those_that_arrived() -> None:
    """All took 40 days: those that wait for 20 will be there within 30 more."""
    known = replace(told(30), models=(forty_days("energy"),))
    (found,) = prospects(known)
    assert (found.lines, found.told, found.by[0][1:]) == (2, 2, (2, 2))
    assert len(found.chances) == found.told
    said = ENGLISH.text(section(known).answer[0])
    assert said.endswith("Expected to arrive within 90 days: 2 (range 2–2).")
    assert ENGLISH.text(section(known).answer[1]) == (
        "Forecast dates learnt from ledger, as of 1 Feb 2026: 2 line items; at least 40 completed cases each."
    )


def test_with_too_few_ended_cases_there_is_no_basis() -> None:
    found = section(told(29))
    said = [ENGLISH.text(one) for one in found.answer]
    assert said[0].endswith("not computed (too few completed cases).")
    assert said[1] == "Withdrawal rate: not computed; no kind has 30 completed items."
    assert "not computed" in [ENGLISH.text(value) for value in found.tables[0].rows[0]]


def test_with_thirty_ended_lines_the_share_that_was_withdrawn_is_told_with_its_interval() -> None:
    said = [ENGLISH.text(one) for one in section(told(30)).answer]
    assert said[1].startswith("Withdrawal rate, energy: 0")


def test_without_open_lines_it_says_so() -> None:
    found = section(replace(case(), entries=case().entries.clear()))
    assert found.answer == (NONE,)


def test_the_bounds_of_all_are_those_of_all_lines_and_not_the_sum_of_the_kinds_bounds() -> None:
    """Lines of two kinds: an early end of one makes up for a late one of another."""
    chances = [0.5] * 20
    each, whole = interval(chances), interval(chances * 2)
    assert whole[1] > 2 * each[1]
    assert whole[2] < 2 * each[2]
    known = replace(told(30), models=(forty_days("energy"),))
    (found,) = prospects(known)
    assert interval([one[1] for one in found.chances]) == found.by[1]
