"""Answers as plain JSON values: decimal strings, and reasons in English."""

from dataclasses import replace
from decimal import Decimal

from tests.ledger.ledgers import ledger

from konvoi.ledger.answer import Part, Refusal, SourceRow, Unvalued
from konvoi.ledger.question import Question
from konvoi.ledger.total import total


def test_a_row_has_a_unit_only_where_it_is_another_than_the_totals() -> None:
    row = Part("tent", Decimal(3), Decimal("1.50"), Decimal(4), Decimal(2), ("e0",))
    assert row.as_dict() == {
        "key": "tent",
        "value": Decimal(3),
        "lowest": Decimal("1.50"),
        "highest": Decimal(4),
        "estimate": Decimal(2),
        "entries": ["e0"],
    }
    assert replace(row, unit="piece").as_dict()["unit"] == "piece"


def test_a_row_without_a_value_says_its_reason_where_there_is_one() -> None:
    assert Unvalued("tent", ("e0",)).as_dict() == {"key": "tent", "entries": ["e0"]}
    reason = Unvalued("tent", ("e0",), "in {units}", {"units": "piece, t"})
    assert reason.as_dict()["reason"] == "in piece, t"


def test_a_source_row_without_a_value_has_none() -> None:
    row = SourceRow("e0", "AR / P", "", None, Decimal("0.00"), "no value stated")
    assert (row.as_dict()["value"], row.as_dict()["counted"]) == (None, Decimal("0.00"))


def test_a_refusal_names_pairs_and_excess() -> None:
    refusal = Refusal("{goods} differ", (("e0", "e1"),), Decimal("2.50"), {"goods": "tank, tent"})
    told = refusal.as_dict()
    assert (told["reason"], told["pairs"]) == ("tank, tent differ", [["e0", "e1"]])
    assert told["excess"] == Decimal("2.50")


def test_a_total_of_amounts_has_a_currency_and_one_of_quantities_a_unit() -> None:
    goods: dict[str, object] = {"line": "L", "good": "tent", "quantity": Decimal(3), "unit": "piece"}
    told = total(ledger({}), Question()).as_dict()
    assert told["currency"] == "EUR"
    assert "unit" not in told
    told = total(ledger(goods), Question(what="quantity")).as_dict()
    assert told["unit"] == "piece"
    assert "currency" not in told
