"""Proposed undertakings: invented ones by hand, and the golden sums of the ten agreements."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.accord.agreed import document, said
from tests.intake.texts.agreements import GOLDEN, US, agreement

from konvoi.accord.obligation_strength import PAST
from konvoi.accord.promises import Parties, parties, proposed
from konvoi.accord.terms import signed_on

SIGNED = date(2031, 3, 5)
WHO = Parties(("DE", "UA"), "DE")


def of(*texts: str, signed: date | None = SIGNED) -> pl.DataFrame:
    return proposed(document("T", "# I. Aims", *texts), WHO, signed=signed)


def test_a_sum_for_years_before_the_signature_was_given() -> None:
    found = of("1. In 2030, Germany gave EUR 1 million. In 2031, Germany will give EUR 2 million.")
    assert said(found, "amount", "force", "from") == [(10**8, PAST, 2030), (2 * 10**8, "political", 2031)]


def test_a_total_that_begins_before_the_signature_is_no_promise() -> None:
    assert of("1. For 2029 – 2033, support will come to EUR 9 million.")["force"].to_list() == [PAST]


def test_without_a_day_of_signature_the_words_alone_decide() -> None:
    found = of("1. In 2030, Germany gave nothing. It will give EUR 2 million in 2031.", signed=None)
    assert found["force"].to_list() == ["political"]
    assert of("1. Germany has provided EUR 2 million in 2031.", signed=None)["force"].to_list() == [PAST]


def test_a_sum_named_again_names_the_clause_that_had_it_first() -> None:
    found = of("1. In 2031, Germany will give EUR 2 million.", "2. Germany will give EUR 2 million in 2031.")
    assert said(found, "clause", "repeats") == [("I/1", None), ("I/2", "I/1")]


def test_a_reservation_for_the_whole_document_holds_for_each_promise() -> None:
    found = of("1. Germany will give EUR 2 million.", "2. Budgetary provisions apply.")
    assert found["reservation"].to_list()[0] == ["funds"]


def test_past_and_promise_are_told_apart_for_each_sum() -> None:
    found = of("1. Germany has provided EUR 1 million and will provide EUR 2 million in 2032.")
    assert said(found, "amount", "force") == [(10**8, PAST), (2 * 10**8, "political")]


def test_a_part_names_the_sum_that_contains_it() -> None:
    found = of(
        "1. Germany will give EUR 9 million, including EUR 2 million for A. Of this, EUR 3 million is for B."
    )
    assert said(found, "amount", "part_of") == [
        (9 * 10**8, None),
        (2 * 10**8, 9 * 10**8),
        (3 * 10**8, 9 * 10**8),
    ]


def test_what_others_give_and_what_is_denied_is_no_promise_of_the_giver() -> None:
    texts = ("1. The G7 will lend USD 50 billion.", "2. Germany does not commit to EUR 2 million.")
    assert of(*texts, "3. Poland will give EUR 3 million.")["amount"].drop_nulls().is_empty()


def test_a_short_word_is_no_code_of_a_state() -> None:
    found = of("1. It will give EUR 2 million in 2031.")
    assert said(found, "party", "amount") == [("DE", 2 * 10**8)]


def test_a_year_of_another_clause_is_not_that_of_a_sum() -> None:
    (row,) = of("1. After years of war since 2022, Germany will give EUR 2 million.").iter_rows(named=True)
    assert (row["force"], row["from"]) == ("political", None)


def test_an_annex_that_makes_no_law_binds_nobody() -> None:
    found = proposed(
        document(
            "T",
            "# I. Aims",
            "Germany shall help.",
            "# Annex",
            "Germany shall give more.",
            "Nothing in this annex is intended to give rise to rights or obligations.",
        ),
        WHO,
        signed=SIGNED,
    )
    assert said(found, "clause", "force")[:2] == [("I/p1", "binding"), ("annex/p1", "political")]


def test_whose_word_it_is() -> None:
    found = of(
        "1. Germany will help.",
        "2. Ukraine will reform.",
        "3. The Participants will meet.",
        "4. Germany and Ukraine will trade.",
        "5. Support will go on.",
    )
    assert found["party"].to_list() == ["DE", "UA", None, None, "DE"]


def test_the_words_that_speak_for_it_are_marked_where_they_stand() -> None:
    (row,) = of("1. In 2031, Germany will give up to EUR 2 million.").iter_rows(named=True)
    assert [(one["means"], row["sentence"][one["start"] : one["end"]]) for one in row["marks"]] == [
        *(("political", "will"), ("sum", "up to EUR 2 million"))
    ]


def test_what_a_document_says_of_itself_and_its_headings_promise_nothing() -> None:
    assert of("1. This Agreement will come into effect upon signature.", "# It will be well").is_empty()


@pytest.mark.parametrize(
    ("title", "named", "giver"),
    [
        (
            "AGREEMENT BETWEEN THE UNITED KINGDOM OF GREAT BRITAIN & NORTHERN IRELAND AND UKRAINE",
            ("GB", "UA"),
            "GB",
        ),
        ("AGREEMENT ON SECURITY CO-OPERATION BETWEEN SWEDEN AND UKRAINE", ("SE", "UA"), "SE"),
        ("Agreement between Ukraine and the Republic of Latvia", ("UA", "LV"), "LV"),
        ("A declaration", (), ""),
        ("Угода про співробітництво між Україною та Королівством Швеція", ("UA", "SE"), "SE"),
    ],
)
def test_parties_are_those_of_the_title(title: str, named: tuple[str, ...], giver: str) -> None:
    assert parties(title, (), recipient="UA") == Parties(named, giver)


GIVERS = dict(zip(GOLDEN, ("GB", "DE", "FR", "DK", "NL", "LV", "SE", "US", "EU", "PL"), strict=True))

BN = 10**11
PROMISED = {
    "uk-2024-01-12.pdf": [(25 * BN // 10, "GBP", "", 2024, 2024)],
    "de-2024-02-16.pdf": [(71 * BN // 10, "EUR", "", 2024, 2024)],
    "fr-2024-02-16.docx": [(3 * BN, "EUR", "up to", 2024, 2024)],
    "dk.docx": [(18 * BN // 10, "EUR", "at least", 2024, 2024)],
    "nl.docx": [(2 * BN, "EUR", "", 2024, 2024)],
    "lv.docx": [
        *((112 * BN // 1000, "EUR", "about", 2024, 2024), (2 * BN // 1000, "EUR", "", 2024, 2025)),
        (15 * BN // 1000, "EUR", "", 2024, 2026),
    ],
    "se.pdf": [(75 * BN, "SEK", "", 2024, 2026)],
    US: [],
    "eu.docx": [(5 * BN, "EUR", "", 2024, 2024), (50 * BN, "EUR", "", 2024, 2027)],
    "pl.docx": [],
}
"""What each agreement promises in money, verified in the texts; what it names twice stands once."""

NEVER = {
    "uk-2024-01-12.pdf": (2.3,),
    "de-2024-02-16.pdf": (1.68, 5),
    "fr-2024-02-16.docx": (1.7, 2.1),
    "dk.docx": (0.565, 8.5),
    "se.pdf": (30, 98, 105),
    "pl.docx": (4,),
    "eu.docx": (108, 39, 6.1, 7.9),
}
"""Sums in billions that were given or add up what was: they stand in the texts and are never promised."""


def real(real_data: Path, name: str) -> pl.DataFrame:
    reading = agreement(real_data, name)
    clauses = reading.tables["clauses"]
    who = parties(reading.facts.get("title", ""), (), recipient="UA")
    return proposed(clauses, who, signed=signed_on(clauses))


@pytest.mark.slow(all=True)
@pytest.mark.real_data
@pytest.mark.parametrize("name", GOLDEN)
def test_an_agreement_promises_the_sums_that_were_verified_in_it(real_data: Path, name: str) -> None:
    sums = real(real_data, name).filter(pl.col("amount").is_not_null() & pl.col("repeats").is_null())
    promised = sums.filter(pl.col("force") != PAST)
    assert said(promised, "amount", "currency", "bound", "from", "until") == PROMISED[name]
    assert set(promised["party"]) <= {GIVERS[name]}


@pytest.mark.real_data
@pytest.mark.parametrize("name", NEVER)
def test_what_was_given_before_is_in_the_text_and_never_promised(real_data: Path, name: str) -> None:
    sums = real(real_data, name).filter(pl.col("amount").is_not_null())
    forces = {row[0]: row[1] for row in said(sums, "amount", "force")}
    assert {one: forces[round(one * BN)] for one in NEVER[name]} == dict.fromkeys(NEVER[name], PAST)


@pytest.mark.real_data
def test_latvia_promises_a_share_of_its_gdp_and_swears_by_its_parliament(real_data: Path) -> None:
    (row,) = real(real_data, "lv.docx").filter(pl.col("share").is_not_null()).iter_rows(named=True)
    assert (f"{row['share']:f}", row["from"], row["until"]) == ("0.250000", 2024, 2026)
    assert row["reservation"] == ["funds", "parliament"]
