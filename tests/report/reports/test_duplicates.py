"""Suspected duplicates: ordered by how much they would change the total."""

from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import case, entries, relations, table

from konvoi.model.entries import RELATIONS, frame
from konvoi.report.language import Language
from konvoi.report.reports.duplicates import evidence, section

ENGLISH = Language("en")


def pairs(*ends: tuple[str, str]) -> "list[dict[str, object]]":
    """Undecided pairs."""
    return [
        {"left": a, "right": b, "relation": "same_as", "status": "undecided", "probability": 0.5}
        for a, b in ends
    ]


def test_the_effect_is_the_smaller_of_the_two_amounts() -> None:
    """Breland's 80 m and Dorrest's 30 m: if they are the same, 30 m fall away."""
    row = section(case()).tables[0].rows[0]
    assert ENGLISH.text(row[0]) == "EUR 30.0 m"
    assert ENGLISH.text(row[1]) == "Breland, pledged, EUR 80.0 m, 11 Mar 2025"
    assert ENGLISH.text(row[3]) == "the same undertaking"


def test_the_largest_effect_stands_first_and_decided_pairs_are_left_out() -> None:
    rows = frame(
        [*pairs(("E11", "E15"), ("E01", "E06")), {**pairs(("E01", "E09"))[0], "status": "accepted"}],
        RELATIONS,
    )
    found = section(case(relations=rows)).tables[0].rows
    assert [ENGLISH.text(row[0]) for row in found] == ["EUR 80.0 m", "EUR 12.0 m"]


def test_other_currencies_are_compared_at_the_last_rate() -> None:
    rates = [{"currency": "USD", "day": cases.DAY, "per_eur": Decimal(2), "source": "x"}]
    rows = entries().with_columns(currency=pl.lit("USD"))
    made = case(entries=rows, tables=cases.tables() | {"rates": table("rates", rates)})
    assert ENGLISH.text(section(made).tables[0].rows[0][0]) == "EUR 15.0 m"


def test_an_amount_without_a_rate_has_no_known_effect() -> None:
    rows = entries().with_columns(currency=pl.lit("UAH"))
    assert ENGLISH.text(section(case(entries=rows)).tables[0].rows[0][0]) == "not known"


def test_evidence_is_told_in_words_and_broken_evidence_as_it_is() -> None:
    assert ENGLISH.text(evidence('[["amount", "within 5 %"]]')) == "amount: within 5 %"
    assert [evidence(text) for text in ("", "[1]", "{")] == [(), "[1]", "{"]


def test_without_undecided_pairs_the_section_says_so() -> None:
    assert "No pair" in ENGLISH.text(section(case(relations=relations().clear())).answer[0])
