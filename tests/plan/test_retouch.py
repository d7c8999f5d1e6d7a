"""A plan retouched: what is as good by a better consignment goes by it, as far as there is room."""

import numpy as np
from tests.plan.core.laid import laid, left
from tests.plan.worlds import day, problem

from konvoi.plan.column import Column
from konvoi.plan.core.pool import columns_of, consignments
from konvoi.plan.core.whole import Sent, Whole, worth
from konvoi.plan.goals import cost, earliness, lateness
from konvoi.plan.retouch import retouched

GOALS = (lateness.MEMBER, earliness.MEMBER, cost.MEMBER)
WAYS: list[dict[str, object]] = [
    {"lane": "dear", "from": "D", "to": "S", "days_p50": 4, "cost": 900_00, "currency": "EUR"},
    {"lane": "near", "from": "D", "to": "S", "days_p50": 4, "cost": 300_00, "currency": "EUR"},
]


def _sent(whole: Whole, *ways: tuple[int, int, int]) -> Sent:
    """Steps of the one offer by a lane that leaves on a day, for each (lane, day, steps)."""
    found = {
        Column(0, 0, ((lane, leaves),), leaves, leaves + whole.problem.lanes[lane].days, 10**6): steps
        for lane, leaves, steps in ways
    }
    return columns_of(whole.problem, found), np.array([found[one] for one in sorted(found)], dtype=np.int64)


def _by_lane(whole: Whole, plan: Sent) -> list[tuple[str, int, int]]:
    """Lane, day and steps of each consignment."""
    columns = consignments(whole.problem, plan[0])
    lanes = whole.problem.lanes
    rows = zip(columns, plan[1].tolist(), strict=True)
    return sorted((lanes[one.legs[0][0]].id, one.departs, steps) for one, steps in rows)


def test_all_goes_the_cheaper_way_where_there_is_room() -> None:
    _, rows, whole = laid(problem(lanes=WAYS))
    plan, known = _sent(whole, (0, 0, 10)), _sent(whole, (1, 0, 1))[0]
    found = retouched(whole, plan, known, GOALS)
    assert _by_lane(whole, found) == [("near", 0, 10)]
    assert min(left(rows, found)) >= 0


def test_no_more_goes_the_cheaper_way_than_there_is_room_for() -> None:
    """Of ten tents the cheaper lane takes six tonnes a week: four stay where they are."""
    _, rows, whole = laid(problem(lanes=WAYS, capacities=[{"on": "near", "tonnes": 6}]))
    plan, known = _sent(whole, (0, 0, 10)), _sent(whole, (1, 0, 1))[0]
    found = retouched(whole, plan, known, GOALS)
    assert _by_lane(whole, found) == [("dear", 0, 4), ("near", 0, 6)]
    assert min(left(rows, found)) >= 0


def test_what_is_there_earlier_is_better_than_what_is_cheaper() -> None:
    _, _, whole = laid(problem(lanes=WAYS))
    plan, known = _sent(whole, (1, 2, 10)), _sent(whole, (0, 1, 1))[0]
    assert _by_lane(whole, retouched(whole, plan, known, GOALS)) == [("dear", 1, 10)]


def test_nothing_that_is_in_time_becomes_late_for_what_is_kept() -> None:
    """A consignment that is kept to arrives on day 14, a day too late: what is in time stays."""
    _, _, whole = laid(problem(lanes=WAYS, needs=[{"last_useful": day(20)}]))
    plan, kept = _sent(whole, (0, 0, 10)), _sent(whole, (1, 10, 10))
    found = retouched(whole, plan, plan[0], GOALS, kept=kept)
    assert _by_lane(whole, found) == [("dear", 0, 10)]
    assert worth(whole, found) == worth(whole, plan)


def test_what_is_kept_goes_before_what_is_cheaper_in_so_many_steps_as_are_kept() -> None:
    _, _, whole = laid(problem(lanes=WAYS))
    plan, kept = _sent(whole, (1, 0, 10)), _sent(whole, (0, 3, 4))
    found = retouched(whole, plan, plan[0], GOALS, kept=kept)
    assert _by_lane(whole, found) == [("dear", 3, 4), ("near", 0, 6)]
