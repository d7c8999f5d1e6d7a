"""Tiny problems against the textbook model: each plan is the best there is, no bound is below it.

The bound at convergence is at most the best of the model without whole steps. What must not change it, stays.
"""

import random
from functools import cache

import polars as pl
import pytest
from tests.plan.properties.arcs import optimum
from tests.plan.properties.tiny import Tables, tiny
from tests.plan.properties.to_the_end import VALUE_ALONE
from tests.plan.worlds import day, tables

from konvoi.plan.audit import audit
from konvoi.plan.folder import files
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

EVERYDAY = [range(20), range(20, 40)]
THOUSANDS = [range(40, 120), *(range(first, first + 200) for first in range(1000, 4000, 200))]


def planned(world: Tables) -> Plan:
    return solve(from_tables(world), parameters=VALUE_ALONE)


@cache
def usual(number: int) -> Plan:
    """The plan of a tiny problem as it is."""
    return planned(tiny(number))


def near(one: float, other: float) -> bool:
    """Equal but for the sixth place, in which a bound is rounded up."""
    return abs(one - other) <= 2e-6 * (1 + abs(other))


def proven(plan: Plan) -> bool:
    """Whether a plan is as good as its bound."""
    return near(float(plan.value), float(plan.bound))


def _against_the_model(numbers: range) -> None:
    """Raise where a plan, its bound or the audit contradicts the model; tells the numbers."""
    wrong = {}
    for number in numbers:
        world = tiny(number)
        plan, best = planned(world), optimum(world)
        value, bound = float(plan.value), float(plan.bound)
        fine = near(value, best) and best <= bound + 1e-6 and not audit(world, plan)
        if not fine or bound > optimum(world, whole=False) + 2e-6 * (1 + bound):
            wrong[number] = (value, best, bound)
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("numbers", EVERYDAY, ids=str)
def test_the_plan_is_the_optimum_and_its_bound_no_more_than_the_best_in_parts(numbers: range) -> None:
    _against_the_model(numbers)


@pytest.mark.slow
@pytest.mark.parametrize("numbers", THOUSANDS, ids=str)
def test_the_same_holds_in_thousands(numbers: range) -> None:
    _against_the_model(numbers)


@pytest.mark.slow
@pytest.mark.parametrize("numbers", THOUSANDS[:5], ids=str)
def test_it_holds_with_the_goals_that_decide_between_equals_too(numbers: range) -> None:
    """They may loosen the bound by as much as they weigh, and never the order."""
    for number in numbers:
        world = tiny(number)
        plan, best = solve(from_tables(world)), optimum(world)
        assert float(plan.value) <= best + 1e-6, number
        assert best <= float(plan.bound) + 1e-6, number
        assert audit(world, plan) == (), number


FEW = range(200, 230)


@pytest.mark.slow
def test_one_more_offer_never_lowers_the_bound_nor_the_value_of_proven_plans() -> None:
    higher = both = 0
    for number in FEW:
        world = tiny(number)
        one = tables(offers=[{"offer": "MORE", "party": "P9", "site": "D1"}])["offers"]
        more = planned(world | {"offers": pl.concat([world["offers"], one])})
        before = float(usual(number).bound)
        assert float(more.bound) >= before - 2e-6 * (1 + before), number
        higher += not near(float(more.bound), before)
        if proven(usual(number)) and proven(more):
            assert more.value >= usual(number).value, number
            both += 1
    assert higher > 5
    assert both > 5


@pytest.mark.slow
def test_closing_a_lane_that_a_proven_plan_leaves_unused_changes_neither_bound_nor_value() -> None:
    tried = 0
    for number in range(200, 260):
        world = tiny(number)
        plan = usual(number)
        unused = sorted(set(world["lanes"]["lane"]) - set(plan.legs["lane"]))
        if not unused or not plan.value or not proven(plan):
            continue
        shut = tables(closures=[{"on": unused[0], "from": day(0), "to": day(28)}])["closures"]
        closed = planned(world | {"closures": pl.concat([world["closures"], shut])})
        assert near(float(closed.bound), float(plan.bound)), number
        assert closed.value == plan.value, number
        tried += 1
    assert tried > 5


@pytest.mark.slow
def test_other_names_change_no_bound_and_no_value_of_proven_plans() -> None:
    for number in FEW:
        world = tiny(number)
        named = [
            ("needs", "need"),
            ("offers", "offer"),
            ("sites", "site"),
            ("lanes", "lane"),
            ("goods", "good"),
        ]
        ids = sorted({name for table, column in named for name in world[table][column]})
        names = {name: f"Z{99 - place}" for place, name in enumerate(ids)}
        renamed = {
            table: frame.with_columns(pl.col(pl.String).replace(names)) for table, frame in world.items()
        }
        again, plan = planned(renamed), usual(number)
        assert near(float(again.bound), float(plan.bound)), number
        if proven(plan) and proven(again):
            assert again.value == plan.value, number


DOUBLED = {
    "needs": ["quantity"],
    "offers": ["quantity"],
    "budgets": ["amount", "most"],
    "capacities": ["tonnes", "pallets", "neq_kg"],
    "caps": ["most"],
    "stocks": ["stock", "floor"],
}


def _divisible(world: Tables) -> bool:
    """Whether needs hold whole kits, so that twice as much holds twice as many."""
    quantity = dict(world["needs"].select("need", "quantity").rows())
    return all(quantity[row["need"]] % row["per_kit"] == 0 for row in world["kits"].rows(named=True))


def test_twice_as_much_of_everything_doubles_the_bound() -> None:
    tried = 0
    for number in (number for number in FEW if _divisible(tiny(number))):
        world = tiny(number)
        twice = world | {
            name: world[name].with_columns((pl.col(c) * 2).cast(world[name].schema[c]) for c in columns)
            for name, columns in DOUBLED.items()
        }
        before = float(usual(number).bound)
        assert near(float(planned(twice).bound), 2 * before), number
        tried += before > 0
    assert tried > 5


def test_the_order_of_rows_changes_nothing() -> None:
    for number in FEW:
        world = tiny(number)
        order = random.Random(number)
        shuffled = {
            name: frame[order.sample(range(frame.height), frame.height)] for name, frame in world.items()
        }
        assert files(planned(shuffled)) == files(usual(number)), number


def _used(world: Tables, plan: Plan) -> set[tuple[str, str]]:
    """Parties, suppliers, carriers, lanes and sites in a plan, each with its kind."""
    party = dict(world["offers"].select("offer", "party").rows()) | {None: "P"}
    carrier = dict(world["lanes"].select("lane", "carrier").rows())
    moves, legs = plan.movements.rows(named=True), plan.legs.rows(named=True)
    found = {("party", party[move["offer"]]) for move in moves}
    found |= {("supplier", move["supplier"]) for move in moves if move["supplier"]}
    found |= {("carrier", carrier[leg["lane"]]) for leg in legs}
    found |= {("lane", leg["lane"]) for leg in legs}
    return found | {("site", leg[end]) for leg in legs for end in ("from", "to")}


@pytest.mark.slow
def test_whoever_is_blocked_does_not_appear_in_a_plan_that_had_them() -> None:
    tried = set()
    for number in FEW:
        world = tiny(number)
        for kind, value in sorted(_used(world, usual(number)))[number % 2 :: 2]:
            row = tables(blocked=[{"kind": kind, "value": value, "reason": "r"}])["blocked"]
            barred = world | {"blocked": pl.concat([world["blocked"], row])}
            assert (kind, value) not in _used(world, planned(barred)), number
            tried.add(kind)
    assert tried == {"party", "supplier", "carrier", "lane", "site"}
