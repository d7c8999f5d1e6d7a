"""The recipient's regions are served alike: the least share of a region's need is made greatest."""

import numpy as np

from konvoi.plan.goal import Force, Goal, Level, Row, Sendings
from konvoi.plan.problem import Problem


def _level(problem: Problem, sent: Sendings, force: Force) -> Level:
    """One unknown, the least share; no region has less. A share is of the needs' worth; sites without a
    region stand for themselves."""
    weights = np.array([need.weight / 10**6 for need in problem.needs])
    region = [problem.sites[need.site].region or problem.sites[need.site].id for need in problem.needs]
    rows = []
    for name in sorted(set(region)):
        mine = np.array([one == name for one in region], dtype=np.bool_)
        needed = sum(need.quantity / 10**6 * weights[at] for at, need in enumerate(problem.needs) if mine[at])
        at = np.flatnonzero(mine[sent.need])
        if needed > 0:
            each = -sent.brings[at] * weights[sent.need[at]] / needed
            rows.append(Row(-np.inf, 0.0, at, each, ((0, 1.0),)))
    if not rows:
        return Level(np.zeros(len(sent.need)))
    shares = tuple(rows)
    return Level(
        np.zeros(len(sent.need)),
        (-1.0,),
        shares,
        lambda units: -min(float(-row.each @ units[row.at]) for row in shares),
    )


MEMBER = Goal("regions", 0.0, level=_level)
