"""The ten agreements of the example are what their texts say; no text of them is shipped."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.accord.test_promises import real
from tests.intake.texts.agreements import GOLDEN, US, agreement

from konvoi.accord.obligation_strength import PAST
from konvoi.accord.terms import ends_on, signed_on, terms, upon_signature
from konvoi.kit.money import to_major

FACTS = Path(__file__).parents[2] / "examples" / "2022" / "facts"
TEXTS = {
    "UA-GB-2024": "uk-2024-01-12.pdf",
    "UA-DE-2024": "de-2024-02-16.pdf",
    "UA-FR-2024": "fr-2024-02-16.docx",
    "UA-DK-2024": "dk.docx",
    "UA-NL-2024": "nl.docx",
    "UA-LV-2024": "lv.docx",
    "UA-SE-2024": "se.pdf",
    "UA-US-2024": US,
    "UA-EU-2024": "eu.docx",
    "UA-PL-2024": "pl.docx",
}


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def test_there_are_ten_of_them_in_the_order_of_signature() -> None:
    rows = facts("documents")
    assert [row["document"] for row in rows] == list(TEXTS)
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)


@pytest.mark.slow(all=True)
@pytest.mark.real_data
@pytest.mark.parametrize("row", facts("documents"), ids=lambda row: row["document"])
def test_days_and_terms_are_those_of_the_text(real_data: Path, row: dict[str, str]) -> None:
    clauses = agreement(real_data, TEXTS[row["document"]]).tables["clauses"]
    signed, said = signed_on(clauses), terms(clauses)
    assert signed is not None
    force = signed if upon_signature(said) else None
    assert (row["day"], row["in_force"], row["ends"]) == (day(signed), day(force), day(ends_on(signed, said)))


@pytest.mark.real_data
@pytest.mark.parametrize("row", facts("undertakings"), ids=lambda row: row["undertaking"])
def test_each_undertaking_is_in_the_clause_that_it_names_and_was_promised(
    real_data: Path, row: dict[str, str]
) -> None:
    found = real(real_data, TEXTS[row["document"]]).filter(pl.col("clause") == row["clause"])
    sums = [
        (
            str(one["party"]),
            one["force"],
            str(one["until"]),
            f"{to_major(one['amount'], one['currency']):.0f}" if one["amount"] else "",
            one["currency"] or "",
        )
        for one in found.iter_rows(named=True)
        if one["amount"] or one["share"]
    ]
    said = (row["party"], row["force"], row["until"][:4], row["amount"], row["currency"])
    assert said in sums
    assert row["force"] != PAST


@pytest.mark.real_data
def test_no_sentence_of_an_agreement_stands_in_the_facts(real_data: Path) -> None:
    words = "\n".join(path.read_text("utf-8") for path in FACTS.glob("*.csv"))
    for name in GOLDEN:
        sentences = agreement(real_data, name).tables["clauses"].filter(pl.col("kind") == "paragraph")["text"]
        assert [one for one in sentences if len(one) > 40 and one in words] == []
