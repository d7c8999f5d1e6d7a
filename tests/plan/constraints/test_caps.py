"""A partner's cap holds over all its offers and purchases."""

from typing import Any

import polars as pl
import pytest
from tests.plan.worlds import day, problem, tables

from konvoi.model.limiting import UNREAD, Unread, noted
from konvoi.model.unreadable import Why
from konvoi.plan.audit import audit
from konvoi.plan.constraints.caps import MEMBER
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve


def test_of_two_caps_on_the_same_the_smaller_holds() -> None:
    caps = [{"party": "P", "what": "tonnes", "most": 7}, {"party": "P", "what": "tonnes", "most": 5}]
    rows = MEMBER.rows(problem(caps=caps))
    assert rows.bounds.select("kind", "key", "resource", "upper").rows() == [("cap", "P", "tonnes", 5)]
    assert rows.terms.select("key", "per").rows() == [("O", "tonnes")]


def test_stock_and_purchases_count_together() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 1_00, "site": "D"}
    plan = solve(
        problem(
            caps=[{"party": "P", "what": "quantity", "most": 6}],
            offers=[{"quantity": 4}],
            budgets=[{"amount": 90_00}, buy],
        )
    )
    assert plan.movements["quantity"].sum() == 6
    assert plan.unmet["cause"].to_list() == ["cap-reached"]


def test_a_cap_on_one_good_leaves_the_others() -> None:
    other = {"party": "P", "what": "quantity", "most": 0, "good": "stove"}
    assert solve(problem(caps=[other])).movements["quantity"].sum() == 10


CAP: dict[str, object] = {"party": "P", "what": "value", "most": 700, "currency": "EUR"}
"""EUR 700: of tents at EUR 120 five, EUR 600."""


def test_a_cap_by_value_counts_the_value_of_each_unit() -> None:
    plan = solve(problem(caps=[CAP], offers=[{"unit_value": 120_00, "currency": "EUR"}]))
    assert plan.movements["quantity"].sum() == 5
    assert plan.unmet.select("cause", "parameters").row(0) == (
        "cap-reached",
        '{"most": "700", "party": "P", "resource": "EUR"}',
    )


def test_a_purchase_counts_at_its_price_beside_what_is_offered() -> None:
    """EUR 100 of offers at EUR 25 leave room for six tents at EUR 100."""
    world = tables(
        caps=[CAP],
        offers=[{"quantity": 4, "unit_value": 25_00, "currency": "EUR"}],
        budgets=[{"amount": 900_00}, {"good": "tent", "price": 100_00, "site": "D"}],
    )
    plan = solve(from_tables(world))
    assert plan.movements["quantity"].sum() == 4 + 6
    assert plan.bound == plan.value
    assert audit(world, plan) == ()


def test_minor_units_are_those_of_the_currency() -> None:
    """Seven hundred yen: of tents at 120 yen five."""
    cap = CAP | {"currency": "JPY"}
    plan = solve(problem(caps=[cap], offers=[{"unit_value": 120, "currency": "JPY"}]))
    assert plan.movements["quantity"].sum() == 5


def test_the_audit_counts_values_by_itself() -> None:
    offers = [{"unit_value": 120_00, "currency": "EUR"}]
    plan = solve(problem(caps=[CAP | {"most": 1200}], offers=offers))
    found = audit(tables(caps=[CAP], offers=offers), plan)
    assert ("cap", "EUR") in {(f.values.get("kind"), f.values.get("resource")) for f in found}


@pytest.mark.parametrize(
    ("offer", "column", "read"),
    [
        ({}, "unit_value", ""),
        ({"unit_value": 120_00}, "currency", ""),
        ({"unit_value": 120_00, "currency": "USD"}, "currency", "USD"),
        ({"unit_value": -1, "currency": "EUR"}, "unit_value", "-1"),
    ],
)
def test_without_its_value_in_the_currency_of_the_cap_an_offer_is_withheld(
    offer: dict[str, object], column: str, read: str
) -> None:
    found = problem(caps=[CAP], offers=[offer])
    assert found.sources == ()
    (cell,) = [one for one in found.without if one.column == column]
    assert (cell.table, cell.key, cell.read, cell.why) == ("offers", "O", read, Why.UNVALUED)
    (told,) = [f for f in found.findings if f.code == "limit-unreadable" and f.place.column == column]
    assert told.place.row == 2
    assert "Correct the cell, or waive it" in told.remedy
    assert not cell.stops_orders


def test_what_no_cap_by_value_limits_needs_no_value() -> None:
    """Nor does a value that cannot be read take anything from it."""
    unread = {UNREAD: noted({"unit_value": Unread(Why.UNREADABLE, "dear")})}
    others: tuple[list[Any], ...] = (
        [],
        [CAP | {"party": "Q"}],
        [CAP | {"good": "stove"}],
        [CAP | {"what": "tonnes"}],
    )
    for caps in others:
        world = tables(caps=caps, offers=[{}, {"offer": "R", "party": "Q", "quantity": 0}])
        offers = world["offers"].with_columns(pl.lit(unread[UNREAD]).alias(UNREAD))
        assert [source.offer for source in from_tables({**world, "offers": offers}).sources][:1] == ["O"]


def test_a_cap_by_value_without_its_currency_closes() -> None:
    found = problem(caps=[CAP | {"currency": None}], offers=[{"unit_value": 1_00, "currency": "EUR"}])
    assert solve(found).movements.is_empty()
    (cell,) = found.without
    assert (cell.table, cell.column, cell.effect) == (
        "caps",
        "currency",
        "The partner sends nothing of what is capped.",
    )


def test_a_purchase_in_another_currency_than_the_cap_is_not_made() -> None:
    """The tranche of its budget stays: another purchase may be paid from it."""
    budgets = [{"amount": 900_00, "currency": "USD"}]
    budgets += [{"good": "tent", "price": 100_00, "site": "D", "currency": "USD"}]
    found = problem(caps=[CAP], offers=[], budgets=budgets)
    assert found.sources == ()
    assert len(found.tranches) == 1
    (cell,) = found.without
    assert (cell.table, cell.key, cell.column, cell.read) == ("budgets", "B / tent", "currency", "USD")


def test_a_waiver_states_a_value_in_the_currency_of_the_cap_alone() -> None:
    def sent(**values: str) -> float:
        rows = [
            {"table": "offers", "key": "O", "column": column, "value": value, "by": "Cell", "reason": "r"}
            | {"day": day(0)}
            for column, value in values.items()
        ]
        world = tables(caps=[CAP], offers=[{}], waivers=rows)
        return float(solve(from_tables(world)).movements["quantity"].sum())

    assert sent(unit_value="350", currency="EUR") == 2
    assert sent(unit_value="350", currency="USD") == 0
    assert sent(unit_value="350") == 0
