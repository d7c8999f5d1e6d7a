"""What is likely to come late, in a brief."""

from dataclasses import replace
from datetime import date

from tests.report.cases import case, entry
from tests.report.learnt import forty_days

from konvoi.model.entries import frame
from konvoi.report.language import Language
from konvoi.report.on_page import on_page
from konvoi.report.reports.late import section

ENGLISH = Language("en")


def test_the_answer_counts_what_is_overdue_and_of_what_nothing_tells_when_it_comes() -> None:
    rows = frame(
        [entry("E00", "ARV", "committed", 1, line="a", route="from stock", promised=date(2026, 2, 1))]
    )
    found = section(replace(case(), entries=rows))
    assert ENGLISH.text(found.answer[0]) == (
        "Open and overdue, due within 30 days or forecast to be late: 1 line item; overdue: 1 line item. No "
        "arrival forecast: 1 line item."
    )
    said = [ENGLISH.text(value) for value in found.tables[0].rows[0]]
    few = "too few completed cases: 0 of 30"
    assert said[3:9] == ["committed", "1 Feb 2026", "1 Feb 2026", few, few, few]
    assert said[10] == "very likely (100\u00a0%)"
    assert said[15:] == ["Arvenia (partner)", "allocated"]


def test_a_line_whose_last_stage_has_begun_stands_there_in_part() -> None:
    day, line = date(2026, 2, 1), {"line": "a", "route": "from stock", "good": "tent", "unit": "piece"}
    rows = frame(
        [
            entry("E00", "ARV", "committed", None, **line, quantity=3.0, promised=day),
            entry("E01", "ARV", "received", None, **line, quantity=1.0),
        ]
    )
    found = section(replace(case(), entries=rows))
    said = [ENGLISH.text(value) for value in found.tables[0].rows[0]]
    # Of three tents one came: the other two are still to be dispatched.
    assert (said[3], said[16]) == ("received (goods), in part", "dispatched")


def test_where_nothing_is_late_it_says_so() -> None:
    found = section(replace(case(), entries=case().entries.clear()))
    assert ENGLISH.text(found.answer[0]).startswith("No open item is overdue")


def test_on_the_page_stand_the_columns_that_one_reads_and_the_rest_in_the_workbook() -> None:
    rows = frame(
        [entry("E00", "ARV", "committed", 1, line="a", route="from stock", promised=date(2026, 2, 1))]
    )
    (whole,) = section(replace(case(), entries=rows)).tables
    heads = [ENGLISH.text(column.name) for column in on_page(whole).columns]
    assert len(heads) == len(on_page(whole).rows[0]) == 11
    assert {"Basis", "First promised date date"}.isdisjoint(heads)
    assert len(whole.columns) == len(whole.rows[0]) == 17


def test_forecasts_name_what_they_were_learnt_from() -> None:
    rows = frame(
        [entry("E00", "ARV", "committed", 1, line="a", route="from stock", promised=date(2026, 3, 1))]
    )
    found = section(replace(case(), entries=rows, models=(forty_days("energy"),)))
    assert ENGLISH.text(found.answer[1]) == (
        "Forecast dates learnt from ledger, as of 1 Feb 2026: 1 line item; at least 40 completed cases each."
    )
    assert "40 ended cases of ledger" in [ENGLISH.text(value) for value in found.tables[0].rows[0]]
