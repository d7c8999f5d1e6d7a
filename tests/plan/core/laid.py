"""A problem laid out in whole steps, and what a plan leaves of its rows by their own definition."""

from konvoi.plan.core.field import field_of
from konvoi.plan.core.pool import consignments
from konvoi.plan.core.whole import Sent, Whole, whole_of
from konvoi.plan.layout import limits, net
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.problem import Problem


def laid(here: Problem) -> tuple[Net, Limits, Whole]:
    ways, rows = net(here), limits(here)
    return ways, rows, whole_of(field_of(ways, rows), rows)


def left(rows: Limits, plan: Sent) -> list[int]:
    """What is left of each row, in parts of 1/SCALE."""
    free = list(rows.upper)
    for column, steps in zip(consignments(rows.problem, plan[0]), plan[1].tolist(), strict=True):
        for row, amount in rows.of_step(column):
            free[row] -= steps * amount
    return free
