"""Burden sharing: minimise the largest part of its offers that a partner sends."""

import numpy as np

from konvoi.plan.goal import Force, Goal, Level, Row, Sendings
from konvoi.plan.problem import Problem


def _level(problem: Problem, sent: Sendings, force: Force) -> Level:
    """One unknown, the greatest part, by weight; purchases are not a part of what is offered."""
    offered: dict[str, float] = {}
    for source in problem.sources:
        if source.quantity is not None and source.offer:
            tonnes = problem.goods[source.good].tonnes / 10**9
            offered[source.party] = offered.get(source.party, 0.0) + source.quantity / 10**6 * tonnes
    parties = np.array([source.party if source.offer else "" for source in problem.sources], dtype=object)
    rows = []
    for party in sorted(one for one, tonnes in offered.items() if tonnes > 0):
        at = np.flatnonzero(parties[sent.source] == party)
        rows.append(Row(-np.inf, 0.0, at, sent.tonnes[at] / offered[party], ((0, -1.0),)))
    if not rows:
        return Level(np.zeros(len(sent.need)))
    parts = tuple(rows)
    return Level(
        np.zeros(len(sent.need)),
        (1.0,),
        parts,
        lambda units: max(float(row.each @ units[row.at]) for row in parts),
    )


MEMBER = Goal("partners", 0.0, level=_level)
