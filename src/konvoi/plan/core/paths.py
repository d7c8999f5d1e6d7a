"""The earliest path from a source to a site on which one step still finds room, compiled."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.kit.compiled import compiled, inner
from konvoi.plan.core.field import LEGS, Field, Ground, Short, Small
from konvoi.plan.core.room import Room
from konvoi.plan.net import Bools, Ints

NEVER = 2**29
_WEEK = 7

Table = NDArray[np.int64]
"""Whole numbers in rows; each use names its columns."""

TAIL, HEAD, DAYS = range(3)
SITE, FIRST, LAST, RAGGED, RANK = range(5)
PAIR, SOURCE, DEPARTS, ARRIVES, MANY, STEPS, NEXT, LEG = range(8)
"""The columns of a consignment; from LEG on lane and day of each leg."""
WIDTH = LEG + 2 * LEGS


class Land(NamedTuple):
    """Lanes and sources.

    The lanes from a site are exits[first[site] : first[site + 1]]. lanes: TAIL, HEAD, DAYS. after[lane, day]:
    the first day from then on on which a leg may depart. far[site, goal]: days at least. stock: SITE, FIRST
    and LAST day to leave, RAGGED where not on all between, RANK in which it is drawn on. leaves[source, day]:
    whether it may; open[site, day].
    """

    weeks: int
    first: Ints
    exits: Ints
    lanes: Table
    after: Short
    far: Ints
    stock: Table
    leaves: Bools
    open: Bools


class Desk(NamedTuple):
    """Working memory for one consignment.

    sites: BEST day to be there, DONE, and the lane (BY) and day (ON) of the leg that leads there.
    one: the consignment. load: what a step of it takes: row, amount, whether the last step may go over.
    since, queue: what a need is filled from.
    """

    sites: Table
    one: Table
    load: Table
    since: Table
    queue: Table


BEST, DONE, BY, ON = range(4)


def land_of(found: Field, rank: Small) -> Land:
    """The lanes and sources, with what can be known of them beforehand."""
    ways = found.ground.ways
    stock = found.ground.stock
    return Land(
        weeks=found.weeks,
        first=ways.first.astype(np.int64),
        exits=ways.lanes.astype(np.int64),
        lanes=np.stack((ways.tails, ways.heads, ways.days), axis=1).astype(np.int64),
        after=_after(ways.open),
        far=_far(found.ground).astype(np.int64),
        stock=np.stack((stock.site, stock.first, stock.last, stock.ragged, rank), axis=1).astype(np.int64),
        leaves=stock.open,
        open=ways.site,
    )


def _after(opens: Bools) -> Short:
    """For each lane and day the next on which it is open; the last column is never."""
    days, lanes = opens.shape
    after = np.full((lanes, days + 1), 2**15 - 1, dtype=np.int16)
    for day in range(days - 1, -1, -1):
        after[:, day] = np.where(opens[day], day, after[:, day + 1])
    return after


def _far(ground: Ground) -> Small:
    """The fewest days from each site to each, by any lanes."""
    size = len(ground.ways.first) - 1
    far = np.full((size, size), NEVER, dtype=np.int32)
    np.fill_diagonal(far, 0)
    np.minimum.at(far, (ground.ways.tails, ground.ways.heads), ground.ways.days)
    for via in range(size):
        far = np.minimum(far, np.minimum(far[:, via : via + 1] + far[via], NEVER)).astype(np.int32)
    return far


def desk_of(found: Field, room: Room) -> Desk:
    """A desk large enough for any consignment."""
    size = len(found.ground.ways.first) - 1
    pairs = np.bincount(found.ground.pairs.need, minlength=1)
    queue = np.bincount(found.ground.pairs.need, np.diff(found.ground.pairs.first), minlength=1)
    rows = max(np.diff(room.own_first).max(initial=1), np.diff(room.place_first).max(initial=1))
    return Desk(
        sites=np.zeros((size, 4), dtype=np.int64),
        one=np.zeros(WIDTH, dtype=np.int64),
        load=np.zeros((int(rows) * (2 * LEGS + 3), 3), dtype=np.int64),
        since=np.zeros((int(pairs.max()), size), dtype=np.int64),
        queue=np.zeros((int(queue.max()) + 1, 3), dtype=np.int64),
    )


@compiled
def earliest(land: Land, room: Room, desk: Desk, ask: tuple[int, int, int, int]) -> bool:
    """Put the earliest path by a last day on the desk, for (good, source, goal, last); False if none."""
    good, source, goal, last = ask
    start = land.stock[source, SITE]
    if start == goal:
        return _here(land, desk, source, last)
    first = land.first
    exits = land.exits
    lanes = land.lanes
    far = land.far
    sites = desk.sites
    for other in range(len(sites)):
        sites[other, BEST], sites[other, DONE] = NEVER, 0
    site = start
    while site != goal:
        sites[site, DONE] = 1
        for k in range(first[site], first[site + 1]):
            lane = exits[k]
            head = lanes[lane, HEAD]
            takes = lanes[lane, DAYS]
            if sites[head, DONE]:
                continue
            bound = (last if last < sites[goal, BEST] else sites[goal, BEST]) - far[head, goal]
            bound = (bound if bound < sites[head, BEST] else sites[head, BEST] - 1) - takes
            leave = _depart(
                land, room, (good, lane, sites[site, BEST], bound, source if site == start else -1)
            )
            if leave >= 0:
                sites[head, BEST], sites[head, BY], sites[head, ON] = leave + takes, lane, leave
        site = -1
        least = NEVER
        for other in range(len(sites)):
            if sites[other, BEST] < least and not sites[other, DONE]:
                site = other
                least = sites[other, BEST]
        if site < 0:
            return False
    return _legs(lanes, desk, start, goal)


@inner
def _here(land: Land, desk: Desk, source: int, last: int) -> bool:
    """Hand over what lies where it is needed, on the first day on which it may leave and the site is open."""
    site = land.stock[source, SITE]
    for day in range(land.stock[source, FIRST], min(land.stock[source, LAST], last) + 1):
        if land.leaves[source, day] and land.open[site, day]:
            desk.one[DEPARTS], desk.one[ARRIVES], desk.one[MANY] = day, day, 0
            return True
    return False


@inner
def _legs(lanes: Table, desk: Desk, start: int, goal: int) -> bool:
    """Write the legs that the search found, unless there are more than a consignment has."""
    sites = desk.sites
    one = desk.one
    many = 0
    site = goal
    while site != start:
        many += 1
        site = lanes[sites[site, BY], TAIL]
    if many > LEGS:
        return False
    one[ARRIVES], one[MANY] = sites[goal, BEST], many
    site = goal
    for leg in range(many - 1, -1, -1):
        one[LEG + 2 * leg], one[LEG + 2 * leg + 1] = sites[site, BY], sites[site, ON]
        site = lanes[sites[site, BY], TAIL]
    one[DEPARTS] = one[LEG + 1]
    return True


@inner
def _fits(free: Table, first: Ints, terms: Table, amounts: Table, which: tuple[int, int]) -> bool:
    """Return True if a step still fits, for (place in its week, good)."""
    place, good = which
    k = first[place]
    last = first[place + 1]
    while k < last and free[terms[k, 0]] >= amounts[terms[k, 1], good]:
        k += 1
    return bool(k == last)


@inner
def _depart(land: Land, room: Room, ask: tuple[int, int, int, int, int]) -> int:
    """The first day up to a bound on which a step may take a lane, for (good, lane, day, bound, source).

    With a source the leg is the first: from the day on which the source may leave, and its site has room.
    """
    good, lane, day, bound, source = ask
    after = land.after
    weeks = land.weeks
    takes = land.lanes[lane, DAYS]
    free = room.free
    first = room.place_first
    terms = room.place
    amounts = room.amounts
    sites = len(land.lanes) * weeks
    start = 0
    here = lane * weeks
    there = sites + land.lanes[lane, HEAD] * weeks
    if source >= 0:
        day = land.stock[source, FIRST]
        last = land.stock[source, LAST]
        bound = bound if bound < last else last
        start = sites + land.stock[source, SITE] * weeks
    while day <= bound:
        day = after[lane, day]
        if day > bound:
            break
        week = day // _WEEK
        if not _fits(free, first, terms, amounts, (here + week, good)):
            day = week * _WEEK + _WEEK
        elif not _fits(free, first, terms, amounts, (there + (day + takes) // _WEEK, good)):
            day = (day + takes) // _WEEK * _WEEK + _WEEK - takes
        elif source >= 0 and not land.leaves[source, day]:
            day += 1
        elif source >= 0 and not _fits(free, first, terms, amounts, (start + week, good)):
            day = week * _WEEK + _WEEK
        else:
            return int(day)
    return -1
