"""Plans in whole steps: needs filled by a list of operations, and the result."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from konvoi.plan.core.field import LEGS, Field, Small, starts
from konvoi.plan.core.filling import DUE, NEED, PUT, STEP, WHOLE, Log, Tasks, World, play
from konvoi.plan.core.paths import LEG, MANY, PAIR, STEPS, WIDTH, Land, Table, desk_of, land_of
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.room import MOST, Room, Units, room_of
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats, Ints
from konvoi.plan.problem import Problem
from konvoi.plan.value import Delivery, parts

_NEARLY = 1e-6
_OVER = 0.01
"""Part of a step from which on a whole one is tried."""

Sent = tuple[Columns, Ints]
"""Consignments, and how many steps of each are sent."""


Line = tuple[int, int]
_MANY = 1_000


@dataclass(frozen=True)
class Mix:
    """Consignments of a mix: those of need n, in whole steps, are lines[first[n] : first[n + 1]]."""

    first: Ints
    lines: Table


@dataclass(frozen=True)
class Whole:
    """A problem in whole steps: its rows without any use, its lanes and sources, its needs.

    parts: of each need, in 10^-12, in which what is asked and brought is counted.
    """

    problem: Problem
    field: Field
    room: Room
    units: Units
    land: Land
    tasks: Tasks
    parts: tuple[int, ...]

    @property
    def many(self) -> bool:
        """Return True if there are so many needs that of several ways only the quick ones are worth their
        time.
        """
        return len(self.problem.needs) > _MANY

    def world(self, slots: int) -> World:
        """All of it with nothing sent and space for so many consignments."""
        room = self.room._replace(free=self.room.free.copy())
        needs = np.zeros((len(self.problem.needs), 3), dtype=np.int64)
        needs[:, 0] = -1
        log = Log(needs, np.zeros((slots, WIDTH), dtype=np.int64), np.array([0, -1, 0], dtype=np.int64))
        return World(self.land, self.tasks, room, desk_of(self.field, room), log)


def whole_of(found: Field, limits: Limits) -> Whole:
    """Lay out a problem that a field describes."""
    problem = limits.problem
    room, units = room_of(limits, found.weeks)
    rank = _rank(problem)
    tasks, shared = _tasks(problem, found, rank)
    return Whole(problem, found, room, units, land_of(found, rank), tasks, shared)


def taped(tape: Iterable[Line]) -> Table:
    """Return a list of operations, with the need or kit of each, for compiled code; see filling."""
    return np.array(list(tape), dtype=np.int64).reshape(-1, 2)


@dataclass(frozen=True)
class Act:
    """A mix, and the operations on it."""

    mix: Mix
    tape: Iterable[Line]


def played(whole: Whole, mix: Mix, tape: Iterable[Line], *, spare: int = 1024) -> World:
    """Return the result of playing a list of operations."""
    return played_in_turn(whole, [Act(mix, tape)], spare=spare)


def played_in_turn(whole: Whole, acts: Iterable[Act], *, spare: int = 1024) -> World:
    """Return the result of playing lists of operations one after the other, each on its mix."""
    lines = [(act.mix, taped(act.tape)) for act in acts]
    slots = spare + 4 * len(whole.problem.needs) + sum(len(mix.lines) for mix, _ in lines)
    while True:
        world = whole.world(slots)
        for mix, tape in lines:
            play(world, mix.first, mix.lines, tape)
        if not world.log.tally[2]:
            return world
        slots *= 2


def sent(world: World) -> Sent:
    """Return the consignments sent, in a fixed order, equal consignments as one."""
    slots = world.log.slots[world.log.slots[:, STEPS] > 0]
    columns = columns_in(slots)
    order = in_order(columns)
    columns = columns.at(order)
    steps = slots[order, STEPS]
    marks = columns.marks()
    first = np.flatnonzero(np.append(True, marks[1:] != marks[:-1])) if len(marks) else np.zeros(0, np.int64)
    return columns.at(first), np.add.reduceat(steps, first) if len(first) else steps


def columns_in(lines: Table) -> Columns:
    """Lines as consignments."""
    pair, source, departs, arrives, many = lines[:, PAIR : MANY + 1].T.copy()
    on = np.arange(LEGS) < many[:, np.newaxis]
    return Columns(
        pair.astype(np.int32),
        source.astype(np.int32),
        departs.astype(np.int16),
        arrives.astype(np.int16),
        many.astype(np.int16),
        lane=np.where(on, lines[:, LEG::2], 0).astype(np.int16),
        day=np.where(on, lines[:, LEG + 1 :: 2], 0).astype(np.int16),
    )


def put(whole: Whole, found: Sent, *, spare: int = 1024) -> World:
    """A world in which something is sent, with space for more consignments."""
    columns, steps = found
    mix = lines_of(whole, columns, steps)
    return played(whole, mix, [(PUT, need) for need in range(len(whole.problem.needs))], spare=spare)


def in_order(columns: Columns) -> Ints:
    """An order that does not depend on how consignments were found: by pair, then by arrival."""
    last = int(columns.legs.max(initial=0))
    legs: list[NDArray[np.generic]] = [
        part[:, leg] for leg in range(last - 1, -1, -1) for part in (columns.day, columns.lane)
    ]
    return np.lexsort([*legs, columns.departs, columns.source, columns.arrives, columns.pair])


def mix_of(whole: Whole, columns: Columns, units: Floats, aims: Ints | None = None) -> Mix:
    """Return the consignments of a mix as whole steps, by need.

    aims: how many parts of each need are to come in any case, 0 for as many as there are; what whole steps
    lack of them is added to the consignments that lose most by being cut.
    """
    exact = units / _step_of(whole)[columns.pair]
    steps = (exact + _NEARLY).astype(np.int64)
    if aims is not None:
        _top_up(whole, columns, exact, steps, aims)
    return lines_of(whole, columns.at(steps > 0), steps[steps > 0])


def _step_of(whole: Whole) -> Floats:
    """Return the units in a step of each pair."""
    problem = whole.problem
    return np.array([problem.goods[pair.good].step / 10**6 for pair in problem.pairs])


def carried_of(whole: Whole, columns: Columns, units: Floats, begun: float) -> Mix:
    """Return a mix in whole steps that follow its running sum, need by need in order of arrival.

    What one consignment has over goes with the next, so that a need loses a step at most, and not one of each
    consignment. begun: part of a step with which each need begins.
    """
    exact = units / _step_of(whole)[columns.pair]
    needs = whole.tasks.pairs[columns.pair, NEED]
    order = np.lexsort((columns.departs, columns.source, columns.arrives, needs))
    total = np.concatenate([[0.0], np.cumsum(exact[order])])
    first = starts(np.bincount(needs, minlength=len(whole.problem.needs)))
    before = total[first[needs[order]]]
    reached = np.floor(total[1:] - before + begun + _NEARLY)
    steps = np.zeros(len(exact), dtype=np.int64)
    steps[order] = reached - np.floor(total[:-1] - before + begun + _NEARLY)
    return lines_of(whole, columns.at(steps > 0), steps[steps > 0])


def rest_of(whole: Whole, columns: Columns, units: Floats) -> Mix:
    """Return one step of each consignment of which whole steps leave a part of the mix over."""
    exact = units / _step_of(whole)[columns.pair]
    over = np.flatnonzero(exact - np.floor(exact + _NEARLY) > _OVER)
    return lines_of(whole, columns.at(over), np.ones(len(over), dtype=np.int64))


def _top_up(whole: Whole, columns: Columns, exact: Floats, steps: Ints, aims: Ints) -> None:
    """Add steps, in place, until each need with an aim has it; only where the mix sends anything."""
    needs = whole.tasks.pairs[columns.pair, NEED]
    brings = whole.tasks.pairs[columns.pair, STEP]
    counts = (columns.arrives <= whole.tasks.needs[needs, DUE]) | (whole.tasks.needs[needs, WHOLE] > 0)
    lacks = aims - np.bincount(needs, steps * brings * counts, minlength=len(aims)).astype(np.int64)
    lost = exact - steps
    able = np.flatnonzero((lacks[needs] > 0) & counts & (exact > _NEARLY))
    for at in able[np.lexsort((able, -lost[able], needs[able]))].tolist():
        if lacks[needs[at]] > 0:
            steps[at] += 1
            lacks[needs[at]] -= brings[at]
    for at in able[np.lexsort((able, -exact[able], needs[able]))].tolist():
        if lacks[needs[at]] > 0:
            more = -(-int(lacks[needs[at]]) // int(brings[at]))
            steps[at] += more
            lacks[needs[at]] -= more * brings[at]


def lines_of(whole: Whole, columns: Columns, steps: Ints) -> Mix:
    """Consignments and their steps by need, in a fixed order."""
    order = in_order(columns)
    columns = columns.at(order)
    lines = np.zeros((len(order), WIDTH), dtype=np.int64)
    what = (columns.pair, columns.source, columns.departs, columns.arrives, columns.legs)
    lines[:, PAIR : MANY + 1] = np.stack(what, axis=1)
    lines[:, STEPS] = steps[order]
    lines[:, LEG::2], lines[:, LEG + 1 :: 2] = columns.lane, columns.day
    return by_need(whole, lines)


def by_need(whole: Whole, lines: Table) -> Mix:
    """Lines need by need, those of each in the order in which they come."""
    needs = whole.tasks.pairs[lines[:, PAIR], NEED]
    first = starts(np.bincount(needs, minlength=len(whole.problem.needs)))
    return Mix(first.astype(np.int64), lines[np.argsort(needs, kind="stable")])


def no_mix(whole: Whole) -> Mix:
    """A mix that sends nothing."""
    return Mix(np.zeros(len(whole.problem.needs) + 1, dtype=np.int64), np.zeros((0, WIDTH), dtype=np.int64))


def brought(whole: Whole, found: Sent) -> dict[int, list[Delivery]]:
    """Return the arrivals of each need by day, exactly."""
    columns, steps = found
    problem = whole.problem
    size = [pair.ratio * problem.goods[pair.good].step for pair in problem.pairs]
    served: dict[tuple[int, int], int] = {}
    for pair, many, day in zip(columns.pair.tolist(), steps.tolist(), columns.arrives.tolist(), strict=True):
        at = (problem.pairs[pair].need, day)
        served[at] = served.get(at, 0) + many * size[pair]
    deliveries: dict[int, list[Delivery]] = {}
    for (need, day), amount in sorted(served.items()):
        deliveries.setdefault(need, []).append(Delivery(need, amount, day))
    return deliveries


def worth(whole: Whole, found: Sent) -> int:
    """Return the value of consignments, by konvoi.plan.value, in parts of 10^-24."""
    return parts(whole.problem, [one for each in brought(whole, found).values() for one in each])


def _rank(problem: Problem) -> Small:
    """The place of each source in the order in which sources are drawn on."""
    rank = np.zeros(len(problem.sources), dtype=np.int32)
    rank[sorted(range(len(rank)), key=lambda s: _before(problem, s))] = np.arange(len(rank), dtype=np.int32)
    return rank


def _tasks(problem: Problem, found: Field, rank: Small) -> tuple[Tasks, tuple[int, ...]]:
    """Return the needs to fill and their sources, best first."""
    wants = found.ground.wants
    pairs = found.ground.pairs
    shared = _shared(problem)
    asked, step, per = _in_parts(problem, shared)
    of_pair = np.repeat(np.arange(len(pairs.need)), np.diff(pairs.first))
    whole = np.array([need.whole for need in problem.needs], dtype=np.int64)
    good = np.array([pair.good for pair in problem.pairs], dtype=np.int64)
    first = starts(np.bincount(pairs.need, minlength=len(asked))[: len(asked)])
    return Tasks(
        needs=_table(wants.site, wants.due, wants.last, whole, asked, first),
        pairs=_table(pairs.need, good, step, pairs.first),
        order=np.argsort(pairs.need, kind="stable"),
        sources=pairs.sources[np.lexsort((rank[pairs.sources], of_pair))].astype(np.int64),
        kits=starts([len(kit.parts) for kit in problem.kits]).astype(np.int64),
        parts=_table(np.array([need for kit in problem.kits for need, _ in kit.parts], dtype=np.int64), per),
    ), shared


def _table(*columns: Ints | Small) -> Table:
    """Columns side by side; the last may be one longer, and ends the table."""
    table = np.zeros((len(columns[-1]), len(columns)), dtype=np.int64)
    for number, column in enumerate(columns):
        table[: len(column), number] = column
    return table


def _before(problem: Problem, source: int) -> tuple[bool, int, str]:
    """Stock before purchases, what is ready first, by key."""
    one = problem.sources[source]
    return bool(one.budget), one.ready, one.key


def _shared(problem: Problem) -> tuple[int, ...]:
    """For each need the largest part of which all that is asked, brought or taken is a whole number."""
    found = [need.quantity * 10**6 for need in problem.needs]
    amounts = [(pair.need, pair.ratio * problem.goods[pair.good].step) for pair in problem.pairs]
    amounts += [(need, per_kit * 10**6) for kit in problem.kits for need, per_kit in kit.parts]
    for need, amount in amounts:
        found[need] = gcd(found[need], amount)
    return tuple(
        max(1, part) * (1 + need.quantity * 10**6 // max(1, part) // MOST)
        for part, need in zip(found, problem.needs, strict=True)
    )


def _in_parts(problem: Problem, shared: tuple[int, ...]) -> tuple[Ints, Ints, Ints]:
    """Return the amounts that needs ask, steps bring and kits take, in parts of each need."""
    asked = [-(-need.quantity * 10**6 // part) for need, part in zip(problem.needs, shared, strict=True)]
    step = [pair.ratio * problem.goods[pair.good].step // shared[pair.need] for pair in problem.pairs]
    per = [-(-per_kit * 10**6 // shared[need]) for kit in problem.kits for need, per_kit in kit.parts]
    return np.array(asked, dtype=np.int64), np.array(step, dtype=np.int64), np.array(per, dtype=np.int64)
