"""Consignments changed for better ones of the same need and use, compiled and exact."""

from typing import NamedTuple

from konvoi.kit.compiled import compiled, inner
from konvoi.plan.core.filling import DUE, NEED, STEP, TOP, Tasks, World, load_of, move, take
from konvoi.plan.core.paths import ARRIVES, NEXT, PAIR, STEPS, Table
from konvoi.plan.net import Ints


class Offered(NamedTuple):
    """Alternatives that may be sent instead: lines of need n are first[n] to first[n + 1], the best first.

    rank: how good each is, the less the better; left: how many steps of it may still be sent.
    """

    first: Ints
    lines: Table
    rank: Ints
    left: Ints


@compiled
def swap(world: World, offered: Offered, rank: Ints) -> int:
    """Exchange consignments for better ones, need by need; return the number of steps changed.

    rank: of what is sent, by slot. What comes of each need by its due day, and later, is never less.
    """
    log = world.log
    changed = 0
    for need in range(len(offered.first) - 1):
        for k in range(offered.first[need], offered.first[need + 1]):
            slot = log.needs[need, TOP]
            while slot >= 0 and offered.left[k] > 0:
                after = log.slots[slot, NEXT]
                worse = log.slots[slot, STEPS] > 0 and rank[slot] > offered.rank[k]
                if worse and _alike(world.tasks, log.slots[slot], offered.lines[k]):
                    steps = _change(world, slot, offered.lines[k], offered.left[k])
                    if log.tally[2]:
                        return changed
                    if steps:
                        rank[log.needs[need, TOP]] = offered.rank[k]
                        offered.left[k] -= steps
                        changed += steps
                slot = after
    return changed


@inner
def _alike(tasks: Tasks, old: Table, new: Table) -> bool:
    """Return True if a step of one brings as much as a step of the other, and is in time where that is."""
    due = tasks.needs[tasks.pairs[old[PAIR], NEED], DUE]
    as_much = tasks.pairs[old[PAIR], STEP] == tasks.pairs[new[PAIR], STEP]
    return bool(as_much and (new[ARRIVES] <= due or old[ARRIVES] > due))


@inner
def _change(world: World, slot: int, new: Table, most: int) -> int:
    """Send steps of a consignment in place of those in a slot, as many as fit; return their number."""
    old = world.log.slots[slot]
    held = old[STEPS]
    _again(world, old, -held)
    fit = _fitting(world, new)
    steps = min(held, min(most, fit))
    if steps <= 0 or not take(world, new, steps):
        _again(world, old, held)
        return 0
    if _fitting(world, old) < held - steps:
        fresh = world.log.slots[world.log.needs[world.tasks.pairs[new[PAIR], NEED], TOP]]
        _again(world, fresh, -steps)
        _again(world, old, held)
        return 0
    _again(world, old, held - steps)
    return int(steps)


@inner
def _again(world: World, one: Table, steps: int) -> None:
    """Send so many more steps of what a slot holds, or give them back where below zero."""
    if steps:
        move(world, load_of(world.land, world.tasks, world.room, world.desk.load, one), one, steps)
        one[STEPS] += steps


@inner
def _fitting(world: World, one: Table) -> int:
    """Return the number of steps of a consignment that still fit."""
    free = world.room.free
    load = world.desk.load
    many = load_of(world.land, world.tasks, world.room, load, one)
    steps = 2**60
    for k in range(many):
        fit = (free[load[k, 0]] + load[k, 2] * (load[k, 1] - 1)) // load[k, 1]
        steps = fit if fit < steps else steps
    return int(steps) if many > 0 else 0
