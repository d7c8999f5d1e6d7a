"""What a movement costs decides between plans of equal value, and never between others."""

from dataclasses import replace

import numpy as np
import pytest
from tests.plan.test_merge import whole
from tests.plan.worlds import Rows, day, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.column import Column
from konvoi.plan.core.pool import columns_of, consignments
from konvoi.plan.core.whole import Sent, worth
from konvoi.plan.executable import executable
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

LANE: dict[str, object] = {"from": "D", "to": "S", "days_p50": 4, "currency": "EUR"}
"""From the depot to the need in four days."""


def lanes(**costs: tuple[int, int]) -> Rows:
    """Lanes side by side, each with the cost of a tonne and of a movement in euro."""
    return [
        LANE | {"lane": name, "cost": tonne * 100, "movement_cost": movement * 100}
        for name, (tonne, movement) in costs.items()
    ]


def sent(posed: Problem, *parts: tuple[int, int, int]) -> Sent:
    """Steps from sources by lanes on the first day: source, lane, steps."""
    found = {Column(0, source, ((lane, 0),), 0, 4, 10**6): steps for source, lane, steps in parts}
    return columns_of(posed, found), np.array([found[one] for one in sorted(found)], dtype=np.int64)


def told(posed: Problem, plan: Sent) -> list[tuple[str, str, int]]:
    every = zip(consignments(posed, plan[0]), plan[1].tolist(), strict=True)
    return sorted(
        (posed.sources[one.source].offer, posed.lanes[one.legs[0][0]].id, steps) for one, steps in every
    )


def test_of_two_lanes_as_good_the_one_is_taken_on_which_a_movement_costs_less() -> None:
    every = tables(lanes=lanes(a=(1, 500), b=(2, 100)))
    plan = solve(from_tables(every))
    assert plan.value == 10
    assert plan.legs["lane"].to_list() == ["b"]
    assert plan.parameters["movement_costs"] == {"EUR": "100.00"}
    assert audit(every, plan) == ()


def test_a_movement_that_costs_less_is_not_taken_where_its_tonnes_cost_more() -> None:
    """Ten tonnes: 10 and 500 euro, or 600 and 100."""
    assert solve(problem(lanes=lanes(a=(1, 500), b=(60, 100)))).legs["lane"].to_list() == ["a"]


def test_no_value_is_given_up_for_a_cheaper_movement() -> None:
    """The free lane arrives late by a day, or takes only nine of the ten."""
    dear = LANE | {"lane": "a", "movement_cost": 10**9, "days_p50": 13}
    slow = LANE | {"lane": "b", "days_p50": 14}
    late: Rows = [{"due": day(13), "last_useful": day(27)}]
    assert solve(problem(lanes=[dear, slow], needs=late)).legs["lane"].to_list() == ["a"]
    narrow: Rows = [{"on": "b", "tonnes": 9, "to": day(6)}, {"on": "b", "tonnes": 0, "from": day(7)}]
    plan = solve(problem(lanes=[dear, slow | {"days_p50": 1}], capacities=narrow))
    assert plan.value == 10


def test_what_two_sources_send_comes_from_one_if_that_saves_a_movement() -> None:
    offers: Rows = [{}, {"offer": "O2"}]
    posed = problem(lanes=lanes(a=(1, 50)), offers=offers)
    found = executable(whole(posed), sent(posed, (0, 0, 5), (1, 0, 5)))
    assert [steps for _, _, steps in told(posed, found)] == [10]
    without = problem(lanes=lanes(a=(1, 0)), offers=offers)
    assert len(executable(whole(without), sent(without, (0, 0, 5), (1, 0, 5)))[1]) == 2


def test_a_source_with_too_little_is_joined_by_another() -> None:
    """Three of one source are shared out between two that have two and one to spare."""
    offers: Rows = [{"quantity": 5}, {"offer": "O2", "quantity": 5}, {"offer": "O3", "quantity": 3}]
    posed = problem(lanes=lanes(a=(1, 50)), offers=offers)
    found = executable(whole(posed), sent(posed, (0, 0, 3), (1, 0, 4), (2, 0, 3)))
    assert told(posed, found) == [("O", "a", 5), ("O2", "a", 5)]


@pytest.mark.parametrize(("movement", "after"), [(10, 2), (10_000, 1)])
def test_consignments_on_two_lanes_become_one_only_if_that_costs_less(movement: int, after: int) -> None:
    """Five go by a lane that takes five, the others by one that costs 900 euro a tonne."""
    posed = problem(lanes=lanes(a=(1, movement), b=(900, movement)), capacities=[{"on": "a", "tonnes": 5}])
    plan = sent(posed, (0, 0, 5), (0, 1, 5))
    found = executable(whole(posed), plan)
    assert len(found[1]) == after
    assert worth(whole(posed), found) == worth(whole(posed), plan)


def test_a_consignment_takes_another_route_only_where_there_is_room() -> None:
    posed = problem(lanes=lanes(a=(1, 500), b=(1, 100)), capacities=[{"on": "b", "tonnes": 9}])
    assert told(posed, executable(whole(posed), sent(posed, (0, 0, 10)))) == [("O", "a", 10)]


def test_the_audit_counts_the_costs_of_movements() -> None:
    every = tables(lanes=lanes(a=(1, 500)))
    plan = solve(from_tables(every))
    for wrong in ({}, {"movement_costs": {"EUR": "499.00"}}, {"movement_costs": "500"}):
        kept = {name: one for name, one in plan.parameters.items() if name != "movement_costs"}
        found = audit(every, replace(plan, parameters=kept | wrong))
        assert [one.code for one in found] == ["audit-cost"]
    assert "movement_costs" not in solve(problem()).parameters


def test_a_problem_that_states_no_costs_of_movements_has_the_digest_that_it_had() -> None:
    every = tables()
    bare = {**every, "lanes": every["lanes"].drop("movement_cost")}
    assert from_tables(every).digest == from_tables(bare).digest
    assert problem(lanes=lanes(a=(1, 1))).digest != problem(lanes=lanes(a=(1, 2))).digest
