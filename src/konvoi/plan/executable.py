"""The plan that people execute: few movements, cheap ones, and none that is too small."""

import numpy as np

from konvoi.plan.cheaper import cheaper
from konvoi.plan.core.whole import Sent, Whole, put
from konvoi.plan.merge import Merging, grouped, merged
from konvoi.plan.repair import trimmed


def executable(whole: Whole, plan: Sent, *, later: bool = True) -> Sent:
    """Return the plan in few consignments, none of them below the smallest consignment of its good.

    What is below it goes with another consignment of its source and need if there is room, else not at all.
    """
    costly = any(lane.movement_cost for lane in whole.problem.lanes)
    found = cheaper(whole, merged(whole, plan, later=later, anyhow=not costly), later=later)
    problem = whole.problem
    least = np.array([-(-problem.goods[p.good].least // problem.goods[p.good].step) for p in problem.pairs])
    while len(found[1]) and (found[1] < least[found[0].pair]).any():
        columns, steps = found
        work = Merging(whole, columns, steps.copy(), put(whole, found).room.free)
        work.merge(grouped(zip(columns.pair.tolist(), columns.source.tolist(), strict=True)), later=True)
        kept = np.flatnonzero(work.steps >= np.maximum(1, least[columns.pair]))
        found = trimmed(whole, (columns.at(kept), work.steps[kept]))
    return found
