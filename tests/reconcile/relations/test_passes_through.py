"""What one hands on arrives as what another reports."""

from datetime import date

import polars as pl
from tests.reconcile.ledgers import entries, told

from konvoi.model.entries import SCOPES
from konvoi.reconcile.relate import relate

LATER = {"day_from": date(2022, 4, 1), "day_to": date(2022, 4, 1), "known_on": date(2022, 4, 1)}


def flows(in_minor: int, out_minor: int) -> pl.DataFrame:
    """DE gives to WFP; WFP gives onward."""
    return entries(
        {"entry": "in", "source": "DE", "party": "DE", "counterparty": "WFP", "amount_minor": in_minor,
         "currency": "EUR", "stage": "disbursed"},
        {"entry": "out", "source": "WFP", "party": "WFP", "counterparty": "ACME", "amount_minor": out_minor,
         "currency": "EUR", "stage": "disbursed", **LATER},
    )  # fmt: skip


def activity(entry: str, side: str, value: str) -> dict[str, str]:
    return {"entry": entry, "side": side, "dimension": "activity", "value": value}


SCOPE = pl.DataFrame(
    [activity("in", "destination", "XM-1"), activity("out", "source", "XM-1")], schema=SCOPES
)


def test_a_flow_into_an_activity_passes_to_the_flow_out_of_it() -> None:
    assert told(relate(flows(100_00, 95_00), scopes=SCOPE).relations) == [
        ("in", "passes_through", "out", "accepted")
    ]


def test_more_out_than_in_is_left_to_a_person() -> None:
    """Which part of 200 came from these 100 is not said."""
    assert told(relate(flows(100_00, 200_00), scopes=SCOPE).relations) == [
        ("in", "passes_through", "out", "undecided")
    ]


def test_without_an_activity_a_flow_of_nearly_that_size_is_shown() -> None:
    assert told(relate(flows(1_000_000_00, 930_000_00)).relations) == [
        ("in", "passes_through", "out", "undecided")
    ]


def test_money_that_goes_back_is_not_handed_on() -> None:
    ledger = flows(100_00, 100_00).with_columns(
        counterparty=pl.when(pl.col("entry") == "out").then(pl.lit("DE")).otherwise("counterparty")
    )
    assert relate(ledger).relations.height == 0
