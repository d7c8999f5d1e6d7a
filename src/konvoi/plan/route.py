"""The earliest way from a source to a need on which at least one step still finds room."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

from konvoi.plan.column import Column
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.parts import Good, Pair
from konvoi.plan.room import Room

Legs = tuple[tuple[int, int], ...]


@dataclass
class Router:
    """Finds ways in a problem's room. `open` keeps each lane's open days as a list, quicker to ask."""

    net: Net
    limits: Limits
    room: Room
    open: list[list[bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep the open days."""
        self.open = self.net.lane_open.tolist()

    def way(self, pair: Pair, source: int, last: int) -> Column | None:
        """The consignment of a pair and a source that arrives first, if it does by the last day."""
        problem = self.net.problem
        need, here = problem.needs[pair.need], problem.sources[source]
        leaves = self.net.source_open[source, : last + 1].nonzero()[0].tolist()
        if here.site == need.site:
            day = next((day for day in leaves if self.net.site_open[here.site, day]), None)
            return None if day is None else Column(pair.need, source, (), day, day, pair.ratio)
        good = problem.goods[pair.good]
        starts = [day for day in leaves if self._fits(good, self.limits.site, (here.site, day // 7))]
        legs = self._search(good, (here.site, need.site), starts, last) if starts else None
        if legs is None:
            return None
        arrives = legs[-1][1] + problem.lanes[legs[-1][0]].days
        return Column(pair.need, source, legs, legs[0][1], arrives, pair.ratio)

    def _search(self, good: Good, ends: tuple[int, int], starts: list[int], last: int) -> Legs | None:
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
            for lane in self.net.leaving[site]:
                way = self.net.problem.lanes[lane]
                bound = min(last, best.get(way.end, last + 1) - 1)
                days = starts if site == start else range(day, bound - way.days + 1)
                leave = None if way.end in done else self._departure(good, lane, days, bound)
                if leave is not None:
                    best[way.end] = leave + way.days
                    came[way.end] = (lane, leave)
                    heapq.heappush(queue, (leave + way.days, way.end))
        return None

    def _departure(self, good: Good, lane: int, days: range | list[int], bound: int) -> int | None:
        """The first of the days on which a step may depart on a lane, arriving by a day."""
        way, allowed, full = self.net.problem.lanes[lane], self.open[lane], set()
        for day in days:
            if day + way.days > bound:
                return None
            weeks = (day // 7, (day + way.days) // 7)
            if allowed[day] and weeks not in full:
                if self._fits(good, self.limits.lane, (lane, weeks[0])) and self._fits(
                    good, self.limits.site, (way.end, weeks[1])
                ):
                    return day
                full.add(weeks)
        return None

    def _fits(
        self,
        good: Good,
        terms: Mapping[tuple[int, int], tuple[tuple[int, int, int], ...]],
        where: tuple[int, int],
    ) -> bool:
        """Whether a step of a good still fits at a place in a week."""
        free = self.room.free
        return all(
            free[row] >= factor * good.loads[use] * good.step for row, use, factor in terms.get(where, ())
        )

    def _legs(self, came: dict[int, tuple[int, int]], start: int, goal: int) -> Legs:
        """The legs, from the start."""
        legs = []
        while goal != start:
            legs.append(came[goal])
            goal = self.net.problem.lanes[came[goal][0]].start
        return tuple(reversed(legs))
