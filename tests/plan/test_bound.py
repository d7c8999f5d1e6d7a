"""The bound holds for any prices: rows, what needs could still gain, kits worth more than their parts."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from tests.plan.worlds import day, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.bound import Bound, all_there_is, nothing_priced, repaired, rounded_up
from konvoi.plan.layout import limits
from konvoi.plan.links import Links
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

KIT = [{"kit": "K", "need": "N", "per_kit": 2, "weight": 5}]


def test_without_prices_it_is_what_needs_gain_and_all_kits() -> None:
    rows = limits(problem(kits=KIT))
    assert repaired(rows, nothing_priced(rows), np.array([0.5])).most == 10 * 0.5 + 5 * 5
    assert all_there_is(rows) == 10 + 25


def test_a_kit_that_its_components_pay_for_adds_nothing() -> None:
    rows = limits(problem(kits=KIT))
    y = nothing_priced(rows)
    y[rows.frame["kind"].to_list().index("kit")] = 2.0
    assert repaired(rows, y, np.array([0.0])).most == 5 * (5 - 2 * 2.0)


def test_prices_of_rows_count_with_what_there_is() -> None:
    rows = limits(problem())
    y = nothing_priced(rows)
    y[rows.frame["kind"].to_list().index("offer")] = 0.25
    bound = repaired(rows, y, np.array([0.75]))
    assert bound.most == 10 * 0.25 + 10 * 0.75
    assert bound.y[rows.frame["kind"].to_list().index("need")] == 0.75


def test_it_is_rounded_up_and_nothing_is_exactly_nothing() -> None:
    assert rounded_up(Bound(1 / 3, np.zeros(0))) == Decimal("0.333334")
    assert str(rounded_up(Bound(0.0, np.zeros(0)))) == "0"


def test_a_zero_that_is_left_over_from_prices_of_single_needs_is_not_exact() -> None:
    own = Links(np.array([0]), np.array([0]), np.array([1.5]))
    assert rounded_up(Bound(0.0, np.zeros(0), own)) == Decimal("0.000001")


def test_the_bound_of_a_piece_that_fits_on_no_lane_is_nothing() -> None:
    """One piece of a tonne, half a tonne a week: no plan sends anything, so none is worth more than 0."""
    for change in (
        {"capacities": [{"on": "DX", "tonnes": 0.5}]},
        {"capacities": [{"on": "X", "tonnes": 0.5}]},
        {"capacities": [{"on": "D", "tonnes": 0.5}]},
        {"offers": [{"quantity": 0.5}]},
        {"stocks": [{"party": "P", "good": "tent", "stock": 3, "floor": 2.5}]},
        {"caps": [{"party": "P", "what": "tonnes", "most": 0.9}]},
    ):
        world = tables(needs=[{"quantity": 1, "weight": 100}], **change)
        plan = solve(from_tables(world))
        assert (str(plan.value), str(plan.bound)) == ("0", "0"), change
        assert audit(world, plan) == (), change
        # The audit proves it by itself, whatever prices it is given.
        dearer = audit(world, replace(plan, bound=Decimal("-0.1")))
        assert [one.code for one in dearer] == ["audit-bound", "audit-below"]


def test_a_purchase_of_which_the_money_pays_no_step_is_bounded_by_nothing() -> None:
    """Ten euro buy no tent of twenty; that more comes later does not help, for it comes too late to order."""
    bought: dict[str, object] = {"good": "tent", "price": 20_00, "lead_days": 10, "site": "X"}
    for money in ([{"amount": 10_00}], [{"amount": 10_00}, {"amount": 100_00, "day": day(14)}]):
        world = tables(offers=[], budgets=[*money, bought])
        plan = solve(from_tables(world))
        assert (str(plan.value), str(plan.bound)) == ("0", "0")
        assert audit(world, plan) == ()


def test_a_step_that_brings_more_than_is_needed_counts_as_what_is_needed() -> None:
    """Of two steps of four for two needs of one, one is lost: half a lane of steps serves half a need."""
    world = tables(
        goods=[{"step": 4}],
        needs=[{"quantity": 1}, {"need": "B", "quantity": 1}],
        capacities=[{"on": "DX", "tonnes": 4, "to": day(27)}, {"on": "XS", "tonnes": 0, "from": day(7)}],
    )
    plan = solve(from_tables(world))
    assert plan.value == 1
    assert plan.bound == pytest.approx(Decimal(1), abs=1e-4)
    assert audit(world, plan) == ()
