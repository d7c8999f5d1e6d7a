"""Improvement of plans by exchange: unmet needs replace deliveries of less value, where that pays."""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled, inner
from konvoi.plan.core.filling import (
    ASKED,
    DUE,
    GOOD,
    IN_TIME,
    LATE,
    NEED,
    NONE,
    NOTHING,
    PAIRS,
    SOURCES,
    TOP,
    UNTIL,
    WHERE,
    WHOLE,
    World,
    back,
    fill,
    is_full,
    load_of,
    put_line,
    take,
)
from konvoi.plan.core.paths import NEXT, PAIR, SOURCE, STEPS, WIDTH, Table, earliest
from konvoi.plan.core.room import Room
from konvoi.plan.net import Floats, Ints

RIVALS = 8
"""Most bundles that give way to one."""

_ASKS = 6
_HELD = 4096


class Bundles(NamedTuple):
    """Needs that count together: those of kits with a need in common, or one need in none.

    The needs of bundle b: needs[first[b] : first[b + 1]], its kits: kits[first_kit[b] : first_kit[b + 1]].
    of[need]: its bundle. density[bundle]: value for a tonne. weight[need], kit_weight[kit]: of a part in
    time, of a set; credit: what of it a late part keeps.
    """

    first: Ints
    needs: Ints
    first_kit: Ints
    kits: Ints
    of: Ints
    density: Floats
    weight: Floats
    kit_weight: Floats
    credit: float


@compiled
def exchange(world: World, endless: Room, bundles: Bundles, order: Ints) -> int:
    """Try exchanges for each bundle with a gap, in an order; return the number that paid."""
    first, users = _users(world, bundles)
    rivals = np.zeros(RIVALS, dtype=np.int64)
    held = np.zeros((_HELD, WIDTH), dtype=np.int64)
    paid = 0
    for at in range(len(order)):
        one = order[at]
        if not _misses(world, bundles, one):
            continue
        many = _rivals(world, endless, bundles, (one, first, users), rivals)
        tried = 1
        while many:
            tried = tried if tried < many else many
            if _exchanged(world, bundles, one, rivals[:tried], held):
                paid += 1
                break
            if tried == many or world.log.tally[2]:
                break
            tried *= 2
    return paid


@inner
def _misses(world: World, bundles: Bundles, one: int) -> bool:
    """Return True if something of a bundle is missing."""
    for k in range(bundles.first[one], bundles.first[one + 1]):
        need = bundles.needs[k]
        if world.log.needs[need, IN_TIME] < world.tasks.needs[need, ASKED]:
            return True
    return False


@inner
def _value(world: World, bundles: Bundles, one: int) -> float:
    """Return the value of a bundle's needs and kits at their current coverage."""
    tasks = world.tasks
    got = world.log.needs
    found = 0.0
    for k in range(bundles.first[one], bundles.first[one + 1]):
        need = bundles.needs[k]
        if not tasks.needs[need, WHOLE] or is_full(tasks.needs, got, need):
            in_time = min(got[need, IN_TIME], tasks.needs[need, ASKED])
            late = min(got[need, LATE], tasks.needs[need, ASKED] - in_time)
            found += bundles.weight[need] * (in_time + bundles.credit * late)
    for at in range(bundles.first_kit[one], bundles.first_kit[one + 1]):
        kit = bundles.kits[at]
        sets = -1
        for k in range(tasks.kits[kit], tasks.kits[kit + 1]):
            need = tasks.parts[k, 0]
            there = min(got[need, IN_TIME], tasks.needs[need, ASKED]) // tasks.parts[k, 1]
            if tasks.needs[need, WHOLE] and not is_full(tasks.needs, got, need):
                there = 0
            sets = there if sets < 0 or there < sets else sets
        found += bundles.kit_weight[kit] * sets
    return found


@inner
def _users(world: World, bundles: Bundles) -> tuple[Table, Table]:
    """The bundles that take something of each row: users[first[row] : first[row + 1]]."""
    slots = world.log.slots
    load = world.desk.load
    first = np.zeros(len(world.room.free) + 2, dtype=np.int64)
    users = np.zeros(0, dtype=np.int64)
    for turn in range(2):
        for slot in range(world.log.tally[0]):
            if slots[slot, STEPS] > 0:
                one = bundles.of[world.tasks.pairs[slots[slot, PAIR], NEED]]
                for k in range(load_of(world.land, world.tasks, world.room, load, slots[slot])):
                    if turn:
                        users[first[load[k, 0] + 1]] = one
                    first[load[k, 0] + 2 - turn] += 1
        if not turn:
            for row in range(len(first) - 2):
                first[row + 2] += first[row + 1]
            users = np.zeros(first[-1], dtype=np.int64)
    return first, users


@inner
def _rivals(
    world: World, endless: Room, bundles: Bundles, search: tuple[int, Table, Table], rivals: Table
) -> int:
    """Find the bundles of least density that use what a bundle's missing units need; return their number."""
    one, first, users = search
    tasks = world.tasks
    desk = world.desk
    many = NOTHING
    for b in range(bundles.first[one], bundles.first[one + 1]):
        need = bundles.needs[b]
        if world.log.needs[need, IN_TIME] >= tasks.needs[need, ASKED]:
            continue
        for p in range(tasks.needs[need, PAIRS], tasks.needs[need + 1, PAIRS]):
            pair = tasks.order[p]
            asked = 0
            for s in range(tasks.pairs[pair, SOURCES], tasks.pairs[pair + 1, SOURCES]):
                ask = (
                    tasks.pairs[pair, GOOD],
                    tasks.sources[s],
                    tasks.needs[need, WHERE],
                    tasks.needs[need, DUE],
                )
                if asked == _ASKS or not earliest(world.land, endless, desk, ask):
                    continue
                asked += 1
                desk.one[PAIR], desk.one[SOURCE] = pair, tasks.sources[s]
                for k in range(load_of(world.land, tasks, world.room, desk.load, desk.one)):
                    row = desk.load[k, 0]
                    if world.room.free[row] < desk.load[k, 1] and not desk.load[k, 2]:
                        for u in range(first[row], first[row + 1]):
                            many = _insert(bundles.density, rivals, many, users[u], one)
    return many


@inner
def _insert(density: Floats, rivals: Table, many: int, other: int, one: int) -> int:
    """Put a bundle among the rivals, the least dense first, each once."""
    if other == one or density[other] >= density[one]:
        return many
    for k in range(many):
        if rivals[k] == other:
            return many
    at = many
    if many == len(rivals):
        at -= 1
        if density[rivals[at]] <= density[other]:
            return many
    while at > 0 and density[rivals[at - 1]] > density[other]:
        rivals[at] = rivals[at - 1]
        at -= 1
    rivals[at] = other
    return many if many == len(rivals) else many + 1


@inner
def _exchanged(world: World, bundles: Bundles, one: int, rivals: Table, held: Table) -> bool:
    """Let rivals give way to a bundle, then use the rest; undo it and return False if that does not pay."""
    before = _value(world, bundles, one)
    rest = _held(world, bundles, one, held, NOTHING)
    many = rest
    for k in range(len(rivals)):
        before += _value(world, bundles, rivals[k])
        many = _held(world, bundles, rivals[k], held, many)
    if many > len(held):
        return False
    for k in range(len(rivals)):
        _back(world, bundles, rivals[k])
    _fill(world, bundles, one)
    for line in range(rest, many):
        take(world, held[line], held[line, STEPS])
    after = _value(world, bundles, one)
    for k in range(len(rivals)):
        _fill(world, bundles, rivals[k])
        after += _value(world, bundles, rivals[k])
    if after > before + 1e-9 * abs(before):
        return True
    _back(world, bundles, one)
    for k in range(len(rivals)):
        _back(world, bundles, rivals[k])
    for line in range(many - 1, -1, -1):
        put_line(world, held[line], held[line, STEPS])
    return False


@inner
def _held(world: World, bundles: Bundles, one: int, held: Table, many: int) -> int:
    """Record a bundle's consignments, as far as there is space; return the number recorded, or needed."""
    for k in range(bundles.first[one], bundles.first[one + 1]):
        slot = world.log.needs[bundles.needs[k], TOP]
        while slot >= 0:
            if many < len(held):
                for column in range(WIDTH):
                    held[many, column] = world.log.slots[slot, column]
            many += 1
            slot = world.log.slots[slot, NEXT]
    return many


@inner
def _back(world: World, bundles: Bundles, one: int) -> None:
    """Take back all consignments of a bundle."""
    for k in range(bundles.first[one], bundles.first[one + 1]):
        back(world, bundles.needs[k], NONE)


@inner
def _fill(world: World, bundles: Bundles, one: int) -> None:
    """Fill a bundle's needs; take back the consignments of one useful only in full that is not full."""
    for k in range(bundles.first[one], bundles.first[one + 1]):
        need = bundles.needs[k]
        fill(world, need, world.tasks.needs[need, UNTIL])
        if world.tasks.needs[need, WHOLE] and not is_full(world.tasks.needs, world.log.needs, need):
            back(world, need, NONE)
