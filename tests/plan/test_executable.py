"""No consignment of a plan is below the smallest one of a lane that it takes."""

from datetime import timedelta

import polars as pl
from tests.plan.worlds import START, Rows, day, tables

from konvoi.plan.audit import audit
from konvoi.plan.frozen import Window
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.rolling import Roll, roll
from konvoi.plan.solve import PROVEN, solve

RAIL: dict[str, object] = {"lane": "rail", "mode": "rail", "from": "D", "to": "S", "days_p50": 2}
ROAD: dict[str, object] = {"lane": "road", "from": "D", "to": "S", "days_p50": 4}


def planned(**changed: Rows) -> Plan:
    every = tables(**changed)
    plan = solve(from_tables(every))
    assert audit(every, plan) == ()
    return plan


def sent(plan: Plan) -> list[tuple[str, int]]:
    rows = plan.movements.join(plan.legs, on="movement").select("lane", "quantity").rows()
    return sorted((lane, int(quantity)) for lane, quantity in rows)


def test_a_consignment_that_is_too_small_for_a_lane_goes_by_another() -> None:
    """Ten tonnes; a train is of twenty at least."""
    plan = planned(lanes=[RAIL | {"least_tonnes": 20}, ROAD])
    assert (int(plan.value), sent(plan)) == (10, [("road", 10)])
    assert sent(planned(lanes=[RAIL | {"least_tonnes": 10}, ROAD])) == [("rail", 10)]


def test_without_another_lane_it_is_not_sent_and_the_cause_says_so() -> None:
    plan = planned(lanes=[RAIL | {"least_tonnes": 20}])
    assert plan.movements.is_empty()
    assert plan.unmet.select("cause", "parameters").rows() == [
        ("consignment-small-lane", '{"lane": "rail", "tonnes": "20"}')
    ]
    assert plan.stopped != PROVEN


def test_a_small_consignment_is_made_up_from_a_larger_one() -> None:
    """Thirty tonnes, twenty-five a week: the second train is of ten at least, the first gives it five."""
    plan = planned(
        lanes=[RAIL | {"least_tonnes": 10}],
        capacities=[{"on": "rail", "tonnes": 25}],
        offers=[{"quantity": 30}],
        needs=[{"quantity": 30}],
    )
    assert int(plan.value) == 30
    assert min(plan.movements["quantity"].to_list()) >= 10


def test_the_last_rest_of_a_need_that_is_too_small_is_not_sent() -> None:
    """Twenty lie at the depot, and three of another offer: a train takes ten at least."""
    usual: dict[str, Rows] = {
        "offers": [{"quantity": 20}, {"offer": "O2", "quantity": 3}],
        "needs": [{"quantity": 23}],
    }
    plan = planned(**usual, lanes=[RAIL | {"least_tonnes": 10}])
    assert sent(plan) == [("rail", 20)]
    assert plan.unmet.select("quantity", "cause").rows() == [(3, "consignment-small-lane")]
    # By road they come.
    assert int(planned(**usual, lanes=[RAIL | {"least_tonnes": 10}, ROAD]).value) == 23


def test_a_need_useful_only_in_full_gets_nothing_if_its_rest_is_too_small() -> None:
    plan = planned(
        offers=[{"quantity": 20}, {"offer": "O2", "quantity": 3}],
        needs=[{"quantity": 23, "whole": True}],
        lanes=[RAIL | {"least_tonnes": 10}],
    )
    assert plan.movements.is_empty()


def test_a_good_without_weight_does_not_pass_a_lane_with_a_smallest_consignment() -> None:
    plan = planned(goods=[{"weight_kg": 0}], lanes=[RAIL | {"least_tonnes": 1}, ROAD])
    assert sent(plan) == [("road", 10)]


def test_the_audit_finds_a_consignment_below_the_smallest_of_a_lane() -> None:
    plan = solve(from_tables(tables(lanes=[RAIL])))
    found = audit(tables(lanes=[RAIL | {"least_tonnes": 11}]), plan)
    assert [one.code for one in found if one.code != "audit-digest"] == ["audit-least-lane"]


def test_a_smallest_consignment_that_cannot_be_read_closes_the_lane() -> None:
    every = tables(lanes=[RAIL, ROAD])
    every["lanes"] = every["lanes"].with_columns(least_tonnes=pl.Series(["2O", None]))
    problem = from_tables(every)
    assert [(one.table, one.column) for one in problem.without] == [("lanes", "least_tonnes")]
    assert sent(solve(problem)) == [("road", 10)]


def test_a_movement_that_became_too_small_is_planned_anew_with_that_reason() -> None:
    late: Rows = [{"ready": day(7)}]
    force = planned(lanes=[RAIL, ROAD], offers=late)
    every = tables(lanes=[RAIL | {"least_tonnes": 20}, ROAD], offers=late)
    found = roll(every, Roll(force, Window(START + timedelta(weeks=1), 0)))
    assert audit(every, found.plan) == ()
    assert sent(found.plan) == [("road", 10)]
    assert found.changes["reason"].to_list() == ["too-small"]
