"""Entries that a total is drawn from: their level, their unit, and what has no value."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from tests.ledger.ledgers import DAY, ledger, rates

from konvoi.ledger.basis import Basis, basis, located
from konvoi.ledger.question import Question

NOTHING: dict[str, object] = {"amount_minor": None, "currency": None}


def of(*rows: dict[str, object], question: Question | None = None, **tables: pl.DataFrame) -> Basis:
    return basis(ledger(*rows, relations=(), scopes=(), **tables), question or Question(), "")


def levelled(*rows: dict[str, object], question: Question | None = None) -> tuple[list[str], dict[str, int]]:
    """Return the entries of the level that counts, and those beside it by reason."""
    found = of(*rows, question=question)
    return sorted(found.levelled["entry"]), dict(found.unused)


def line(name: str, **more: object) -> dict[str, object]:
    return {"package": "P", "line": name} | more


HEAD: dict[str, object] = {"package": "P"}
BY_PACKAGE = "counted with the value of its package"
BY_LINES = "a package without a value, counted by its items"
ESTIMATED = "an estimate of an item in a package without a value"


def test_lines_stand_beside_the_value_of_their_own_package_alone() -> None:
    assert levelled(HEAD, line("a"), line("b")) == (["e0"], {BY_PACKAGE: 2})
    assert levelled(HEAD, line("a", package="Q")) == (["e0", "e1"], {})
    assert levelled(HEAD, line("a", source="BO")) == (["e0", "e1"], {})
    assert levelled({"package": None}, line("a", package=None)) == (["e0"], {BY_PACKAGE: 1})


def test_a_package_without_a_value_is_counted_by_its_lines_unless_they_are_estimates() -> None:
    silent = HEAD | NOTHING
    assert levelled(silent, line("a")) == (["e1"], {BY_LINES: 1})
    assert levelled(silent, line("a", **NOTHING)) == (["e0", "e1"], {})
    assert levelled(silent, line("a", valuation="by price")) == (["e0"], {ESTIMATED: 1})
    assert levelled(silent, line("a"), line("b", valuation="by price")) == (
        ["e1"],
        {ESTIMATED: 1, BY_LINES: 1},
    )
    assert levelled(line("a", valuation="by price")) == (["e0"], {})


def test_on_request_lines_alone_or_both_levels_count() -> None:
    rows = (HEAD, line("a"), HEAD | {"package": "Q"})
    beside = {"a package whose items are counted": 2}
    assert levelled(*rows, question=Question(level="lines")) == (["e1"], beside)
    assert levelled(*rows, question=Question(by="good")) == (["e1"], beside)
    assert levelled(*rows, question=Question(level="both")) == (["e0", "e1", "e2"], {})


def test_an_amount_without_a_rate_is_neither_known_nor_of_unknown_value() -> None:
    found = of(
        {"currency": "USD"},
        {"currency": "GBP"},
        {"currency": "GBP"},
        NOTHING,
        {"stage": "withdrawn"} | NOTHING,
        rates=rates(("USD", date(2026, 3, 2), "2")),
    )
    assert found.known["entry"].to_list() == ["e0", "e4"]
    assert (found.no_rate, found.unknown) == (("GBP",), 1)
    assert found.unused == (("no exchange rate for the currency", 2),)
    assert found.unvalued()["entry"].to_list() == ["e1", "e2", "e3"]


def test_only_what_lies_inside_the_boundary_counts() -> None:
    inside = ledger({"counterparty": "UA"}, {"party": "BO", "counterparty": "EPF"})
    asked = Question(on=date(2026, 3, 2))
    later = inside.entries.with_columns(day_to=pl.lit(date(2026, 4, 1)))
    found = basis(replace(inside, entries=later), asked, "UA")
    assert (found.known["entry"].to_list(), found.counting.height) == (["e0"], 0)


def test_values_that_could_not_be_read_are_those_of_what_is_asked_that_have_none() -> None:
    unread = pl.DataFrame({"entry": ["e0", "e1", "e2"], "what": ["amount", "quantity", "amount"]})
    assert of(NOTHING, NOTHING, {}, unread_values=unread).unread == {"e0"}
    assert of(NOTHING).unread == frozenset()


def quantity(number: int, **more: object) -> dict[str, object]:
    usual: dict[str, object] = NOTHING | {"good": "tent", "unit": "piece", "line": "L"}
    return usual | {"quantity": Decimal(number)} | more


PIECES = Question(what="quantity")
BY_GOOD = Question(what="quantity", by="good")


def test_quantities_have_the_unit_that_all_share() -> None:
    assert of(quantity(1), quantity(2, line="M"), question=PIECES).unit == "piece"
    assert of(quantity(1), quantity(2, line="M", unit="crate"), question=PIECES).unit == ""
    two = of(quantity(2, unit="t"), quantity(500, line="M", unit="kg"), question=PIECES)
    assert (two.unit, two.values["value"].to_list()) == ("t", [2_000_000, 500_000])
    assert of({"line": "L"}).unit == "EUR"
    assert of({"line": "L"}, question=Question(currency="USD")).unit == "USD"


def test_goods_are_parted_where_several_have_quantities_and_none_is_named() -> None:
    goods = (quantity(1), quantity(1, good="tank"), quantity(1, good=None))
    assert of(*goods, question=PIECES).parted == ("not stated", "tank", "tent")
    assert of(goods[0], quantity(1, line="M"), question=PIECES).parted == ()
    assert of(goods[0], {"good": "tank", "line": "M"} | NOTHING, question=PIECES).parted == ()
    assert of(*goods, question=Question(what="quantity", good="tent")).parted == ()
    assert of(*goods).parted == ()


def test_by_good_only_quantities_in_several_units_have_no_value() -> None:
    mixed = of(
        quantity(1),
        quantity(2, line="M", unit="crate"),
        quantity(3, line="N", good="tank"),
        quantity(4, line="O", good=None),
        question=BY_GOOD,
    )
    assert mixed.known["entry"].to_list() == ["e2", "e3"]
    assert mixed.unvalued()["entry"].to_list() == ["e0", "e1"]


@pytest.mark.parametrize(("told", "approximate"), [(["e1"], [False, True]), ([], [False, False])])
def test_an_approximate_statement_is_marked(told: list[str], approximate: list[bool]) -> None:
    table = pl.DataFrame({"entry": told}, schema={"entry": pl.String})
    assert of({}, {}, approximations=table).values["approximate"].to_list() == approximate
    assert of({}, {}).values["approximate"].to_list() == [False, False]


def test_a_fund_is_marked_as_one() -> None:
    parties = pl.DataFrame({"party": ["EPF", "AR"], "kind": ["fund", "state"]})
    assert of({"party": "EPF"}, {}, parties=parties).values["fund"].to_list() == [True, False]


def test_entries_whose_stage_could_not_be_read_stand_apart_with_their_values() -> None:
    """e0 and e1 are pledged as far as can be read; of e1 another stage was stated."""
    unread = pl.DataFrame({"entry": ["e1"], "what": ["stage"]})
    rows: list[dict[str, object]] = [{"stage": stage} for stage in ("pledged", "pledged", "committed")]
    found = of(*rows, question=Question(stage="committed"), unread_values=unread)
    assert found.known["entry"].to_list() == ["e2"]
    assert found.unstaged.rows() == [("e1", 100)]
    assert found.unused == (("its stage could not be read", 1), ("stage not reached", 1))
    # Every stage is at least the first.
    assert of(*rows, question=Question(stage="pledged"), unread_values=unread).unstaged.is_empty()


def test_quantities_in_units_that_are_not_added_are_not_without_a_value() -> None:
    boxes = quantity(2, unit="box", line="M")
    silent = line("N", good="tent") | NOTHING
    found = of(quantity(3), boxes, silent, question=BY_GOOD)
    assert found.unknown == 3
    assert found.unlike == {"e0", "e1"}


def test_the_places_of_entries_are_found_once_for_each_boundary_recipient_and_day() -> None:
    """The two halves of a day's question are asked of the same places; another day or ledger has its own."""
    asked = ledger({"counterparty": "UA"}, {"counterparty": "LV"})
    found = located(asked, Question(stage="pledged"), "UA")
    assert found.to_list() == ["in", "outside"]
    assert located(asked, Question(stage="received", kind="military"), "UA") is found
    assert located(asked, Question(), "LV").to_list() == ["outside", "in"]
    assert located(asked, Question(on=DAY), "UA") is not found
    assert located(replace(asked, entries=asked.entries[::-1]), Question(), "UA").to_list() == [
        "outside",
        "in",
    ]
