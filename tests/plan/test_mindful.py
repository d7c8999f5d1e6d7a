"""A plan that minds delays sends earlier what may come late; its value is that of all coming as planned."""

from decimal import Decimal

import numpy as np
import polars as pl
from tests.plan.worlds import day, problem

from konvoi.plan.goal import blend
from konvoi.plan.goals import coverage
from konvoi.plan.mindful import CHANCES, mindful
from konvoi.plan.solve import solve

Rows = list[dict[str, object]]
HALF_THREE_DAYS_LATE = pl.DataFrame(
    {"site": ["S", "S"], "need": [None, None], "days": [0, 3], "share": [0.5, 0.5]}, schema=CHANCES
)


def test_what_may_miss_its_day_is_paid_its_share() -> None:
    """Due on day 13, useful to the end: by day 10 all is in time, on days 11 to 13 half, then all is late."""
    posed = problem(needs=[{"last_useful": day(27)}], horizon=[{"late_credit": "0.5"}])
    paid = mindful(posed, blend(posed, (coverage.MEMBER,)), HALF_THREE_DAYS_LATE).arrival[0]
    assert paid[:11].tolist() == [1.0] * 11
    assert paid[11:14].tolist() == [0.75] * 3
    assert paid[14:25].tolist() == [0.5] * 11
    assert paid[25:].tolist() == [0.25] * 3


def test_a_site_of_which_nothing_is_known_is_reached_as_planned() -> None:
    posed = problem()
    paid = blend(posed, (coverage.MEMBER,))
    assert np.array_equal(mindful(posed, paid, pl.DataFrame(schema=CHANCES)).arrival, paid.arrival)


def test_what_is_known_of_a_need_goes_before_what_is_known_of_its_site() -> None:
    """Of what comes to S half is three days late; what comes for N never is."""
    own = pl.DataFrame({"site": ["S"], "need": ["N"], "days": [0], "share": [1.0]}, schema=CHANCES)
    posed = problem()
    paid = blend(posed, (coverage.MEMBER,))
    both = pl.concat([HALF_THREE_DAYS_LATE, own])
    assert np.array_equal(mindful(posed, paid, both).arrival, paid.arrival)


def test_a_part_of_a_kit_is_paid_less_where_the_kit_may_miss_its_day() -> None:
    """Ten units make one kit of weight 20, two for each: half of it is lost from day 11 on, to no less than
    what coming late is paid."""
    posed = problem(kits=[{"kit": "K", "need": "N", "per_kit": 10, "weight": 20}])
    paid = mindful(posed, blend(posed, (coverage.MEMBER,)), HALF_THREE_DAYS_LATE).arrival[0]
    assert paid[10] == 1.0
    assert paid[11:14].tolist() == [0.0] * 3


def test_the_goods_that_are_due_earlier_go_first_where_a_week_is_too_small_for_both() -> None:
    """Six tents a week, twelve needed by two needs, each by Sunday: B may come a day late, A never does.
    As planned both orders are worth the same; minding delays the one that may be late leaves first."""
    sites: Rows = [{"site": name} for name in ("D", "X", "A", "B")]
    lanes: Rows = [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
        {"lane": "XA", "from": "X", "to": "A", "days_p50": 1},
        {"lane": "XB", "from": "X", "to": "B", "days_p50": 1},
    ]
    needs: Rows = [
        {"need": name, "site": name, "quantity": 6, "due": day(10), "last_useful": day(10)} for name in "AB"
    ]
    posed = problem(
        sites=sites,
        lanes=lanes,
        needs=needs,
        offers=[{"quantity": 12}],
        capacities=[{"on": "DX", "tonnes": 6}],
    )
    late = pl.DataFrame(
        {"site": ["B", "B"], "need": [None, None], "days": [0, 1], "share": [0.4, 0.6]}, schema=CHANCES
    )
    plan = solve(posed, chances=late)
    first = plan.movements.sort("departs")["need"].to_list()
    assert (plan.value, first) == (Decimal(12), ["B", "A"])
    assert plan.parameters["mindful"] is True
