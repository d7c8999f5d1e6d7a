"""Needs covered: received, under way, on time, late, open, in units of need and by value."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from tests.report import cases
from tests.report.cases import DAY, case, table

from konvoi.model.entries import frame
from konvoi.model.met import MET
from konvoi.report import chart_table as twin
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Area, Table
from konvoi.report.planning.need_status import PARTS, served
from konvoi.report.reports.coverage import section

ENGLISH = Language("en")
PAPER = {"receipts": table("receipts", [{"receipt": "R-1", "reference": "M-1", "marking": "public"}])}


def met(**more: object) -> Case:
    """Of N1's 12 generators 5 were received and 1 is under way; of N2's 400 tents 350 have come."""
    rows = [
        {"need": "N1", "kind": "received", "record": "R-1", "day": DAY, "quantity": Decimal(5)},
        {"need": "N1", "kind": "under way", "record": "M-1", "quantity": Decimal(1)},
        {"need": "N2", "kind": "received", "record": "R-2", "day": DAY, "quantity": Decimal(350)},
    ]
    return case(tables=cases.tables() | PAPER | {"met": frame(rows, MET)}, **more)


def told(found: Table) -> list[dict[str, str]]:
    """The rows of a table, by the words of its heads."""
    heads = [ENGLISH.text(column.name) for column in found.columns]
    return [dict(zip(heads, map(ENGLISH.text, row), strict=True)) for row in found.rows]


def test_what_was_received_and_what_is_under_way_is_neither_open_nor_planned() -> None:
    """The plan sends 6 generators to N1, which are the rest; of its 200 tents in time N2 wants 50."""
    found = {str(s.need["need"]): tuple(int(s.part(name)) for name in PARTS) for s in served(met()) if s.came}
    assert found == {"N1": (5, 1, 6, 0, 0), "N2": (350, 0, 50, 0, 0)}


def test_a_receipt_that_no_need_names_is_no_zero() -> None:
    """Nothing is known to have come for N1 and N2, but generators were received somewhere."""
    known = case(tables=cases.tables() | PAPER)
    good = known.tables["needs"].filter(pl.col("need") == "N1")["good"][0]
    receipt = known.entries.head(1).with_columns(good=pl.lit(good), stage=pl.lit("received"))
    found = section(replace(known, entries=pl.concat([known.entries, receipt]))).tables[0]
    said = {row["Good"]: row["Received"] for row in told(found)}
    assert said["generator 100 kW"] == "received, not assigned to a need"
    assert all(one.startswith("0 ") for good, one in said.items() if good != "generator 100 kW")


def test_sums_of_a_row_add_up_to_what_is_needed_in_both_tables() -> None:
    by_good, by_need = section(met()).tables
    assert told(by_need)[0] | {"Unit": ""} == {
        "Need": "N1",
        "Good": "generator 100 kW",
        "Place": "Karsk (Карськ)",
        "Unit": "",
        "Due date": "30 Mar 2026",
        "Needed": "12 pieces",
        "Received": "5 pieces",
        "Under way": "1 piece",
        "Planned on time": "6 pieces",
        "Planned late": "0 pieces",
        "Not covered": "0 pieces",
        "On-time probability": "very likely (95\u00a0%)",
        "Arrival, 10th percentile": "13 Mar 2026",
        "Arrival, 90th percentile": "26 Mar 2026",
    }
    generators = told(by_good)[1]
    assert [
        generators[head] for head in ("Needed", "Received", "Under way", "Planned on time", "Not covered")
    ] == [
        *("20 pieces", "5 pieces", "1 piece"),
        *("10 pieces", "4 pieces"),
    ]
    assert generators["Received, under way or planned on time"] == "80\u00a0%"


def test_the_answer_the_curve_and_its_table_tell_the_same_figures() -> None:
    """Values: received 5×3 + 350 = 365, under way 3, on time 6×3 + 50 + 60×2 + 4×3 = 200, open 72 of 640."""
    found = section(met())
    assert [ENGLISH.text(one) for one in found.answer[:3]] == [
        "57\u00a0% of needs, by value, received; <\u00a01\u00a0% under way.",
        "Planned, by value: 31\u00a0% of needs on time, 0\u00a0% late; 11\u00a0% without cover.",
        "2 of 4 needs covered in full: received, under way or planned on time.",
    ]
    (chart,) = found.charts
    assert isinstance(chart, Area)
    assert [point.received.value for point in chart.points] == [Decimal(365) * 100 / 640] * 12
    assert chart.points[-1].planned.value == Decimal(565) * 100 / 640
    assert chart.under_way.value == Decimal(3) * 100 / 640
    weeks = told(twin.tables(found)[0])[-1]
    assert (weeks["Received"], weeks["Received and planned"]) == ("57.03125 %", "88.28125 %")
    assert weeks["Under way, arrival day not reported"] == "0.46875 %"


def test_a_receipt_is_there_from_its_day_on() -> None:
    rows = [
        {"need": "N1", "kind": "received", "record": "R", "day": date(2026, 3, 9), "quantity": Decimal(5)}
    ]
    (chart,) = section(case(tables=cases.tables() | {"met": frame(rows, MET)})).charts
    assert isinstance(chart, Area)
    assert [int(point.received.value or 0) for point in chart.points[:2]] == [0, 2]


def test_a_need_that_is_wholly_met_has_nothing_left_to_plan() -> None:
    rows = [{"need": "N1", "kind": "received", "record": "R", "day": DAY, "quantity": Decimal(12)}]
    plan = replace(cases.plan(), movements=cases.plan().movements.clear(), legs=cases.plan().legs.clear())
    found = section(case(plan=plan, outlook=None, tables=cases.tables() | {"met": frame(rows, MET)}))
    column = "On-time probability"
    assert [row[column] for row in told(found.tables[1])] == [
        "no remaining quantity",
        *["nothing planned"] * 3,
    ]


@pytest.mark.parametrize(("reader", "told_so"), [("cell", False), ("public", True), ("PL", True)])
def test_a_reader_is_told_that_other_deliveries_may_serve_the_same_needs(reader: str, told_so: bool) -> None:
    """The sentence stands there whether or not anything is hidden: it tells nothing."""
    said = [ENGLISH.text(one) for one in section(case(reader=reader)).answer]
    assert (
        "Only deliveries that this reader may see are counted; others may serve these needs." in said
    ) is told_so


def test_parts_of_a_piece_are_told_to_be_counted_by_ratio() -> None:
    assert all("ratio" not in ENGLISH.text(one.note) for one in section(case()).tables)
    swap = {"good": "gen", "serves": "tent", "ratio": Decimal("0.7")}
    needs = [cases.need("N1", "tent", 12, "KHA", DAY + timedelta(weeks=4), 1)]
    tables = cases.tables() | {"needs": table("needs", needs), "equivalences": table("equivalences", [swap])}
    found = section(case(tables=tables))
    assert told(found.tables[1])[0]["Planned on time"] == "4.2 pieces"
    assert all("counted by the ratio" in ENGLISH.text(one.note) for one in found.tables)


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


def test_needs_that_nobody_validated_are_in_no_figure_but_told_with_what_to_do() -> None:
    """Requested, changed, deferred: not planned; met and withdrawn ask for nothing more."""
    states = ("requested", "changed", "deferred", "met", "withdrawn")
    rows = [{**cases.need(f"N-{state}", "gen", 5, "KHA", DAY, 1), "state": state} for state in states]
    tables = cases.tables() | {"needs": table("needs", rows)}
    found = case(tables=tables)
    assert served(found) == ()
    said = section(found)
    assert ENGLISH.text(said.answer[-1]) == (
        "3 needs are not validated; they are not planned and not included in these figures."
    )
    waiting = {row["Need"]: (row["State"], row["Action"]) for row in told(said.tables[2])}
    assert {need: state for need, (state, _) in waiting.items()} == {
        f"N-{state}": f"{state}: not validated, not planned" for state in states[:3]
    }
    assert waiting["N-changed"][1].startswith("Validate the change in the table “needs”")


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
    assert ENGLISH.text(section(case()).answer[1]) == (
        "Planned, by value: 55\u00a0% of needs on time, 0\u00a0% late; 45\u00a0% without cover."
    )


def test_where_no_paper_is_shown_nothing_is_said_to_have_come_or_not() -> None:
    found = section(case())
    assert ENGLISH.text(found.answer[0]).startswith("No dispatches or receipts released to this reader")
    heads = [ENGLISH.text(column.name) for column in found.tables[1].columns]
    assert "Received" not in heads
    assert "Under way" not in heads


def test_what_is_planned_is_told_apart_from_what_is_expected_with_delays() -> None:
    """N2's 200 tents are due in week 6 and planned for week 4; ten days late they are still in time, while a
    delay of five weeks makes all of them late: then 150 of 640 are there in time."""
    middle = cases.outlook(cases.plan())
    moves = middle.movements.with_columns(
        middle=pl.when(pl.col("movement") == "M3")
        .then(pl.col("middle") + timedelta(weeks=5))
        .otherwise("middle")
    )
    foreseen = ENGLISH.text(section(case(outlook=replace(middle, movements=moves))).answer[3])
    assert foreseen == (
        "With forecast delays, the plan is expected to deliver 23\u00a0% on time: 55\u00a0% in the "
        "optimistic "
        "case (10th percentile), 55\u00a0% in the pessimistic case (90th percentile)."
    )


def test_without_a_forecast_nothing_is_said_of_delays() -> None:
    found = section(case(outlook=None))
    assert len(found.answer) == 3
    chart = found.charts[0]
    assert isinstance(chart, Area)
    assert {point.expected for point in chart.points} == {None}


def test_certainty_is_told_in_words_only_where_there_is_a_forecast() -> None:
    rows = section(case()).tables[1].rows
    assert [ENGLISH.text(row[9]) for row in rows] == ["very likely (95\u00a0%)", *["not reported"] * 3]
    bare = replace(cases.plan(), movements=cases.plan().movements.clear(), legs=cases.plan().legs.clear())
    rows = section(case(plan=bare, outlook=None)).tables[1].rows
    assert {ENGLISH.text(row[9]) for row in rows} == {"nothing planned"}


def test_without_a_plan_the_section_says_how_to_make_one() -> None:
    assert "konvoi run" in ENGLISH.text(section(case(plan=None, outlook=None)).answer[0])
