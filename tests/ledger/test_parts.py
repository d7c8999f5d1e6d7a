"""Rows of a total, what is left out, and what has no value."""

from decimal import Decimal

import polars as pl
import pytest
from tests.ledger.ledgers import ledger

from konvoi.ledger.parts import Share, plain, shared
from konvoi.ledger.question import Question
from konvoi.ledger.total import total
from konvoi.model.table import QUANTITY

GROUPS = {"north": ("AR", "BO")}


def shares(**of: str) -> pl.DataFrame:
    """Return the shares of the members of the fund EPF."""
    rows = {"fund": ["EPF"] * len(of), "party": list(of), "share": [Decimal(one) for one in of.values()]}
    return pl.DataFrame(rows, schema_overrides={"share": QUANTITY})


def quantity(number: int | None, **more: object) -> dict[str, object]:
    usual: dict[str, object] = {"amount_minor": None, "currency": None, "good": "tent", "unit": "piece"}
    return usual | {"quantity": None if number is None else Decimal(number)} | more


def test_quantities_are_written_without_zeros_that_say_nothing() -> None:
    assert [str(plain(one, 6)) for one in (20_000_000, 2_500_000, 0)] == ["20", "2.5", "0"]
    assert [str(plain(one, 2)) for one in (2000, 250, 0)] == ["20.00", "2.50", "0.00"]


@pytest.mark.parametrize(
    ("value", "of", "found"),
    [
        (100, {"a": "0.5", "b": "0.5"}, {"a": 50, "b": 50}),
        (101, {"a": "0.5", "b": "0.5"}, {"a": 51, "b": 50}),
        (10, {"a": "0.66", "b": "0.34"}, {"a": 7, "b": 3}),
        (100, {"a": "0.25"}, {"a": 25, "": 75}),
        (10, {"a": "0.26"}, {"a": 3, "": 7}),
        (10, {"a": "0.24"}, {"a": 2, "": 8}),
        (-10, {"a": "0.66", "b": "0.34"}, {"a": -7, "b": -3}),
        (0, {}, {"": 0}),
    ],
)
def test_a_value_is_divided_into_whole_parts_and_none_is_lost(
    value: int, of: dict[str, str], found: dict[str, int]
) -> None:
    assert shared(value, [Share(party, Decimal(share)) for party, share in of.items()]) == found


def test_rows_stand_by_amount_and_name_with_their_entries() -> None:
    some = ledger({"party": "CA"}, {"party": "BO"}, {"party": "AR", "amount_minor": 300}, {"party": "BO"})
    answer = total(some, Question(by="partner"))
    assert [(row.key, row.value, row.entries) for row in answer.by] == [
        ("AR", Decimal("3.00"), ("e2",)),
        ("BO", Decimal("2.00"), ("e1", "e3")),
        ("CA", Decimal("1.00"), ("e0",)),
    ]
    assert total(some, Question()).by == ()


def test_an_open_duplicate_lowers_the_rows_of_its_own_party_and_group() -> None:
    pair = ledger(
        {"party": "AR", "amount_minor": 300},
        {"party": "BO", "amount_minor": 200},
        {"party": "CA", "amount_minor": 500},
        relations=[("e0", "same_as", "e1", "undecided"), ("e1", "same_as", "e2", "rejected")],
    )
    rows = {row.key: (row.lowest, row.value, row.highest) for row in total(pair, Question(by="partner")).by}
    assert rows == {
        "AR": (Decimal("3.00"), Decimal("3.00"), Decimal("3.00")),
        "BO": (Decimal("0.00"), Decimal("2.00"), Decimal("2.00")),
        "CA": (Decimal("5.00"), Decimal("5.00"), Decimal("5.00")),
    }
    answer = total(pair, Question(by="group"), groups=GROUPS)
    assert answer.open_pairs == 1
    assert {row.key: (row.lowest, row.value) for row in answer.by} == {
        "north": (Decimal("3.00"), Decimal("5.00")),
        "others": (Decimal("5.00"), Decimal("5.00")),
    }


def test_an_open_duplicate_of_a_funds_gift_lowers_the_rows_of_its_members() -> None:
    def rows(by: str) -> dict[str, tuple[Decimal, Decimal]]:
        twice = ledger(
            {"party": "EPF", "amount_minor": 400},
            {"party": "EPF", "amount_minor": 200},
            relations=[("e0", "same_as", "e1", "undecided")],
            shares=shares(AR="0.25", CA="0.5"),
        )
        answer = total(twice, Question(by=by, attribute="members"), groups=GROUPS)
        assert (answer.lowest, answer.value) == (Decimal("2.00"), Decimal("6.00"))
        return {row.key: (row.lowest, row.value) for row in answer.by}

    assert rows("partner") == {
        "CA": (Decimal("1.00"), Decimal("3.00")),
        "AR": (Decimal("0.50"), Decimal("1.50")),
        "EPF": (Decimal("0.50"), Decimal("1.50")),
    }
    assert rows("group") == {
        "north": (Decimal("0.50"), Decimal("1.50")),
        "others": (Decimal("1.50"), Decimal("4.50")),
    }


def test_without_attribution_a_fund_stands_for_itself() -> None:
    fund = ledger({"party": "EPF"}, shares=shares(AR="1"))
    assert [row.key for row in total(fund, Question(by="partner")).by] == ["EPF"]


def test_entries_without_a_party_are_a_row_of_their_own() -> None:
    some = ledger({"party": None}, {"party": None, "amount_minor": None, "package": "q"})
    for by in ("partner", "group"):
        answer = total(some, Question(by=by), groups=GROUPS)
        assert [row.key for row in answer.by] == ["not stated"]
        assert [row.key for row in answer.unvalued] == ["not stated"]


def test_a_row_of_which_every_value_is_unreadable_says_so() -> None:
    unread = pl.DataFrame({"entry": ["e0", "e2", "e3"], "what": ["amount", "amount", "quantity"]})
    nothing: dict[str, object] = {"amount_minor": None, "currency": None}
    some = ledger(
        nothing, nothing, nothing | {"party": "BO"}, nothing | {"party": "CA"}, unread_values=unread
    )
    answer = total(some, Question(by="partner"))
    assert [(row.key, row.reason) for row in answer.unvalued] == [
        ("AR", ""),
        ("BO", "the value could not be read"),
        ("CA", ""),
    ]
    assert answer.unread_values == 2


def test_of_a_good_in_several_units_the_rarer_ones_are_named_with_five_of_their_lines() -> None:
    crates = [quantity(1, line=f"c{n}", unit="crate") for n in range(6)]
    pieces = [quantity(1, line=f"p{n}") for n in range(7)]
    skids = [quantity(1, line="s1", unit="skid"), quantity(1, package="s2", line=None, unit="skid")]
    (row,) = total(ledger(*crates, *pieces, *skids), Question(what="quantity", by="good")).unvalued
    assert row.values == {"units": "piece, crate (c0, c1, c2, c3, c4 (+ 1)), skid (s1)"}
    (row,) = total(ledger(*crates[:5], *pieces), Question(what="quantity", by="good")).unvalued
    assert row.values == {"units": "piece, crate (c0, c1, c2, c3, c4)"}


def test_a_good_without_any_quantity_is_not_in_unlike_units() -> None:
    some = ledger(quantity(None, line="a"), quantity(2, line="b", good="tank"))
    (row,) = total(some, Question(what="quantity", by="good")).unvalued
    assert (row.key, row.reason, row.entries) == ("tent", "", ("e0",))


def test_reports_that_are_counted_with_another_are_named_the_largest_first() -> None:
    pairs = ledger(
        {"amount_minor": 100},
        {"amount_minor": 900},
        {"amount_minor": 700},
        {"amount_minor": 250},
        relations=[("e0", "same_as", "e1", "accepted"), ("e2", "same_as", "e3", "accepted")],
    )
    double = total(pairs, Question()).double
    assert [(one.entry, one.counted_with, one.relation, one.value) for one in double] == [
        ("e2", "e3", "same_as", Decimal("7.00")),
        ("e0", "e1", "same_as", Decimal("1.00")),
    ]
