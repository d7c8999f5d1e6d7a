"""In no week is more loaded onto a lane than it takes."""

from konvoi.plan.constraint import Limit, Rows
from konvoi.plan.constraints._capacity import capacity
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """A leg counts in the week of the day on which it departs."""
    return capacity(problem, "lane", (lane.id for lane in problem.lanes))


MEMBER = Limit("lane", _rows)
