"""Runs in which consignments that missed their week must find room: day by day, first come, first served."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.forecast.core.draw import ADD, DRAWS, WAIT, Counts, Small, Ways, fill, seed_of, taken, words_for
from konvoi.kit.compiled import compiled, inner

Floats = NDArray[np.float64]
Whole = np.int64

_NONE = -1


class Rooms(NamedTuple):
    """Free capacity beside the plan, and the use of it by each step.

    free[place, week, resource]: of a lane or site with a limit. lane, begin, end: by step the place of its
    lane, of the site that it leaves (of a first leg) and reaches; -1: none with a limit. load: by step and
    resource.
    leaves, arrives: the weeks in which a step has room by the plan.
    """

    free: Floats
    lane: Counts
    begin: Counts
    end: Counts
    load: Floats
    leaves: Counts
    arrives: Counts


@compiled
def all_taken(ways: Ways, common: Small, block: np.uint64, found: Small) -> None:
    """The days that each step takes in each run, drawn as `journeys` draws them: found[step, run]."""
    words = words_for(common.shape[1] // DRAWS)
    for move in range(len(ways.starts)):
        for step in range(ways.first[move], ways.first[move + 1]):
            fill(seed_of(ways, move, step, block), words)
            taken(ways, common, step, words, found[step])


@compiled
def queue(ways: Ways, rooms: Rooms, took: Small, there: Small) -> None:
    """The days on which movements are there: there[movement, run]; took: what `all_taken` found.

    Who leaves in his planned week has his room. Who comes later takes what is free beside the plan, in the
    order in which those come who wait, else he waits for the next Monday with room.
    """
    days = ways.onward.shape[1]
    head = np.empty(days, np.int64)
    after = np.empty(len(ways.starts), np.int64)
    step = np.empty(len(ways.starts), np.int64)
    for run in range(took.shape[1]):
        free = rooms.free.copy()
        head[:] = _NONE
        for move in range(len(ways.starts) - 1, -1, -1):
            step[move] = ways.first[move]
            begins = _onward(ways, took[:, run], move, step, np.int64(ways.starts[move]))
            after[move] = head[begins]
            head[begins] = move
        for day in range(days):
            while head[day] != _NONE:
                move = head[day]
                head[day] = after[move]
                at = step[move]
                if at == ways.first[move + 1]:
                    there[move, run] = day
                    continue
                left = _leaves(ways, rooms, free, at, np.int64(day))
                there_by = np.int64(min(days - 1, left + np.int64(took[at, run])))
                came = _arrives(rooms, free, at, there_by, days)
                step[move] = at + 1
                then = _onward(ways, took[:, run], move, step, came)
                after[move] = head[then]
                head[then] = move


@inner
def _onward(ways: Ways, took: Small, move: int, step: Counts, day: Whole) -> Whole:
    """The day on which a movement stands at its next leg, or is there; step[move] is that leg."""
    at = step[move]
    while at < ways.first[move + 1] and ways.how[at] != WAIT:
        days = np.int64(took[at])
        day = day + days if ways.how[at] == ADD else max(day, np.int64(ways.base[at]) + days)
        at += 1
    step[move] = at
    return np.int64(min(day, ways.onward.shape[1] - 1))


@inner
def _leaves(ways: Ways, rooms: Rooms, free: Floats, at: int, day: Whole) -> Whole:
    """The day on which a leg is left on, its room taken where it is not the planned week's."""
    line = ways.onward[ways.line[at]]
    left = np.int64(line[day])
    while left // 7 != rooms.leaves[at] and left + 7 < len(line):
        week = left // 7
        lane = rooms.lane[at]
        begin = rooms.begin[at]
        if _room(rooms, free, lane, at, week) and _room(rooms, free, begin, at, week):
            _take(rooms, free, lane, at, week)
            _take(rooms, free, begin, at, week)
            break
        left = np.int64(line[(week + 1) * 7])
    return left


@inner
def _arrives(rooms: Rooms, free: Floats, at: int, day: Whole, days: int) -> Whole:
    """Return the day on which a leg's end has room for an arrival."""
    while day // 7 != rooms.arrives[at] and day + 7 < days:
        if _room(rooms, free, rooms.end[at], at, day // 7):
            _take(rooms, free, rooms.end[at], at, day // 7)
            break
        day = np.int64((day // 7 + 1) * 7)
    return day


@inner
def _room(rooms: Rooms, free: Floats, place: int, at: int, week: Whole) -> bool:
    """Return True if a place has room for a step's load in a week."""
    if place == _NONE or week >= free.shape[1]:
        return True
    fits = True
    for resource in range(free.shape[2]):
        fits = fits and free[place, week, resource] >= rooms.load[at, resource]
    return fits


@inner
def _take(rooms: Rooms, free: Floats, place: int, at: int, week: Whole) -> None:
    """Take the room."""
    if place != _NONE and week < free.shape[1]:
        for resource in range(free.shape[2]):
            free[place, week, resource] -= rooms.load[at, resource]
