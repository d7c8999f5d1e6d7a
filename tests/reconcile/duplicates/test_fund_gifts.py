"""A gift of a fund that a member states as its own, and payments into the fund."""

from datetime import timedelta

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.reconcile.relate import relate

FUNDS = pl.DataFrame(
    {
        "party": ["RECON"],
        "name": ["School Rebuilding Trust"],
        "kind": ["fund"],
        "aliases": ["Schulfonds;Шкільний фонд"],
    }
)


def by(party: str, text: str, amount: int, days: int = 0, **more: object) -> dict[str, object]:
    on = DAY + timedelta(days)
    own = {"entry": party, "source": party, "submission": f"{party}.csv", "party": party, "text": text}
    money = {"amount_minor": amount * 100, "currency": "EUR", "counterparty": None}
    return own | {"day_from": on, "day_to": on, "known_on": on} | money | more


def found(*rows: dict[str, object]) -> list[tuple[str, str, str, str]]:
    return told(relate(entries(*rows), tables={"parties": FUNDS}).relations)


GIFT = by("RECON", "Roofs for schools", 12_000_000, 20)


@pytest.mark.parametrize(
    "claim",
    [
        "Roofs for schools through the School Rebuilding Trust",
        "Dächer für Schulen über den Schulfonds",
        "Дахи для шкіл через Шкільний фонд",
    ],
)
def test_a_member_claims_the_gift_of_a_fund_that_it_names(claim: str) -> None:
    assert found(by("NO", claim, 12_000_000), GIFT) == [("NO", "same_as", "RECON", "undecided")]


@pytest.mark.parametrize("paid", ["funded by Norway", "finanziert von Norwegen", "коштом Норвегії"])
def test_a_fund_names_who_paid_for_its_gift(paid: str) -> None:
    gift = by("RECON", f"Roofs for schools, {paid}", 12_000_000, 20)
    assert found(by("NO", "Roofs for schools", 12_000_000), gift) == [("NO", "same_as", "RECON", "undecided")]


def test_a_smaller_claim_is_a_part_and_another_content_or_a_larger_one_is_left_alone() -> None:
    named = "through the School Rebuilding Trust"
    part = by("NO", f"Roofs for schools {named}", 5_000_000)
    assert found(part, GIFT) == [("NO", "part_of", "RECON", "undecided")]
    assert found(by("NO", f"Trams {named}", 5_000_000), GIFT) == []
    assert found(by("NO", f"Roofs for schools {named}", 30_000_000), GIFT) == []


@pytest.mark.parametrize(
    "paid",
    [
        "Contribution to the School Rebuilding Trust",
        "Einzahlung in den Schulfonds",
        "Внесок до Шкільного фонду",
    ],
)
def test_a_payment_into_a_fund_passes_through_to_its_gift(paid: str) -> None:
    assert found(by("NO", paid, 12_500_000), GIFT) == [("NO", "passes_through", "RECON", "undecided")]
    stated = by("NO", "Payment", 12_500_000, counterparty="RECON")
    assert found(stated, GIFT) == [("NO", "passes_through", "RECON", "undecided")]


def test_of_many_payments_only_one_of_nearly_the_gift_is_proposed() -> None:
    """Five payments, one gift: nobody can say which paid for it, but that of 12.5 million may have."""
    many = [
        by(
            "NO",
            "Payment",
            million * 1_000_000 + 500_000,
            n,
            counterparty="RECON",
            entry=f"p{million}",
            reference=f"p{million}",
        )
        for n, million in enumerate((3, 5, 7, 9, 12))
    ]
    made = [row for row in found(*many, GIFT) if row[1] == "passes_through"]
    assert made == [("p12", "passes_through", "RECON", "undecided")]
