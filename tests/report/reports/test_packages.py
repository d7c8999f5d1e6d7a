"""Economic packages in a brief: what was disbursed of what was committed, and when which money comes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.fund.facility import BN, FACILITY, FOURTH, STEPS, assessed, condition, facility, tranche, verdicts
from tests.report.cases import case

from konvoi.flow.funding.figures import programmes_standing
from konvoi.report.case import Case
from konvoi.report.events import events
from konvoi.report.language import Language
from konvoi.report.page import Bars, Number, Section
from konvoi.report.records import records
from konvoi.report.reports.packages import NO_TRANCHE, OURS, section

EN, DE = Language("en"), Language("de")
TODAY = date(2025, 9, 1)
WHOLE = {**FACILITY, "grant": 5 * BN, "loan": 27 * BN, "guarantee": 8 * BN}


def made(**rows: list[dict[str, object]]) -> Case:
    known: Mapping[str, pl.DataFrame] = facility(**{"programmes": [WHOLE], **rows})
    return replace(
        case(), day=TODAY, tables={**case().tables, **known, **programmes_standing(day=TODAY, **known)}
    )


def told(found: Section | None, language: Language = EN) -> tuple[list[str], dict[str, list[list[str]]]]:
    assert found is not None
    tables = {one.id: [[language.text(cell) for cell in row] for row in one.rows] for one in found.tables}
    return [language.text(sentence).replace("\u00a0", " ") for sentence in found.answer], tables


def test_the_answer_tells_committed_disbursed_what_comes_next_and_what_is_suspended() -> None:
    """A guarantee is not added to what is committed."""
    rows = [
        *FOURTH,
        tranche("T3", "paid", 3.5, date(2025, 4, 1)),
        tranche("T5", "expected", 2, date(2025, 11, 1)),
    ]
    answer, _ = told(section(made(tranches=rows)))
    assert answer == [
        "1 programme; grants and loans committed: EUR 32.0 bn, disbursed: EUR 3.5 bn.",
        "Next payment: EUR 2.0 bn on 1 Nov 2025, tranche T5 (expected).",
        "Suspended: EUR 1.3 bn; first loss after 30 Jun 2026.",
        EN.text(OURS),
    ]


def test_each_tranche_stands_with_its_stages_and_a_reason_where_nothing_is_reckoned() -> None:
    known = made(tranches=list(FOURTH), conditions=[condition(one) for one in STEPS], assessments=verdicts())
    row = told(section(known))[1]["tranches-table"][0]
    words = [one.replace("\u00a0", " ") for one in row]
    assert words[0] == "T4"
    assert "at least EUR 3.2 bn" in words
    assert "weights not known" in words
    assert "13 of 16" in words
    assert "nach Gewicht der Schritte" in told(section(known), DE)[1]["programmes-table"][0]


def test_what_is_ours_is_said_to_be_ours_in_the_calendar() -> None:
    steps = [condition("a", "T1", 2), condition("b", "T1", 1)]
    failed = [assessed("b", "not met", date(2025, 6, 30))]
    rows = [tranche("T1", "expected", 3, date(2025, 11, 1)), tranche("T2", "expected", 1, date(2025, 12, 1))]
    calendar = told(section(made(tranches=rows, conditions=steps, assessments=failed)))[1]["money-table"]
    assert [(row[0], row[1], row[4], row[-1]) for row in calendar] == [
        ("1 Nov 2025", "expected", "T1", "our estimate"),
        ("1 Dec 2025", "expected", "T2", ""),
        ("30 Jun 2026", "suspended until", "T1", "our estimate"),
    ]


def test_steps_without_a_tranche_are_counted_and_a_replaced_one_stays() -> None:
    """Of a catalogue of 149 steps those stand in the table that say something."""
    steps = [condition("a", "T1"), condition("b", "T2", supersedes="a", source="S"), condition("c", None)]
    found = section(made(conditions=steps))
    assert found is not None
    table = next(one for one in found.tables if one.id == "conditions-table")
    assert [(EN.text(row[0]), EN.text(row[-1])) for row in table.rows] == [("a", "b"), ("b", "")]
    assert table.note is not None
    assert EN.text(table.note) == "Conditions not yet assigned to a tranche: 1."


def test_the_chart_sets_disbursed_into_committed() -> None:
    found = section(made(tranches=[tranche("T3", "paid", 3.5, date(2025, 4, 1))]))
    assert found is not None
    (chart,) = (one for one in found.charts if isinstance(one, Bars))
    (bar,) = chart.bars
    assert bar.outline is not None
    assert (bar.outline.value, bar.levels[-1][0].value) == (Decimal(32_000_000_000), Decimal(3_500_000_000))


def test_every_figure_opens_the_rows_it_rests_on() -> None:
    known = made(tranches=list(FOURTH), conditions=[condition(one) for one in STEPS], assessments=verdicts())
    ids = {record.id for record in records(known)}
    found = section(known)
    assert found is not None
    cells = [cell for table in found.tables for row in table.rows for cell in row]
    numbers = [cell for cell in cells if isinstance(cell, Number)]
    assert numbers
    assert {one for number in numbers for one in number.behind} <= ids
    assert all(number.behind for number in numbers)


def test_what_is_no_further_money_stands_apart() -> None:
    """A guarantee of 8 of which 3 are vouched for, and a service that fell short."""
    day = date(2025, 6, 1)
    rows = [
        tranche("G", "decided", 3, day, part="guarantee"),
        tranche("W", "expected", 0.2, day, part="windfall profits"),
        tranche("W", "paid", 0.1, day, part="windfall profits"),
    ]
    apart = told(section(made(tranches=rows)))[1]["apart-table"]
    assert [[one.replace("\u00a0", " ") for one in row[1:]] for row in apart] == [
        ["guarantee", "EUR", "EUR 8.0 bn", "EUR 3.0 bn"],
        ["windfall profits", "EUR", "EUR 200.0 m", "EUR 100.0 m"],
    ]


def test_a_programme_of_which_nobody_told_a_payment_is_named() -> None:
    """Not told is not nothing."""
    answer, tables = told(section(made(tranches=list(FOURTH))))
    assert answer[:2] == [
        "1 programme; grants and loans committed: EUR 32.0 bn, disbursed: not reported.",
        "Payments not reported: UA.",
    ]
    assert tables["programmes-table"][0][9] != "0"


def test_the_calendar_beside_the_brief_holds_what_comes_and_what_is_lost_when() -> None:
    steps = [condition("a", "T1", 2), condition("b", "T1", 1)]
    failed = [assessed("b", "not met", date(2025, 6, 30))]
    rows = [tranche("T1", "expected", 3, date(2025, 11, 1)), tranche("T2", "paid", 1, date(2025, 8, 1))]
    found = events(made(tranches=rows, conditions=steps, assessments=failed))
    assert [(one.id, one.first, EN.text(one.kind)) for one in found if one.id.startswith("money/")] == [
        ("money/T1/expected/", date(2025, 11, 1), "Expected payment"),
        ("money/T1/suspended/b", date(2026, 6, 30), "Funds are lost after this day"),
    ]
    told = next(one for one in found if one.id == "money/T1/suspended/b").told
    assert [EN.text(one).replace("\u00a0", " ") for one in told] == [
        "Amount: EUR 1.0 bn.",
        "The amount is our estimate.",
    ]


def test_without_packages_there_is_no_such_part_and_an_empty_table_says_why() -> None:
    assert section(case()) is None
    found = section(made())
    assert found is not None
    assert next(one.empty for one in found.tables if one.id == "tranches-table") == NO_TRANCHE
