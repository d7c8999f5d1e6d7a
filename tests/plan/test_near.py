"""Near the plan in force: what can still be sent stays, and what cannot is planned anew."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest
from bench.instances import tables as instance
from tests.plan.worlds import Rows, day, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Scenario, Shut, supposed
from konvoi.plan.solve import Parameters, solve

BUDGETS = [
    {"day": day(0), "amount": 50_00},
    {"day": day(7), "amount": 50_00},
    {"good": "tent", "price": 10_00, "lead_days": 0, "supplier": "T", "site": "D"},
]


@pytest.fixture(scope="module")
def force() -> Plan:
    """A plan of sixty needs, with kits, budgets and tight lanes."""
    return solve(from_tables(instance("XS", 1)))


@pytest.mark.slow
def test_where_nothing_has_changed_the_same_is_sent(force: Plan) -> None:
    again = solve(from_tables(instance("XS", 1)), near=force)
    assert again.movements.equals(force.movements)
    assert again.legs.equals(force.legs)
    assert (again.value, again.bound) == (force.value, force.bound)


def test_a_lane_is_shut_in_a_week_in_which_nothing_goes_by_it_and_the_same_is_sent(force: Plan) -> None:
    every, used = instance("XS", 1), set(force.legs.select("lane", "week").rows())
    weeks = [every["horizon"]["start"][0] + timedelta(weeks=number) for number in range(26)]
    lane, week = next((a, w) for a in every["lanes"]["lane"] for w in weeks if (a, w) not in used)
    shut = Scenario("x", shut=(Shut(lane, week, week + timedelta(days=6)),))
    assert solve(from_tables(supposed(every, shut)), near=force).movements.equals(force.movements)


@pytest.mark.slow
def test_a_plan_near_another_keeps_more_of_it_than_one_made_anew(force: Plan) -> None:
    """The lane that carries least is shut; both plans hold, and neither is worth much less than the other."""
    lanes = force.legs.group_by("lane").len().sort("len", "lane")["lane"]
    changed = supposed(instance("XS", 1), Scenario("x", shut=(Shut(lanes[0]),)))
    posed, old = from_tables(changed), set(force.movements["movement"])
    near, anew = solve(posed, near=force), solve(posed)
    assert audit(changed, near) == ()
    assert len(old & set(near.movements["movement"])) > len(old & set(anew.movements["movement"]))
    assert near.value >= anew.value * 95 / 100


TWO_WAYS: dict[str, Rows] = {
    "goods": [{}, {"good": "mat", "weight_kg": 10}],
    "sites": [{"site": name} for name in ("D", "X", "Y", "S", "W")],
    "lanes": [
        {"lane": "L1", "from": "D", "to": "X", "days_p50": 1},
        {"lane": "L2", "from": "X", "to": "S", "days_p50": 1},
        {"lane": "L3", "from": "D", "to": "Y", "days_p50": 3},
        {"lane": "L4", "from": "Y", "to": "S", "days_p50": 2},
        {"lane": "L5", "from": "X", "to": "W", "days_p50": 1},
    ],
    "capacities": [{"on": "L2", "tonnes": 5}, {"on": "L4", "tonnes": 3}],
    "needs": [
        {"need": "N1", "weight": 5, "due": day(20)},
        {"need": "N2", "quantity": 6, "site": "W", "weight": 3, "due": day(34)},
        {"need": "N3", "good": "mat", "quantity": 100, "weight": "0.1", "due": day(34)},
    ],
    "offers": [
        {"offer": "O1", "quantity": 8},
        {"offer": "O2", "quantity": 4, "party": "Q"},
        {"offer": "O3", "good": "mat", "quantity": 60},
    ],
    "budgets": [
        {"party": "Q", "day": day(0), "amount": 40},
        {"party": "Q", "day": day(14), "amount": 60},
        {"party": "Q", "good": "tent", "price": 20, "lead_days": 5, "supplier": "T", "site": "D"},
    ],
    "horizon": [{"weeks": 6}],
}


def test_all_that_can_still_be_sent_stays_though_half_of_the_plan_cannot() -> None:
    """At least half of what is in force goes by L2, which is shut. N1 then gets nine by L4, three a week, all
    else comes: 45 + 18 + 6. The others can stay at that value, and do."""
    every = tables(**TWO_WAYS)
    force = solve(from_tables(every))
    by_it = set(force.legs.filter(pl.col("lane") == "L2")["movement"])
    changed = supposed(every, Scenario("x", shut=(Shut("L2"),)))
    near = solve(from_tables(changed), near=force)
    assert near.value == solve(from_tables(changed)).value == 69
    assert set(force.movements["movement"]) - by_it <= set(near.movements["movement"])
    assert 2 * len(by_it) >= force.movements.height
    assert audit(changed, near) == ()


def test_a_plan_that_was_stopped_is_not_turned_round_for_little(force: Plan) -> None:
    """It was stopped after its first round, so that better ones are easily found. A lane is shut that carries
    little: what does not go by it stays, but for what is worth more by two in a thousand."""
    every = instance("XS", 1)
    early = solve(from_tables(every), parameters=Parameters(rounds=1, clusters=0), stop=lambda _: True)
    lanes = early.legs.group_by("lane").len().sort("len", "lane")["lane"]
    changed = supposed(every, Scenario("x", shut=(Shut(lanes[0]),)))
    near = solve(from_tables(changed), near=early)
    untouched = set(early.movements["movement"]) - set(
        early.legs.filter(pl.col("lane") == lanes[0])["movement"]
    )
    assert near.value >= early.value * 99 / 100
    assert len(untouched & set(near.movements["movement"])) >= 0.95 * len(untouched)


@pytest.mark.slow
def test_needs_that_lose_are_helped_before_others_gain(force: Plan) -> None:
    """The lane that carries most is shut; no need but those it served is planned anew, for as long as what is
    left is farther below its bound: more than half of the rest stays."""
    every = instance("XS", 1)
    lane = force.legs.group_by("lane").len().sort("len", "lane")["lane"][-1]
    changed = supposed(every, Scenario("x", shut=(Shut(lane),)))
    near, anew = (solve(from_tables(changed), near=one) for one in (force, None))
    rest = set(force.movements["movement"]) - set(force.legs.filter(pl.col("lane") == lane)["movement"])
    stays, by_chance = (len(rest & set(one.movements["movement"])) for one in (near, anew))
    assert audit(changed, near) == ()
    assert near.value >= anew.value * 98 / 100
    assert stays > max(by_chance, len(rest) / 2)


def test_what_cannot_be_sent_any_more_goes_by_another_way() -> None:
    """Two ways lead to S; the quicker is shut, the slower stands open."""
    ways = [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
        {"lane": "slow", "from": "D", "to": "S", "days_p50": 6},
    ]
    offers: list[dict[str, object]] = [{"quantity": 4}, {"offer": "O2", "quantity": 6, "site": "X"}]
    every = tables(lanes=ways, offers=offers)
    plan = solve(from_tables(every))
    assert sorted(plan.legs["lane"]) == ["DX", "XS", "XS"]
    changed = supposed(every, Scenario("x", shut=(Shut("DX"),)))
    near = solve(from_tables(changed), near=plan)
    assert (near.value, sorted(near.legs["lane"])) == (Decimal(10), ["XS", "slow"])
    assert set(near.movements["movement"]) & set(plan.movements["movement"])


def test_less_of_a_need_takes_back_what_is_over() -> None:
    """Of ten tents four are needed now: no more than four are sent, though all ten could be."""
    plan = solve(problem())
    less = tables(needs=[{"quantity": 4}])
    near = solve(from_tables(less), near=plan)
    assert near.movements["quantity"].sum() == 4
    assert audit(less, near) == ()


def test_more_that_is_offered_is_sent_beside_what_stays() -> None:
    plan = solve(problem(offers=[{"quantity": 4}]))
    more = problem(offers=[{"quantity": 4}, {"offer": "O2", "quantity": 6}])
    near = solve(more, near=plan)
    assert (near.value, near.bound) == (Decimal(10), Decimal(10))
    assert set(plan.movements["movement"]) <= set(near.movements["movement"])


def test_what_was_bought_from_a_tranche_is_bought_from_it_again() -> None:
    """Five tents from each of two tranches: with another lane open, no consignment has another id."""
    every = tables(offers=[], budgets=BUDGETS)
    plan = solve(from_tables(every))
    assert plan.movements["quantity"].to_list() == [5, 5]
    lanes = [*every["lanes"].to_dicts(), {"lane": "long", "from": "D", "to": "S", "days_p50": 20}]
    near = solve(from_tables(tables(offers=[], budgets=BUDGETS, lanes=lanes)), near=plan)
    assert near.movements["movement"].to_list() == plan.movements["movement"].to_list()


def test_a_plan_of_which_nothing_is_left_is_of_no_matter() -> None:
    """It speaks of another offer: the problem is planned as if there were none."""
    other = solve(problem(offers=[{"offer": "O9"}]))
    assert solve(problem(), near=other).movements.equals(solve(problem()).movements)


def test_a_plan_that_sends_nothing_is_of_no_matter() -> None:
    nothing = solve(problem(offers=[]))
    assert solve(problem(), near=nothing).value == 10
