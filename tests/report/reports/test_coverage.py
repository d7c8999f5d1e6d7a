"""Needs covered: on time, late, open, in units of need and by value."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import DAY, case, table

from konvoi.report.language import Language
from konvoi.report.page import Area
from konvoi.report.reports.coverage import section, served

ENGLISH = Language("en")


def test_each_need_is_split_into_on_time_late_and_open() -> None:
    """N2 wants 400 tents in week 6: 200 come in week 4, 100 in week 7 when they are of no use any more."""
    found = {str(s.need["need"]): (int(s.on_time), int(s.late), int(s.open)) for s in served(case())}
    assert found == {"N1": (6, 0, 6), "N2": (200, 0, 200), "N3": (60, 0, 30), "N4": (4, 0, 4)}


def test_what_comes_before_its_last_useful_day_is_late() -> None:
    tables = cases.tables()
    need = {**cases.need("N2", "tent", 400, "ODE", DAY + timedelta(weeks=6), 1)}
    need["last_useful"] = DAY + timedelta(weeks=9)
    found = served(case(tables=tables | {"needs": table("needs", [need])}))
    assert [(int(s.on_time), int(s.late), int(s.open)) for s in found] == [(200, 100, 100)]


def test_a_good_that_serves_another_counts_at_its_ratio() -> None:
    tables = cases.tables() | {
        "needs": table("needs", [cases.need("N1", "fuel", 12, "KHA", DAY + timedelta(weeks=4), 1)]),
        "equivalences": table("equivalences", [{"good": "gen", "serves": "fuel", "ratio": Decimal("1.5")}]),
    }
    assert [s.on_time for s in served(case(tables=tables))] == [Decimal(9)]


def test_more_than_is_needed_covers_no_more_than_is_needed() -> None:
    tables = cases.tables() | {
        "needs": table("needs", [cases.need("N1", "gen", 5, "KHA", DAY + timedelta(weeks=4), 1)])
    }
    assert [(int(s.on_time), int(s.open)) for s in served(case(tables=tables))] == [(5, 0)]


def test_needs_that_nobody_validated_are_not_counted() -> None:
    need = {**cases.need("N1", "gen", 5, "KHA", DAY, 1), "state": "requested"}
    tables = cases.tables() | {"needs": table("needs", [need])}
    assert served(case(tables=tables)) == ()


def test_the_curve_is_a_share_of_the_value_of_all_needs() -> None:
    """Values: 12×3 + 400×1 + 90×2 + 8×3 = 640; in week 3 the six generators are there: 18 of 640."""
    chart = section(case()).charts[0]
    assert isinstance(chart, Area)
    assert len(chart.points) == 12
    assert chart.points[2].planned.value == Decimal(18) * 100 / 640
    assert chart.points[-1].needed.value == Decimal(100)
    assert all(point.low <= (point.planned.value or 0) <= point.high for point in chart.points)


def test_the_answer_says_how_much_comes_on_time_and_what_stays_open() -> None:
    """On time: 6×3 + 200 + 60×2 + 4×3 = 350 of 640."""
    assert ENGLISH.text(section(case()).answer[0]).startswith(
        "By value and by the plan's own days, 55\u00a0% of what is needed comes on time, "
        "0\u00a0% comes late, 45\u00a0% stays open."
    )


def test_what_is_planned_is_told_apart_from_what_is_expected_with_delays() -> None:
    """N2's 200 tents are due in week 6 and planned for week 4; ten days late they are still in time, while a
    delay of five weeks makes all of them late: then 150 of 640 are there in time."""
    middle = cases.outlook(cases.plan())
    moves = middle.movements.with_columns(
        middle=pl.when(pl.col("movement") == "M3")
        .then(pl.col("middle") + timedelta(weeks=5))
        .otherwise("middle")
    )
    told = ENGLISH.text(section(case(outlook=replace(middle, movements=moves))).answer[1])
    assert told == (
        "The plan's days hold if nothing is held up. With the delays of the forecast, 23\u00a0% is expected "
        "on time: 55\u00a0% if every movement is early (10th of 100 days), "
        "55\u00a0% if every one is late (90th)."
    )


def test_without_a_forecast_nothing_is_said_of_delays() -> None:
    found = section(case(outlook=None))
    assert len(found.answer) == 1
    chart = found.charts[0]
    assert isinstance(chart, Area)
    assert {point.expected for point in chart.points} == {None}


def test_certainty_is_told_in_words_only_where_there_is_a_forecast() -> None:
    rows = section(case()).tables[1].rows
    assert [ENGLISH.text(row[9]) for row in rows] == ["very likely (95\u00a0%)", *["not known"] * 3]
    bare = replace(cases.plan(), movements=cases.plan().movements.clear(), legs=cases.plan().legs.clear())
    rows = section(case(plan=bare, outlook=None)).tables[1].rows
    assert {ENGLISH.text(row[9]) for row in rows} == {"nothing planned"}


def test_without_a_plan_the_section_says_how_to_make_one() -> None:
    assert "konvoi run" in ENGLISH.text(section(case(plan=None, outlook=None)).answer[0])
