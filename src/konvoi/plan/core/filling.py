"""Filling of needs in whole steps, one after the other, by a list of operations; compiled and exact."""

from typing import NamedTuple, cast

import numpy as np

from konvoi.kit.compiled import compiled, inner
from konvoi.plan.core.paths import (
    ARRIVES,
    DAYS,
    DEPARTS,
    FIRST,
    HEAD,
    LAST,
    LEG,
    MANY,
    NEVER,
    NEXT,
    PAIR,
    RAGGED,
    RANK,
    SITE,
    SOURCE,
    STEPS,
    Desk,
    Land,
    Table,
    earliest,
)
from konvoi.plan.core.room import Room
from konvoi.plan.net import Ints

_WEEK = 7
_ALL, NONE, NOTHING = (cast(int, np.int64(number)) for number in (2**60, -1, 0))
"""Markers with the type of all numbers here: bare numbers would make each function compile once more."""
FILL, FILL_IN_TIME, PUT, CUT, CUT_IF_NONE, DROP, KIT_OR_NONE = range(7)
"""Operations: fill a need; fill it in time only; send to it as in the mix, with or without room; as far as
there is room, always or only where it has nothing yet; take back the deliveries of a need useful only in
full that got less; take back a kit of which no set is complete."""

WHERE, DUE, UNTIL, WHOLE, ASKED, PAIRS = range(6)
NEED, GOOD, STEP, SOURCES = range(4)
TOP, IN_TIME, LATE = range(3)


class Tasks(NamedTuple):
    """The tasks to fill; requested and delivered amounts are counted in parts of the need.

    needs: WHERE, DUE, last useful day (UNTIL), WHOLE, ASKED, and where its PAIRS begin in `order`. pairs:
    NEED, GOOD, what a STEP brings, and where its SOURCES begin, the best first. kits: where they begin in
    `parts`: need and how much of it one takes. Needs, pairs and kits have a row more, which ends the last.
    """

    needs: Table
    pairs: Table
    order: Ints
    sources: Ints
    kits: Ints
    parts: Table


class Log(NamedTuple):
    """The consignments sent, in slots: those of a need start at its TOP and are linked by NEXT; -1 ends.

    needs: TOP, and what came IN_TIME and LATE. tally: slots in use so far, the first of those given back,
    whether they ran out.
    """

    needs: Table
    slots: Table
    tally: Table


class World(NamedTuple):
    """All that filling reads and writes."""

    land: Land
    tasks: Tasks
    room: Room
    desk: Desk
    log: Log


@compiled
def play(world: World, first: Table, mix: Table, tape: Table) -> None:
    """Run the operations of a tape, each on a need or kit. The mix of need n: first[n] to first[n + 1]."""
    tasks = world.tasks
    needs = world.log.needs
    tally = world.log.tally
    for at in range(len(tape)):
        task = tape[at, 0]
        which = tape[at, 1]
        if task <= FILL_IN_TIME:
            fill(world, which, tasks.needs[which, UNTIL if task == FILL else DUE])
        elif task <= CUT or (task == CUT_IF_NONE and needs[which, TOP] < 0):
            _send_mix(world, first, mix, which, task == PUT)
        elif task == DROP and not is_full(tasks.needs, needs, which):
            back(world, which, NONE)
        elif task == KIT_OR_NONE and not _one_kit(tasks, needs, which):
            for k in range(tasks.kits[which], tasks.kits[which + 1]):
                if not _in_whole_kit(tasks, needs, tasks.parts[k, 0]):
                    back(world, tasks.parts[k, 0], NONE)
        if tally[2]:
            break


@inner
def _send_mix(world: World, first: Table, mix: Table, need: int, always: bool) -> None:
    """Send a need's consignments of the mix, always or as far as there is room."""
    for k in range(first[need], first[need + 1]):
        if always:
            put_line(world, mix[k], mix[k, STEPS])
        else:
            take(world, mix[k], mix[k, STEPS])


@inner
def _in_whole_kit(tasks: Tasks, needs: Table, need: int) -> bool:
    """Return True if any kit of a need is there whole, in time."""
    for kit in range(len(tasks.kits) - 1):
        for k in range(tasks.kits[kit], tasks.kits[kit + 1]):
            if tasks.parts[k, 0] == need and _one_kit(tasks, needs, kit):
                return True
    return False


@inner
def _one_kit(tasks: Tasks, needs: Table, kit: int) -> bool:
    """Return True if a kit is there whole, in time."""
    for k in range(tasks.kits[kit], tasks.kits[kit + 1]):
        need = tasks.parts[k, 0]
        if needs[need, IN_TIME] < tasks.parts[k, 1]:
            return False
        if tasks.needs[need, WHOLE] and not is_full(tasks.needs, needs, need):
            return False
    return True


@inner
def is_full(asks: Table, needs: Table, need: int) -> bool:
    """Return True if a need is met in full."""
    return bool(needs[need, IN_TIME] + needs[need, LATE] >= asks[need, ASKED])


@inner
def fill(world: World, need: int, last: int) -> None:
    """Fill one need with arrivals by a last day, in time first; one useful only in full wholly or not."""
    asks = world.tasks.needs
    needs = world.log.needs
    mark = needs[need, TOP]
    last = min(last, asks[need, UNTIL])
    by = min(asks[need, DUE], last)
    while by <= last:
        _fill_by(world, need, by)
        by = last if by < last else last + 1
    if asks[need, WHOLE] and not is_full(asks, needs, need):
        back(world, need, mark)


@inner
def _fill_by(world: World, need: int, last: int) -> None:
    """Fill a need with arrivals by a day; skip sources like those that found no path."""
    land = world.land
    room = world.room
    queue = world.desk.queue
    since = world.desk.since
    stock = land.stock
    for local in range(since.shape[0]):
        for site in range(since.shape[1]):
            since[local, site] = NEVER
    many = _queue(world, need, last) if last >= 0 else NOTHING
    for at in range(many):
        pair = queue[at, 0]
        source = queue[at, 1]
        local = queue[at, 2]
        site = stock[source, SITE]
        opens = stock[source, FIRST]
        if opens >= since[local, site]:
            continue
        send(world, pair, source, last)
        if stock[source, LAST] >= last and able(room, source, len(stock) + pair):
            always = True
            if stock[source, RAGGED]:
                for day in range(opens, last + 1):
                    always = always and land.leaves[source, day]
            if always:
                since[local, site] = opens


@inner
def _queue(world: World, need: int, last: int) -> int:
    """Queue the sources that can serve a need and may leave by a day, best first; return their number."""
    tasks = world.tasks
    room = world.room
    queue = world.desk.queue
    stock = world.land.stock
    many = NOTHING
    first = tasks.needs[need, PAIRS]
    for local in range(tasks.needs[need + 1, PAIRS] - first):
        pair = tasks.order[first + local]
        for k in range(tasks.pairs[pair, SOURCES], tasks.pairs[pair + 1, SOURCES]):
            source = tasks.sources[k]
            if stock[source, FIRST] > last or not able(room, source, len(stock) + pair):
                continue
            at = many
            while at > 0 and stock[queue[at - 1, 1], RANK] > stock[source, RANK]:
                for column in range(3):
                    queue[at, column] = queue[at - 1, column]
                at -= 1
            queue[at, 0], queue[at, 1], queue[at, 2] = pair, source, local
            many += 1
    return many


@inner
def able(room: Room, source: int, pair: int) -> bool:
    """Return True if need and source have room for a step, wherever it goes; pair: counted after the
    sources.
    """
    first = room.own_first
    own = room.own
    free = room.free
    for k in range(first[source], first[source + 1]):
        if free[own[k, 0]] < own[k, 1]:
            return False
    for k in range(first[pair], first[pair + 1]):
        if free[own[k, 0]] < (1 if own[k, 2] else own[k, 1]):
            return False
    return bool(first[pair + 1] > first[pair])


@compiled
def send(world: World, pair: int, source: int, last: int) -> None:
    """Send all that fits from one source, path by path."""
    tasks = world.tasks
    desk = world.desk
    room = world.room
    ask = (tasks.pairs[pair, GOOD], source, tasks.needs[tasks.pairs[pair, NEED], WHERE], last)
    desk.one[PAIR], desk.one[SOURCE] = pair, source
    while able(room, source, len(world.land.stock) + pair):
        if not earliest(world.land, room, desk, ask) or not take(world, desk.one, _ALL):
            return


@compiled
def take(world: World, one: Table, most: int) -> bool:
    """Send steps of a consignment, as many as fit up to a most; False where none does."""
    free = world.room.free
    load = world.desk.load
    many = load_of(world.land, world.tasks, world.room, load, one)
    steps = most
    for k in range(many):
        fit = (free[load[k, 0]] + load[k, 2] * (load[k, 1] - 1)) // load[k, 1]
        steps = fit if fit < steps else steps
    return many > 0 and steps > 0 and _put(world, many, one, steps)


@inner
def put_line(world: World, one: Table, steps: int) -> bool:
    """Send so many steps of a consignment, room or not; False where slots run out."""
    return _put(world, load_of(world.land, world.tasks, world.room, world.desk.load, one), one, steps)


@inner
def _put(world: World, many: int, one: Table, steps: int) -> bool:
    """Send so many steps of a consignment of which the load is known; False where slots run out."""
    log = world.log
    slots = world.log.slots
    tally = world.log.tally
    slot = tally[1] if tally[1] >= 0 else tally[0]
    if slot == len(slots):
        tally[2] = 1
        return False
    if slot == tally[0]:
        tally[0] += 1
    else:
        tally[1] = slots[slot, NEXT]
    for column in range(LEG + 2 * one[MANY]):
        slots[slot, column] = one[column]
    need = world.tasks.pairs[one[PAIR], NEED]
    slots[slot, STEPS], slots[slot, NEXT], log.needs[need, TOP] = steps, log.needs[need, TOP], slot
    move(world, many, one, steps)
    return True


@compiled
def back(world: World, need: int, mark: int) -> None:
    """Take back a need's consignments since its first slot was the mark; -1: all."""
    needs = world.log.needs
    slots = world.log.slots
    tally = world.log.tally
    load = world.desk.load
    while needs[need, TOP] != mark:
        slot = needs[need, TOP]
        one = slots[slot]
        move(world, load_of(world.land, world.tasks, world.room, load, one), one, -one[STEPS])
        needs[need, TOP] = one[NEXT]
        one[STEPS], one[NEXT] = 0, tally[1]
        tally[1] = slot


@inner
def move(world: World, many: int, one: Table, steps: int) -> None:
    """Take steps of a consignment from the room, or give them back where below zero."""
    free = world.room.free
    load = world.desk.load
    for k in range(many):
        free[load[k, 0]] -= load[k, 1] * steps
    pair = one[PAIR]
    need = world.tasks.pairs[pair, NEED]
    late = LATE if one[ARRIVES] > world.tasks.needs[need, DUE] else IN_TIME
    world.log.needs[need, late] += world.tasks.pairs[pair, STEP] * steps


@inner
def load_of(land: Land, tasks: Tasks, room: Room, load: Table, one: Table) -> int:
    """Write the use of each row by a step of a consignment; return the number of rows."""
    weeks = land.weeks
    sites = len(land.lanes) * land.weeks
    good = tasks.pairs[one[PAIR], GOOD]
    many = NOTHING
    for turn in range(2):
        thing = len(land.stock) + one[PAIR] if turn else one[SOURCE]
        for k in range(room.own_first[thing], room.own_first[thing + 1]):
            many = _add(load, (room.own[k, 0], room.own[k, 1], room.own[k, 2]), many)
    for turn in range(2 * one[MANY] + (1 if one[MANY] else 0)):
        place = sites + land.stock[one[SOURCE], SITE] * weeks + one[DEPARTS] // _WEEK
        if turn:
            lane = one[LEG + (turn - 1) // 2 * 2]
            day = one[LEG + (turn - 1) // 2 * 2 + 1]
            there = sites + land.lanes[lane, HEAD] * weeks + (day + land.lanes[lane, DAYS]) // _WEEK
            place = lane * weeks + day // _WEEK if turn % 2 else there
        for k in range(room.place_first[place], room.place_first[place + 1]):
            amount = room.amounts[room.place[k, 1], good]
            many = _add(load, (room.place[k, 0], amount, NOTHING), many) if amount else many
    return many


@inner
def _add(load: Table, term: tuple[int, int, int], many: int) -> int:
    """Add the use of a row, once for each row: row, amount, whether the last step may exceed it."""
    row, amount, over = term
    for k in range(many):
        if load[k, 0] == row:
            load[k, 1] += amount
            return many
    load[many, 0], load[many, 1], load[many, 2] = row, amount, over
    return many + 1
