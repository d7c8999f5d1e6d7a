"""The plan that people execute: few movements, cheap ones, and none that is too small."""

from functools import reduce

import numpy as np

from konvoi.plan.cheaper import Costing, cheaper
from konvoi.plan.core.filling import STEP
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.whole import Sent, Whole, put, sent
from konvoi.plan.displace import Displacing
from konvoi.plan.merge import grouped, merged
from konvoi.plan.net import Ints
from konvoi.plan.problem import Problem
from konvoi.plan.repair import best_of, trimmed
from konvoi.plan.whole_vehicles import counts_vehicles, in_vehicles


def executable(whole: Whole, plan: Sent, *, later: bool = True) -> Sent:
    """Return the plan in few consignments, none of them below the smallest one of its good or of a lane.

    What is below it goes with another consignment of its source and need, or is made up to it from others of
    its need, or goes by lanes on which it is not too small, if there is room; else it is not sent. Where
    lanes say what a vehicle carries, each consignment takes whole ones (konvoi.plan.whole_vehicles).
    """
    costly = any(lane.movement_cost for lane in whole.problem.lanes)
    found = cheaper(whole, merged(whole, plan, later=later, anyhow=not costly), later=later)
    least = _has_least(whole.problem)
    while least and (found[1] < least_steps(whole, found[0])).any():
        found = _without_small(whole, found, later=later)
    if not counts_vehicles(whole.problem):
        return found
    found = in_vehicles(whole, [found, plan])
    while least and len(small := np.flatnonzero(found[1] < least_steps(whole, found[0]))):
        kept = np.setdiff1d(np.arange(len(found[1])), small)
        found = trimmed(whole, (found[0].at(kept), found[1][kept]))
    return found


def is_limited(problem: Problem) -> bool:
    """Return True if value may be lost: by smallest consignments, or by whole vehicles."""
    return _has_least(problem) or counts_vehicles(problem)


def _has_least(problem: Problem) -> bool:
    """Return True if any good or lane states a smallest consignment."""
    return any(good.least for good in problem.goods) or any(lane.least for lane in problem.lanes)


def least_steps(whole: Whole, columns: Columns) -> Ints:
    """Return the fewest steps of each consignment, by its good and its lanes; at least one."""
    problem = whole.problem
    by_lane = np.array(
        [[lane.fewest_steps(problem.goods[pair.good]) for pair in problem.pairs] for lane in problem.lanes],
        dtype=np.int64,
    ).reshape(len(problem.lanes), -1)
    found = _least_of_good(whole, columns)
    for leg in range(int(columns.legs.max(initial=0))):
        on = by_lane[columns.lane[:, leg], columns.pair]
        found = np.where(leg < columns.legs, np.maximum(found, on), found)
    return found


def _least_of_good(whole: Whole, columns: Columns) -> Ints:
    """Return the fewest steps of each consignment by its good alone; at least one."""
    goods = [whole.problem.goods[pair.good] for pair in whole.problem.pairs]
    found: Ints = np.array([max(1, -(-one.least // one.step)) for one in goods], dtype=np.int64)[columns.pair]
    return found


def _without_small(whole: Whole, plan: Sent, *, later: bool) -> Sent:
    """Return the plan without the consignments that are too small now."""
    columns, steps = plan
    work = Costing(whole, columns, steps.copy(), put(whole, plan).room.free)
    work.merge(grouped(zip(columns.pair.tolist(), columns.source.tolist(), strict=True)), later=True)
    least = least_steps(whole, columns)
    alone = _least_of_good(whole, columns)
    routes = [columns.at(np.zeros(0, dtype=np.int64))]
    for one in np.flatnonzero((work.steps > 0) & (work.steps < least)).tolist():
        if not 0 < work.steps[one] < least[one] or _made_up(work, one, least, later=later):
            continue
        # Other lanes do not help what is too small for its good.
        fits = work.steps[one] >= alone[one]
        if fits and (way := work.rerouted(one, later=later, most=np.inf)) is not None:
            routes.append(way)
    every = reduce(Columns.plus, [columns, *routes])
    without = _large_enough(whole, every, work)
    small = np.flatnonzero((work.steps > 0) & (work.steps < least)).tolist()
    Displacing(work, least).take_in(small)
    return best_of(whole, [without, _large_enough(whole, every, work)]) if small else without


def _large_enough(whole: Whole, every: Columns, work: Costing) -> Sent:
    """Return the consignments that are large enough."""
    count = np.concatenate([work.steps, np.array(work.moved, dtype=np.int64)])
    kept = np.flatnonzero(count >= least_steps(whole, every))
    # Equal consignments become one.
    return trimmed(whole, sent(put(whole, (every.at(kept), count[kept]))))


def _made_up(work: Costing, one: int, least: Ints, *, later: bool) -> bool:
    """Make a consignment up to its smallest size from others of its need that have more than theirs."""
    steps = work.steps.copy()
    free = work.free.copy()
    pairs = work.whole.tasks.pairs[work.columns.pair]
    arrives = work.columns.arrives
    for other in np.flatnonzero(work.steps > least).tolist():
        if other == one or work.need[other] != work.need[one] or pairs[other, STEP] != pairs[one, STEP]:
            continue
        if work.in_time[other] != work.in_time[one]:
            continue
        if arrives[one] <= arrives[other] or (later and work.in_time[one]):
            lacks = int(least[one] - work.steps[one])
            spare = int(work.steps[other] - least[other])
            count = min(lacks, spare, work.room_for(other, one))
            if count > 0:
                work.move(other, one, count)
    if work.steps[one] >= least[one]:
        return True
    work.steps = steps
    work.free = free
    return False
