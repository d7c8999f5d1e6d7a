"""Totals that are refused, with the records and the amount that would count twice."""

from decimal import Decimal

import polars as pl
from tests.ledger.ledgers import ledger
from tests.ledger.test_parts import quantity, shares

from konvoi.ledger.answer import Refusal
from konvoi.ledger.question import Question
from konvoi.ledger.total import total


def refused(*rows: dict[str, object], question: Question, **tables: pl.DataFrame) -> Refusal | None:
    return total(ledger(*rows, relations=(), scopes=(), **tables), question).refused


def test_variants_are_named_and_the_receivers_view_is_none_of_them() -> None:
    variants: tuple[dict[str, object], ...] = (
        {"variant": "kiel"},
        {"variant": "fts"},
        {"variant": "iati-receiver"},
    )
    found = refused(*variants, question=Question())
    assert found is not None
    assert found.values == {"variants": "fts, kiel"}
    assert refused(*variants, question=Question(mix=True)) is None
    assert refused(*variants[1:], question=Question()) is None


def test_eight_goods_are_named_and_the_others_are_counted() -> None:
    def goods(many: int) -> str:
        rows = [quantity(1, line=f"L{n}", good=f"good-{n}") for n in range(many)]
        found = refused(*rows, question=Question(what="quantity"))
        assert found is not None
        return found.values["goods"]

    assert goods(2) == "good-0, good-1"
    assert goods(8) == ", ".join(f"good-{n}" for n in range(8))
    assert goods(10) == ", ".join(f"good-{n}" for n in range(8)) + " (+ 2)"


def test_units_are_refused_only_where_quantities_are_added() -> None:
    mixed = (quantity(1, line="a"), quantity(1, line="b", unit="crate"))
    found = refused(*mixed, question=Question(what="quantity"))
    assert found is not None
    assert found.values == {"units": "crate, piece"}
    assert refused(*mixed, question=Question(what="quantity", by="good")) is None
    nothing = quantity(None, line="b", unit="crate")
    assert refused(mixed[0], nothing, question=Question(what="quantity")) is None


BOTH = Question(level="both")


def test_both_levels_are_refused_with_five_pairs_the_largest_first() -> None:
    heads = [{"package": f"P{n}", "amount_minor": 1000} for n in range(6)]
    lines = [{"package": f"P{n}", "line": "L", "amount_minor": 100 + n} for n in range(6)]
    found = refused(*heads, *lines, question=BOTH)
    assert found is not None
    assert found.excess == Decimal("6.15")
    assert found.pairs == tuple((f"e{n}", f"e{n + 6}") for n in (5, 4, 3, 2, 1))


def test_both_levels_are_one_sum_where_they_state_different_money() -> None:
    unknown: dict[str, object] = {"amount_minor": None, "currency": None}
    head: dict[str, object] = {"package": "P"}
    line: dict[str, object] = {"package": "P", "line": "L"}
    assert refused(head | unknown, line, question=BOTH) is None
    assert refused(head, line | unknown, question=BOTH) is None
    assert refused(head, line | {"source": "BO"}, question=BOTH) is None
    assert refused(head, head | {"package": "Q"}, question=BOTH) is None
    assert refused(head, line, question=Question(level="package")) is None


ON_TOP = Question(attribute="on top")


def test_a_fund_is_refused_on_top_of_its_members_with_its_gifts_of_packages() -> None:
    fund: dict[str, object] = {"party": "EPF", "amount_minor": 700}
    line: dict[str, object] = {"party": "EPF", "package": "p1", "line": "L"}
    found = refused(fund, line, {"party": "AR"}, question=ON_TOP, shares=shares(AR="1"))
    assert found is not None
    assert (found.pairs, found.excess) == ((("EPF", "e0"),), Decimal("7.00"))


def test_on_top_is_drawn_where_no_fund_with_members_gives_an_amount() -> None:
    fund: dict[str, object] = {"party": "EPF"}
    unknown: dict[str, object] = {"amount_minor": None, "currency": None}
    members = shares(AR="1")
    assert refused(fund, question=ON_TOP) is None
    assert refused(fund, question=ON_TOP, shares=members.clear()) is None
    assert refused({}, question=ON_TOP, shares=members) is None
    assert refused(fund | unknown, question=ON_TOP, shares=members) is None
    assert refused(fund | {"line": "L"}, question=ON_TOP, shares=members) is None
    assert refused(fund, question=Question(attribute="members"), shares=members) is None
