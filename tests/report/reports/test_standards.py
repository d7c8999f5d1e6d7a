"""Offers against standards in a brief: verdicts by partner, and what to change."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import case

from konvoi.plan.standards import OFFER_STANDARDS
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.reports.standards import section

ENGLISH = Language("en")


def line(offer: str, party: str, verdict: str, *, mandatory: bool = True) -> dict[str, object]:
    """An offer of generators against a marking."""
    return {
        "offer": offer,
        "party": party,
        "good": "gen",
        "serves": "gen",
        "standard": "S-1",
        "version": "2",
        "requirement": "marking",
        "value": "a red stripe",
        "mandatory": mandatory,
        "verdict": verdict,
        "ratio": Decimal(1),
        "said": "answer" if verdict == "meets" else "",
        "points": "S-1@2",
    }


def made(*lines: dict[str, object]) -> Section:
    """The part over some lines."""
    rows = pl.DataFrame([{name: one.get(name) for name in OFFER_STANDARDS} for one in lines], OFFER_STANDARDS)
    found = section(replace(case(), tables=cases.tables() | {"offer_standards": rows}))
    assert found is not None
    return found


def test_the_answer_counts_verdicts_and_what_is_not_planned() -> None:
    told = made(line("O1", "ARV", "lacks"), line("O2", "BRE", "meets"), line("O3", "DOR", "unknown"))
    assert [ENGLISH.text(sentence) for sentence in told.answer] == [
        "3 offers checked against 3 requirements of standards: met 1, met with a ratio 0, not met 1, "
        "not reported 1.",
        "1 offer does not meet a mandatory requirement and is not planned for the needs concerned.",
    ]


def test_an_advisory_point_bars_nothing() -> None:
    told = made(line("O1", "ARV", "lacks", mandatory=False))
    assert ENGLISH.text(told.answer[1]).startswith("All offers meet the mandatory requirements")


def test_who_lacks_most_stands_first() -> None:
    told = made(line("O1", "ARV", "meets"), line("O2", "BRE", "lacks"))
    assert [ENGLISH.text(row[0]) for row in told.tables[0].rows] == ["Breland", "Arvenia"]


def test_each_offer_that_lacks_or_is_not_known_says_what_to_do_mandatory_first() -> None:
    told = made(
        line("O1", "ARV", "unknown"),
        line("O2", "BRE", "lacks", mandatory=False),
        line("O3", "DOR", "lacks"),
        line("O4", "TEL", "meets"),
    )
    rows = [[ENGLISH.text(value) for value in row] for row in told.tables[1].rows]
    assert [(row[1], row[3]) for row in rows] == [
        ("O3, generator 100 kW", "Required: the marking “a red stripe”."),
        ("O1, generator 100 kW", "State whether the offer meets: the marking “a red stripe”."),
        ("O2, generator 100 kW", "Required: the marking “a red stripe”."),
    ]
    assert rows[0][5:] == ["S-1 version 2", "mandatory"]


def test_by_what_it_is_known_stands_beside_each_verdict() -> None:
    (row,) = made(line("O1", "ARV", "meets")).tables[2].rows
    assert ENGLISH.text(row[4]) == "● meets"
    assert ENGLISH.text(row[6]) == "the partner's answer"


def test_where_no_standard_applies_there_is_no_such_part() -> None:
    assert section(case()) is None
