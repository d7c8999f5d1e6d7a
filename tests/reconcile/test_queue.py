"""First the pair that would change the total most."""

from decimal import Decimal

import polars as pl
from tests.reconcile.ledgers import entries

from konvoi.model.entries import RELATIONS
from konvoi.reconcile.queue import queue

LEDGER = entries(
    {"entry": "1", "amount_minor": 100_00, "currency": "EUR"},
    {"entry": "2", "amount_minor": 90_00, "currency": "EUR"},
    {"entry": "3", "amount_minor": 900_00, "currency": "EUR"},
    {"entry": "4", "amount_minor": 950_00, "currency": "EUR"},
    {"entry": "5", "line": "l", "quantity": Decimal(5), "unit": "piece"},
    {"entry": "6", "line": "m", "quantity": Decimal(7), "unit": "piece"},
)


def undecided(*pairs: tuple[str, str, str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [(a, b, relation, None, p, "undecided", "probability", "[]") for a, relation, b, p in pairs],
        schema=RELATIONS,
        orient="row",
    )


def test_doubt_and_amount_together_give_the_order() -> None:
    """0.25 · 90 = 22.5 stands behind 0.09 · 900 = 81; quantities without an amount come last."""
    found = queue(
        undecided(("5", "same_as", "6", 0.5), ("1", "same_as", "2", 0.5), ("3", "same_as", "4", 0.9)), LEDGER
    )
    assert found.select("left", "change_minor", "change_quantity").rows() == [
        ("3", 900_00, None),
        ("1", 90_00, None),
        ("5", None, Decimal(5)),
    ]


def test_what_leaves_the_total_depends_on_the_relation() -> None:
    kinds = ("restates", "part_of", "serves")
    found = queue(undecided(*(("4", kind, "1", 0.5) for kind in kinds)), LEDGER)
    assert dict(found.select("relation", "change_minor").iter_rows()) == {
        "restates": 100_00,
        "part_of": 950_00,
        "serves": 0,
    }


def test_what_is_decided_waits_no_more() -> None:
    done = undecided(("1", "same_as", "2", 0.5)).with_columns(status=pl.lit("accepted"))
    assert queue(done, LEDGER).height == 0


def test_an_amount_without_a_rate_is_unknown_and_not_zero() -> None:
    ledger = LEDGER.with_columns(currency=pl.lit("UAH"))
    assert queue(undecided(("1", "same_as", "2", 0.5)), ledger)["change_minor"].to_list() == [None]
