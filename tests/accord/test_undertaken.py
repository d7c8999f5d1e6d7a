"""Which undertaking of its giver an allocation may fulfil, where it names none."""

import json
from datetime import date

import polars as pl
import pytest

from konvoi.accord.undertaken import ALLOCATIONS
from konvoi.model.tables import BY_NAME

Row = dict[str, object]

UNDERTAKING: Row = {
    "undertaking": "U",
    "document": "D",
    "party": "AR",
    "force": "binding",
    "good": "tent",
    "quantity": 100,
    "amount": 10_000_00,
    "currency": "EUR",
    "until": date(2031, 12, 31),
}
ALLOCATION: Row = {
    "allocation": "A",
    "party": "AR",
    "day": date(2031, 2, 1),
    "line": "L-1",
    "quantity": 60,
    "amount": 6_000_00,
    "currency": "EUR",
}
MONEY: Row = {"line": None, "quantity": None}


def table(name: str, *rows: Row) -> pl.DataFrame:
    schema = BY_NAME[name].schema()
    return pl.DataFrame([{one: row.get(one) for one in schema} for row in rows], schema=schema)


def found(allocation: Row, *undertakings: Row, signed: date | None = date(2031, 1, 10)) -> pl.DataFrame:
    return ALLOCATIONS.proposals(
        {
            "undertakings": table("undertakings", *undertakings),
            "allocations": table("allocations", allocation),
            "documents": table("documents", {"document": "D", "day": signed}),
            "lines": table("lines", {"line": "L-1", "good": "tent"}, {"line": "L-2", "good": "gen"}),
            "goods": table("goods", {"good": "tent", "unit": "piece"}, {"good": "gen", "unit": "piece"}),
        }
    )


def test_an_undertaking_of_the_giver_is_proposed_with_what_speaks_for_it() -> None:
    """The line's good, sixty of a hundred tents, 6000 of 10000 EUR, three weeks after the signature."""
    pairs = found(ALLOCATION, UNDERTAKING)
    assert pairs.schema == ALLOCATIONS.proposed
    (row,) = pairs.to_dicts()
    assert (row["allocation"], row["undertaking"]) == ("A", "U")
    assert row["probability"] > 0.9
    assert dict(json.loads(row["evidence"])) == {
        "good": "the same good",
        "quantity": "part of the obligation",
        "amount": "part of the obligation",
        "day of signature": "decided after the signature",
        "last day": "decided in time",
    }


@pytest.mark.parametrize(
    "other",
    [
        {"party": "BO"},
        {"good": "gen"},
        {"quantity": 50, "amount": 5_000_00},
        {"until": date(2031, 1, 31), "amount": None},
        {"force": "statement of the past"},
    ],
    ids=["different partner", "another good", "less", "over by then", "a statement of the past"],
)
def test_what_does_not_fit_is_not_proposed(other: Row) -> None:
    assert found(ALLOCATION, UNDERTAKING | other).is_empty()


def test_what_was_decided_before_the_signature_is_not_proposed() -> None:
    """With the sum unknown, the good and the quantity alone do not outweigh the day."""
    undertaking = UNDERTAKING | {"amount": None}
    assert found(ALLOCATION, undertaking, signed=date(2031, 3, 1)).is_empty()
    assert found(ALLOCATION, undertaking).height == 1


def test_money_is_proposed_by_its_sum_and_days_in_the_same_currency() -> None:
    money = UNDERTAKING | {"good": None, "quantity": None}
    assert found(ALLOCATION | MONEY, money).height == 1
    assert found(ALLOCATION | MONEY | {"currency": "USD"}, money).is_empty()
    assert found(ALLOCATION | MONEY | {"amount": 10_000_01}, money).is_empty()


def test_the_giver_and_the_days_alone_propose_nothing() -> None:
    assert found(ALLOCATION | MONEY | {"amount": None}, UNDERTAKING).is_empty()


def test_an_allocation_that_names_its_undertaking_is_asked_of_nobody() -> None:
    assert found(ALLOCATION | {"undertaking": "U"}, UNDERTAKING).is_empty()
    assert found(ALLOCATION | {"undertaking": "U-9"}, UNDERTAKING).height == 1
    assert ALLOCATIONS.proposals({}).is_empty()


def test_the_order_of_rows_changes_nothing() -> None:
    other = UNDERTAKING | {"undertaking": "V", "amount": None}
    pairs = found(ALLOCATION, UNDERTAKING, other)
    assert pairs.equals(found(ALLOCATION, other, UNDERTAKING))
    assert pairs["undertaking"].to_list() == ["U", "V"]


def test_a_decision_looks_at_all_but_the_undertaking_named() -> None:
    """So that it holds after the allocation was put under it."""
    own, above = (dict.fromkeys(BY_NAME[name].schema()) for name in ("allocations", "undertakings"))
    child, parent = own | ALLOCATION, above | UNDERTAKING
    before = ALLOCATIONS.digest(child, parent)
    assert ALLOCATIONS.digest(child | {"undertaking": "U"}, parent) == before
    assert ALLOCATIONS.digest(child | {"quantity": 61}, parent) != before
    assert ALLOCATIONS.digest(child, parent | {"until": date(2031, 6, 30)}) != before
