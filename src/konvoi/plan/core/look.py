"""Further deliveries that a plan leaves possible: the path of each, and the amount there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled
from konvoi.plan.core.field import Small
from konvoi.plan.core.filling import GOOD, NEED, WHERE, World, able, back, load_of, send
from konvoi.plan.core.paths import ARRIVES, DEPARTS, LEG, MANY, PAIR, SOURCE, Table, earliest
from konvoi.plan.core.room import MOST, Room
from konvoi.plan.core.whole import Sent, Whole, put
from konvoi.plan.net import Bools

_ARRIVES, _ABLE, _FULL, _ROWS = range(4)
_UNKNOWN = -2

Asks = Sequence[tuple[int, int]]
"""Pairs, each with a source of its good."""


class Group(NamedTuple):
    """Asks of one need, the last day, and how much of it is wanted, in 10^-12."""

    asks: Asks
    last: int
    wanted: int


@dataclass(frozen=True)
class Glimpse:
    """The result for a list of asks: those that could arrive were all lanes empty, and the earliest such day.

    able: those of them of which need and source have room for a step more. blocked: the first able one whose
    way, were all lanes empty, leads over full rows.
    """

    reached: Asks
    first: int
    able: Asks
    blocked: tuple[int, int] | None


class Open(NamedTuple):
    """Free room. roads: rows of lanes and sites; end: the last day of all.

    days[source, site]: the first day on which it could arrive there, -1 for none, found when first asked for.
    """

    room: Room
    roads: Bools
    days: Small
    end: int


@dataclass(frozen=True)
class Look:
    """The room that a plan leaves free, and the room there would be if nothing were sent (open)."""

    whole: Whole
    world: World
    open: Open

    @cached_property
    def endless(self) -> Open:
        """The room with unlimited lanes and sites."""
        wide = self.open
        room = wide.room._replace(free=np.full_like(wide.room.free, MOST))
        return wide._replace(room=room, days=np.full_like(wide.days, _UNKNOWN))

    def road(self, ask: tuple[int, int], last: int) -> list[int]:
        """Return the rows that it would use if lanes and sites were unlimited; none if no path exists."""
        many = int(self._glance([ask], last, self.endless)[0, _ROWS])
        rows = self.world.desk.load[:many, 0].tolist()
        return sorted(row for row in rows if self.open.roads[row])

    def at(self, asks: Asks, last: int) -> Glimpse:
        """Return the result of asks without sending, if all is to arrive by a last day."""
        found = self._glance(asks, last)
        full = np.flatnonzero(found[:, _FULL])
        return Glimpse(
            reached=[ask for ask, day in zip(asks, found[:, _ARRIVES].tolist(), strict=True) if day >= 0],
            first=min((day for day in found[:, _ARRIVES].tolist() if day >= 0), default=-1),
            able=[ask for ask, known in zip(asks, found.tolist(), strict=True) if _both(known)],
            blocked=asks[int(full[0])] if len(full) else None,
        )

    def way(self, ask: tuple[int, int], last: int) -> tuple[int, list[tuple[int, int]]]:
        """Return the day and the legs (lanes and days) by which it would go if all lanes were empty."""
        self._glance([ask], last)
        one = self.world.desk.one
        legs = one[LEG : LEG + 2 * one[MANY]].reshape(-1, 2).tolist()
        return int(one[DEPARTS]), [(lane, day) for lane, day in legs]

    def full(self, ask: tuple[int, int], last: int) -> list[int]:
        """Return the rows of lanes and sites on that path in which no step finds room."""
        many = int(self._glance([ask], last)[0, _ROWS])
        rows = [(row, amount) for row, amount, _ in self.world.desk.load[:many].tolist()]
        free = self.world.room.free
        return sorted(row for row, amount in rows if self.open.roads[row] and free[row] < amount)

    def short(self, row: int, amount: int) -> bool:
        """Return True if a row has no room for an amount, in parts of 1/SCALE."""
        return bool(self.world.room.free[row] < self.whole.units.amount(row, amount))

    def brings(self, asks: Asks, last: int, more: Sequence[tuple[int, int]] = ()) -> int:
        """Return the amount, in 10^-12, that asks would bring with more of some rows: sent and taken back."""
        world = self.world
        need = int(self.whole.tasks.pairs[asks[0][0], NEED])
        wider = [(row, self.whole.units.more(row, amount)) for row, amount in more]
        before = int(world.log.needs[need, 1:].sum())
        mark = int(world.log.needs[need, 0])
        for row, amount in wider:
            world.room.free[row] += amount
        for pair, source in asks:
            send(world, pair, source, last)
        brought = int(world.log.needs[need, 1:].sum()) - before
        back(world, need, mark)
        for row, amount in wider:
            world.room.free[row] -= amount
        world.log.tally[2] = 0
        return brought * self.whole.parts[need]

    def together(self, groups: Sequence[Group]) -> bool:
        """Return True if there is room for all of these, one after the other. Sent and given back."""
        world = self.world
        marks = list[tuple[int, int]]()
        enough = True
        for asks, last, wanted in groups:
            need = int(self.whole.tasks.pairs[asks[0][0], NEED])
            before = int(world.log.needs[need, 1:].sum())
            marks.append((need, int(world.log.needs[need, 0])))
            for pair, source in asks:
                send(world, pair, source, last)
            brought = (int(world.log.needs[need, 1:].sum()) - before) * self.whole.parts[need]
            if brought < wanted:
                enough = False
                break
        for need, mark in reversed(marks):
            back(world, need, mark)
        world.log.tally[2] = 0
        return enough

    def _glance(self, asks: Asks, last: int, wide: Open | None = None) -> Table:
        """Return the result of each ask without sending; wide: the room to assume instead of open."""
        out = np.zeros((len(asks), 4), dtype=np.int64)
        lines = np.array([(pair, source, last) for pair, source in asks], dtype=np.int64).reshape(-1, 3)
        _glance(self.world, wide or self.open, lines, out)
        return out


def _both(known: list[int]) -> bool:
    """Return True if one could arrive and has room for a step."""
    return known[_ARRIVES] >= 0 and known[_ABLE] > 0


def look(whole: Whole, found: Sent) -> Look:
    """Return the Look of a plan."""
    world = put(whole, found)
    problem = whole.problem
    roads = np.zeros(len(world.room.free), dtype=np.bool_)
    roads[world.room.place[:, 0]] = True
    empty = world.room._replace(free=np.where(roads, whole.room.free, MOST))
    days = np.full((len(problem.sources), len(problem.sites)), _UNKNOWN, dtype=np.int32)
    return Look(whole, world, Open(empty, roads, days, problem.days - 1))


@compiled
def _glance(world: World, wide: Open, asks: Table, out: Table) -> None:
    """Write arrival on empty lanes, whether able, whether the path is full (until one is), number of rows."""
    tasks = world.tasks
    desk = world.desk
    free = world.room.free
    one = desk.one
    load = desk.load
    seen = False
    for k in range(len(asks)):
        pair = asks[k, 0]
        source = asks[k, 1]
        last = asks[k, 2]
        one[PAIR], one[SOURCE] = pair, source
        good = tasks.pairs[pair, GOOD]
        goal = tasks.needs[tasks.pairs[pair, NEED], WHERE]
        out[k, _ARRIVES] = -1
        out[k, _ABLE] = able(world.room, source, len(world.land.stock) + pair)
        if wide.days[source, goal] == _UNKNOWN:
            comes = earliest(world.land, wide.room, desk, (good, source, goal, wide.end))
            wide.days[source, goal] = one[ARRIVES] if comes else -1
        day = wide.days[source, goal]
        if day < 0 or day > last:
            continue
        out[k, _ARRIVES] = day
        if seen or not (out[k, _ABLE] or len(asks) == 1):
            continue
        earliest(world.land, wide.room, desk, (good, source, goal, last))
        many = load_of(world.land, tasks, world.room, load, one)
        out[k, _ROWS] = many
        for j in range(many):
            if wide.roads[load[j, 0]] and free[load[j, 0]] < load[j, 1]:
                out[k, _FULL], seen = 1, True
