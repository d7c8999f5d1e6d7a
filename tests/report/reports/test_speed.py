"""From stage to stage, in a brief."""

from dataclasses import replace
from datetime import date

import polars as pl
from tests.report.cases import case, entries, entry

from konvoi.model.entries import frame
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Curves
from konvoi.report.reports.speed import NONE, section

ENGLISH = Language("en")


def routed() -> Case:
    return replace(case(), entries=entries().with_columns(route=pl.lit("from stock")))


def test_the_answer_tells_after_how_many_days_half_had_passed_on_and_how_many_are_open() -> None:
    said = ENGLISH.text(section(routed()).answer[0])
    assert said == (
        "Channel “from stock”, “pledged” to “committed”: median 62 days; cases: 6 line items; still "
        "open: 2 line items."
    )


def test_the_curves_are_those_of_the_table() -> None:
    found = section(routed())
    (chart,) = found.charts
    assert isinstance(chart, Curves)
    assert ENGLISH.text(chart.curves[0].label) == "from stock: pledged → committed"
    assert chart.curves[0].steps[-1][1] < 1
    assert found.tables[0].rows


def test_where_no_day_of_a_delivery_is_known_that_is_said() -> None:
    """As in the Kiel tracker: what was delivered was so at some time between two days far apart."""
    rows = [
        entry("E00", "ARV", "committed", 1, line="a", route="from stock"),
        entry("E01", "ARV", "handed over", 1, line="a", route="from stock", day_from=date(2025, 1, 1)),
    ]
    said = [ENGLISH.text(one) for one in section(replace(case(), entries=frame(rows))).answer]
    assert "without a date" in " ".join(said)


def test_without_lines_it_says_so() -> None:
    assert section(replace(case(), entries=entries().clear())).answer == (NONE,)
