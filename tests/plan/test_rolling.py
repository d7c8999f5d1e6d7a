"""A rolling plan keeps what is frozen, changes no more than it may, and gives a reason for every change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest
from bench.instances import tables as instance
from tests.plan.worlds import START, Rows, day, tables

from konvoi.plan.audit import audit
from konvoi.plan.frozen import Window
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.roll_reasons import REASONS
from konvoi.plan.rolling import Roll, Rolled, roll, with_confirmed_causes
from konvoi.plan.scenario import Scenario, Shut, supposed
from konvoi.plan.solve import solve

SECOND = Window(START + timedelta(weeks=1), 1)
LANES: list[dict[str, object]] = [
    {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
    {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
]
WAYS: dict[str, Rows] = {
    "sites": [{"site": "D"}, {"site": "X"}, {"site": "Y"}, {"site": "S"}],
    "lanes": [
        *LANES,
        {"lane": "DY", "from": "D", "to": "Y", "days_p50": 3},
        {"lane": "YS", "from": "Y", "to": "S", "days_p50": 1},
    ],
    "capacities": [{"on": "DX", "tonnes": 4}],
    "closures": [{"on": "DY", "from": day(0), "to": day(6)}],
    "needs": [{"due": day(27)}],
}


def planned(**changed: Rows) -> Plan:
    return solve(from_tables(tables(**changed)))


def rolled(force: Plan, window: Window, changed: Mapping[str, Rows]) -> Rolled:
    found = roll(tables(**changed), Roll(force, window))
    assert audit(tables(**changed), found.plan) == ()
    return found


def reasons(found: Rolled) -> list[tuple[str, str]]:
    return sorted(found.changes.select("change", "reason").rows())


def test_where_nothing_has_changed_last_weeks_plan_is_this_weeks() -> None:
    force = planned(**WAYS)
    found = rolled(force, SECOND, WAYS)
    assert found.plan.movements.sort("movement").equals(force.movements.sort("movement"))
    assert (found.plan.value, found.plan.bound, found.changes.height) == (force.value, force.bound, 0)


def test_nothing_new_leaves_within_the_frozen_weeks() -> None:
    """A second offer lies ready; with two frozen weeks from the second on, it leaves in the fourth."""
    none: Rows = [{"quantity": 4}]
    two: Rows = [{"quantity": 4}, {"offer": "O2", "quantity": 6}]
    force = planned(**WAYS | {"offers": none})
    found = rolled(force, Window(SECOND.week, 2), WAYS | {"offers": two})
    fresh = found.plan.movements.filter(pl.col("offer") == "O2")
    assert fresh["quantity"].sum() == 6
    assert fresh["departs"].min() == day(21)
    assert set(reasons(found)) == {("new", "for-need")}


def test_a_frozen_movement_stays_even_where_another_would_be_worth_more() -> None:
    """Four of N are to leave in the second week; a need that pays ten times as much comes too late."""
    wanted: Rows = [{"due": day(27)}, {"need": "M", "quantity": 4, "weight": 10, "due": day(13)}]
    few: Rows = [{"quantity": 4, "ready": day(7)}]
    force = planned(**WAYS | {"offers": few})
    found = rolled(force, SECOND, WAYS | {"offers": few, "needs": wanted})
    assert found.plan.movements.equals(force.movements)
    anew = solve(from_tables(tables(**WAYS | {"offers": few, "needs": wanted})))
    assert set(anew.movements["need"]) == {"M"}


def test_a_shut_lane_breaks_even_a_frozen_movement_and_the_goods_go_another_way() -> None:
    force = planned(**WAYS)
    shut: Rows = [*WAYS["closures"], {"on": "XS", "from": day(0), "to": day(27)}]
    found = rolled(force, SECOND, WAYS | {"closures": shut})
    left = found.plan.legs.filter(pl.col("departs") >= SECOND.week)
    assert set(left["lane"]) <= {"DY", "YS"}
    codes = {reason for _, reason in reasons(found)}
    assert codes <= {"shut", "replaces", "for-need"}
    assert "shut" in codes


def test_kits_and_needs_useful_only_in_full_count_what_is_frozen() -> None:
    """Two of four leave in the first week, the other two complete the need; half a need is worth nothing."""
    whole: Rows = [{"quantity": 4, "whole": True, "due": day(27)}]
    narrow: Rows = [{"on": "DX", "tonnes": 2}]
    usual: dict[str, Rows] = {"needs": whole, "capacities": narrow}
    force = planned(**usual)
    found = rolled(force, SECOND, usual)
    assert found.plan.value == 4
    assert found.frozen == force.movements.filter(pl.col("departs") < day(14)).height


def test_money_that_frozen_purchases_spend_is_spent_and_what_is_bought_anew_is_ordered_later() -> None:
    """Money for five: two are ordered on the first day, the other three as the window opens."""
    buys: Rows = [
        {"day": day(0), "amount": 50},
        {"good": "tent", "price": 10, "lead_days": 0, "supplier": "T", "site": "D"},
    ]
    small: Rows = [{"quantity": 2, "due": day(27)}]
    usual: dict[str, Rows] = {"offers": [], "budgets": buys}
    force = planned(**usual, needs=small)
    found = rolled(force, SECOND, usual | {"needs": [{"due": day(27)}]})
    assert found.plan.movements["quantity"].sum() == 5
    assert sorted(set(found.plan.payments["ordered"])) == [day(0), day(14)]
    assert found.plan.payments["amount"].sum() == 50


def test_what_was_not_reported_as_dispatched_is_planned_anew() -> None:
    """All ten were to leave in the first week; four are reported, and the tables hold the other six."""
    force = planned()
    rest = tables(offers=[{"quantity": 6, "line": "L"}], needs=[{"quantity": 6, "last_useful": day(27)}])
    found = roll(rest, Roll(force, SECOND, reported={"L": Decimal(4)}))
    assert audit(rest, found.plan) == ()
    assert found.plan.movements["quantity"].sum() == 6
    assert min(found.plan.movements["departs"].to_list()) >= SECOND.opens
    assert reasons(found) == [("changed", "not-dispatched")]
    assert '"quantity": "6"' in found.changes["values"][0]


def test_what_was_reported_in_full_is_no_change_and_its_later_legs_keep_their_room() -> None:
    """Two left in the first week and cross in the second; the crossing takes two a week."""
    narrow: Rows = [{"on": "XS", "tonnes": 2}]
    ways: dict[str, Rows] = {"lanes": [LANES[0] | {"days_p50": 8}, LANES[1]], "capacities": narrow}
    force = planned(**ways, offers=[{"quantity": 2, "line": "L"}], needs=[{"quantity": 2, "due": day(27)}])
    crossing = force.legs.filter(pl.col("lane") == "XS")["week"].to_list()
    rest = tables(**ways, offers=[{"quantity": 0, "line": "L"}], needs=[{"quantity": 2, "due": day(27)}])
    found = roll(rest, Roll(force, SECOND, reported={"L": Decimal(2)}))
    assert (found.gone, found.changes.height, len(crossing)) == (force.movements.height, 0, len(crossing))
    assert found.plan.movements.is_empty()


@pytest.fixture(scope="module")
def large() -> Plan:
    """A plan of sixty needs, with kits, budgets and tight lanes."""
    return solve(from_tables(instance("XS", 1)))


def _fifth(plan: Plan) -> tuple[dict[str, pl.DataFrame], Window]:
    """The tables with the busiest lane shut from the fifth week on, and the fourth week frozen."""
    every = instance("XS", 1)
    week = every["horizon"]["start"][0] + timedelta(weeks=4)
    lanes = plan.legs.group_by("lane").len().sort("len", "lane")["lane"]
    shut = Scenario("x", shut=(Shut(lanes[-1], week + timedelta(weeks=1)),))
    return supposed(every, shut), Window(week, 1)


@pytest.mark.slow
def test_the_more_changes_are_allowed_the_more_a_plan_is_worth_and_each_has_a_reason(large: Plan) -> None:
    changed, window = _fifth(large)
    found = {most: roll(changed, Roll(large, window, most)) for most in (0, 3, 20, None)}
    for one in found.values():
        assert audit(changed, one.plan) == ()
        assert set(one.changes["reason"]) <= set(REASONS)
        assert one.plan.value <= one.loose <= one.plan.bound
    values = [one.plan.value for one in found.values()]
    assert values == sorted(values)
    assert values[0] < values[-1]
    forced = found[0].changes.height
    assert [found[most].changes.height - forced <= most for most in (3, 20)] == [True, True]
    assert set(found[0].changes["reason"]) == {"shut"}


@pytest.mark.slow
def test_all_that_leaves_before_the_window_opens_is_as_it_was(large: Plan) -> None:
    changed, window = _fifth(large)
    found = roll(changed, Roll(large, window))
    kept = set(found.plan.movements.filter(pl.col("departs") < window.opens)["movement"])
    broken = set(found.changes["movement"]) | set(found.changes["instead"].drop_nulls())
    was = set(large.movements.filter(pl.col("departs") < window.opens)["movement"])
    assert kept == was - broken
    assert len(was & broken) < len(was)


@pytest.mark.slow
def test_a_change_must_bring_what_it_costs(large: Plan) -> None:
    """At a price that no change is worth, only what cannot happen as planned is changed."""
    changed, window = _fifth(large)
    dear = roll(changed, Roll(large, window, cost=Decimal(10**6)))
    free = roll(changed, Roll(large, window))
    assert set(dear.changes["reason"]) == {"shut"}
    assert dear.plan.value < free.plan.value


@pytest.mark.slow
def test_two_runs_give_the_same_plan(large: Plan) -> None:
    changed, window = _fifth(large)
    one, two = (roll(changed, Roll(large, window, 5)) for _ in range(2))
    assert one.plan.movements.equals(two.plan.movements)
    assert one.changes.equals(two.changes)


@pytest.mark.slow
def test_a_plan_of_last_week_that_rolled_rolls_on(large: Plan) -> None:
    """Week by week without news nothing changes, and the plan stays one of its tables."""
    every = instance("XS", 1)
    start = every["horizon"]["start"][0]
    plan = large
    for week in range(1, 4):
        found = roll(every, Roll(plan, Window(start + timedelta(weeks=week), 1)))
        assert audit(every, found.plan) == ()
        assert found.changes.is_empty()
        plan = replace(found.plan)
    assert plan.value == large.value


BUYS: Rows = [
    {"day": day(0), "amount": 100},
    {"good": "tent", "price": 10, "lead_days": 14, "supplier": "T", "site": "D", "most": 10},
]
BOUGHT: dict[str, Rows] = {**WAYS, "closures": [], "capacities": [], "offers": [], "budgets": BUYS}
SHUT: Rows = [{"on": "XS", "from": day(0), "to": day(27)}]


def test_goods_that_were_bought_for_a_movement_that_breaks_go_another_way_and_are_paid_once() -> None:
    """Ten are ordered on the first day, ready after two weeks; their way shuts, and no money is left."""
    force = planned(**BOUGHT)
    assert set(force.payments["ordered"]) == {day(0)}
    found = rolled(force, SECOND, BOUGHT | {"closures": SHUT})
    assert found.plan.movements["quantity"].sum() == 10
    assert set(found.plan.legs["lane"]) == {"DY", "YS"}
    assert set(found.plan.movements["budget"]) == {"B"}
    assert found.plan.payments.select("ordered", "amount").rows() == [(day(0), 100)]
    assert {reason for _, reason in reasons(found)} == {"shut"}


def test_what_was_bought_counts_in_the_most_that_may_be_bought() -> None:
    """Money for twenty, ten may be bought; the ten that are there are not joined by ten more."""
    rich: Rows = [BUYS[0], {"day": day(1), "amount": 100}, BUYS[1]]
    force = planned(**BOUGHT)
    need: Rows = [{"quantity": 20, "due": day(27)}]
    found = rolled(force, SECOND, BOUGHT | {"closures": SHUT, "budgets": rich, "needs": need})
    assert found.plan.movements["quantity"].sum() == 10


def test_an_approval_and_a_block_hold_for_what_was_bought() -> None:
    force = planned(**BOUGHT)
    paper: Rows = [{"approval": "L", "kind": "export licence", "party": "P", "covers": "B", "given": day(18)}]
    found = rolled(force, SECOND, BOUGHT | {"closures": SHUT, "approvals": paper})
    assert found.plan.movements["departs"].to_list() == [day(18)]
    blocked: Rows = [{"kind": "supplier", "value": "T", "reason": "Listed"}]
    found = rolled(force, SECOND, BOUGHT | {"closures": SHUT, "blocked": blocked})
    assert found.plan.movements.is_empty()
    assert "bought" not in "".join(found.plan.unmet["parameters"])


def test_what_was_bought_and_is_not_sent_is_there_in_the_weeks_after() -> None:
    """The need is withdrawn; a week later another asks for six, and no money is left to order them."""
    force = planned(**BOUGHT)
    none = rolled(force, SECOND, BOUGHT | {"needs": []})
    assert none.plan.movements.is_empty()
    third = Window(SECOND.week + timedelta(weeks=1), 1)
    again: Rows = [{"need": "M", "quantity": 6, "due": day(27)}]
    found = rolled(none.plan, third, BOUGHT | {"needs": again})
    assert found.plan.movements["quantity"].to_list() == [6]
    assert found.plan.payments.select("ordered", "amount").rows() == [(day(0), 60)]
    left = found.plan.parameters["rolled"]
    assert isinstance(left, dict)
    assert [(one["quantity"], one["ordered"]) for one in left["bought"]] == [("4", str(day(0)))]


def test_goods_that_go_another_way_are_no_change_of_choice() -> None:
    force = planned(**BOUGHT)
    found = roll(tables(**BOUGHT | {"closures": SHUT}), Roll(force, SECOND, most=0))
    assert audit(tables(**BOUGHT | {"closures": SHUT}), found.plan) == ()
    assert found.plan.movements["quantity"].sum() == 10


def test_causes_are_confirmed_beside_what_is_frozen() -> None:
    """Ten lie ready in time or not; four weeks are planned, and nothing may leave before the third."""
    late: Rows = [{"quantity": 10, "ready": day(20)}]
    need: Rows = [{"due": day(19)}]
    force = planned(offers=late, needs=need)
    every = tables(offers=late, needs=need)
    for window, mark in ((Window(START, 1), "yes"), (Window(SECOND.week, 2), "not confirmed")):
        found = with_confirmed_causes(roll(every, Roll(force, window)))
        assert found.plan.unmet.select("cause", "confirmed").rows() == [("ready-late", mark)]
        assert audit(every, found.plan) == ()
