"""Suspected duplicates: ordered by how much they would change the total."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import case, entries, relations, table, totals

from konvoi.model.entries import RELATIONS, frame
from konvoi.report.language import Language
from konvoi.report.reports.duplicates import section

ENGLISH = Language("en")


def pairs(*ends: tuple[str, str]) -> "list[dict[str, object]]":
    """Undecided pairs."""
    return [
        {"left": a, "right": b, "relation": "same_as", "status": "undecided", "probability": 0.5}
        for a, b in ends
    ]


def test_the_effect_is_what_falls_out_of_the_total() -> None:
    """Breland's 80 m and Dorrest's 30 m are equally exact, and known on one day: by name the latter stays."""
    row = section(case()).tables[0].rows[0]
    assert ENGLISH.text(row[0]) == "EUR 80.0 m"
    assert ENGLISH.text(row[1]) == "Breland, pledged, EUR 80.0 m, 11 Mar 2025"
    assert ENGLISH.text(row[3]) == "the same commitment"


def test_the_largest_effect_stands_first_and_decided_pairs_are_left_out() -> None:
    rows = frame(
        [*pairs(("E11", "E15"), ("E01", "E06")), {**pairs(("E01", "E09"))[0], "status": "accepted"}],
        RELATIONS,
    )
    found = section(case(relations=rows)).tables[0].rows
    assert [ENGLISH.text(row[0]) for row in found] == ["EUR 80.0 m", "EUR 30.0 m"]


def test_an_amount_is_converted_at_the_rate_of_its_own_day_as_in_the_total() -> None:
    """USD 80 m of 11 March 2025 at 2 are EUR 40 m; the brief's day, with its rate of 4, has no say."""
    rates = [
        {"currency": "USD", "day": date(2025, 3, 1), "per_eur": Decimal(2), "source": "x"},
        {"currency": "USD", "day": cases.DAY, "per_eur": Decimal(4), "source": "x"},
    ]
    rows = entries().with_columns(currency=pl.lit("USD"))
    made = case(entries=rows, tables=cases.tables() | {"rates": table("rates", rates)})
    assert ENGLISH.text(section(made).tables[0].rows[0][0]) == "EUR 40.0 m"


def test_what_the_total_does_not_count_has_no_effect_on_it() -> None:
    """Dorrest's word lies outside the boundary: the total does not hold it."""
    made = totals(entries())
    word = made["funnel/amount/pledged"]
    kept = tuple(entry for entry in word.entries if entry != "E11")
    found = section(case(totals=made | {"funnel/amount/pledged": replace(word, entries=kept)}))
    assert ENGLISH.text(found.tables[0].rows[0][0]) == "EUR 0"


def test_the_answer_tells_what_falls_if_all_hold_and_not_the_sum_of_each() -> None:
    """Of three reports of one thing one stays: together as much falls as two of them, not three."""
    rows = frame(pairs(("E01", "E06"), ("E01", "E11"), ("E06", "E11")), RELATIONS)
    said = ENGLISH.text(section(case(relations=rows)).answer[0])
    assert said == (
        "3 duplicate candidates are under review; if all are confirmed, the total (pledged) falls by "
        "EUR 110.0 m."
    )


def test_an_amount_without_a_rate_has_no_known_effect() -> None:
    rows = entries().with_columns(currency=pl.lit("UAH"))
    assert ENGLISH.text(section(case(entries=rows)).tables[0].rows[0][0]) == "no value stated"


def test_without_undecided_pairs_the_section_says_so() -> None:
    assert "No duplicate candidates" in ENGLISH.text(section(case(relations=relations().clear())).answer[0])
