"""The earliest way from a source to a need on which at least one step still finds room."""

import heapq
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from konvoi.plan.column import Column
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.parts import Good, Pair
from konvoi.plan.room import Room

Legs = tuple[tuple[int, int], ...]
Terms = tuple[tuple[int, int, int], ...]


class Slot(NamedTuple):
    """Open days of a lane, one after the other, on which a leg takes the same rows."""

    first: int
    last: int
    terms: Terms


@dataclass
class Router:
    """Finds ways in a problem's room.

    slots: each lane's open days. full: for each good the slots in which no step fits any more, by lane; it is
    forgotten when something is given back.
    """

    net: Net
    limits: Limits
    room: Room
    slots: list[list[Slot]] = field(default_factory=list)
    full: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    given_back: int = 0

    def __post_init__(self) -> None:
        """Lay the slots out."""
        self.slots = [self._slots(lane) for lane in range(len(self.net.problem.lanes))]

    def _slots(self, lane: int) -> list[Slot]:
        """One lane's open days, cut where the week of departure or of arrival changes."""
        way, found = self.net.problem.lanes[lane], []
        weeks, run = (-1, -1), [0, -2]
        for day in self.net.lane_open[lane].nonzero()[0].tolist():
            now = (day // 7, (day + way.days) // 7)
            if now == weeks and day == run[1] + 1:
                run[1] = day
                continue
            weeks, run = now, [day, day]
            terms = (*self.limits.lane.get((lane, now[0]), ()), *self.limits.site.get((way.end, now[1]), ()))
            found.append((run, terms))
        return [Slot(first, last, terms) for (first, last), terms in found]

    def way(self, pair: Pair, source: int, last: int) -> Column | None:
        """The consignment of a pair and a source that arrives first, if it does by the last day."""
        problem = self.net.problem
        need, here = problem.needs[pair.need], problem.sources[source]
        leaves = self.net.source_open[source, : last + 1].nonzero()[0].tolist()
        if here.site == need.site:
            day = next((day for day in leaves if self.net.site_open[here.site, day]), None)
            return None if day is None else Column(pair.need, source, (), day, day, pair.ratio)
        starts = self._starts(pair.good, here.site, leaves)
        legs = self._search(pair.good, (here.site, need.site), starts, last) if starts else None
        if legs is None:
            return None
        arrives = legs[-1][1] + problem.lanes[legs[-1][0]].days
        return Column(pair.need, source, legs, legs[0][1], arrives, pair.ratio)

    def _starts(self, good: int, site: int, leaves: list[int]) -> list[int]:
        """The days on which the site itself has room for what leaves."""
        one, terms = self.net.problem.goods[good], self.limits.site
        able = {week for week in {day // 7 for day in leaves} if self._fits(one, terms.get((site, week), ()))}
        return [day for day in leaves if day // 7 in able]

    def _search(self, good: int, ends: tuple[int, int], starts: list[int], last: int) -> Legs | None:
        """The legs of the earliest arrival by the last day, found site by site."""
        start, goal = ends
        came: dict[int, tuple[int, int]] = {}
        best, done = {start: starts[0]}, set()
        queue = [(starts[0], start)]
        while queue:
            day, site = heapq.heappop(queue)
            if site == goal:
                return self._legs(came, start, goal)
            if site in done:
                continue
            done.add(site)
            days = starts if site == start else (day,)
            for lane in self.net.leaving[site]:
                way = self.net.problem.lanes[lane]
                bound = min(last, best.get(way.end, last + 1) - 1) - way.days
                leave = None if way.end in done else self._departure(good, lane, days, bound)
                if leave is not None:
                    best[way.end] = leave + way.days
                    came[way.end] = (lane, leave)
                    heapq.heappush(queue, (leave + way.days, way.end))
        return None

    def _departure(self, good: int, lane: int, days: Sequence[int], bound: int) -> int | None:
        """The first day by the bound on which a step may depart: any from a single one on, or one of many."""
        slots, full, one = self.slots[lane], self._full(good), self.net.problem.goods[good]
        for number in range(max(0, bisect_left(slots, (days[0] + 1,)) - 1), len(slots)):
            slot = slots[number]
            if slot.first > bound:
                return None
            day = max(slot.first, days[0])
            if len(days) > 1:
                place = bisect_left(days, slot.first)
                day = days[place] if place < len(days) else bound + 1
            if day > min(slot.last, bound) or (lane, number) in full:
                continue
            if self._fits(one, slot.terms):
                return day
            full.add((lane, number))
        return None

    def _full(self, good: int) -> set[tuple[int, int]]:
        """The slots that are known to be full for a good."""
        if self.given_back != self.room.given_back:
            self.given_back = self.room.given_back
            self.full.clear()
        return self.full.setdefault(good, set())

    def _fits(self, good: Good, terms: Terms) -> bool:
        """Whether a step of a good still fits into some rows."""
        free, loads, step = self.room.free, good.loads, good.step
        return all(free[row] >= factor * loads[use] * step for row, use, factor in terms)

    def _legs(self, came: dict[int, tuple[int, int]], start: int, goal: int) -> Legs:
        """The legs, from the start."""
        legs = []
        while goal != start:
            legs.append(came[goal])
            goal = self.net.problem.lanes[came[goal][0]].start
        return tuple(reversed(legs))
