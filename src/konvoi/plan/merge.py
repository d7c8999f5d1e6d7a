"""Consignments of one source and need merged, where no limit is broken and no value is lost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from konvoi.plan.core.filling import DUE, GOOD, NEED
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.whole import Sent, Whole, put
from konvoi.plan.net import Ints


def merged(whole: Whole, plan: Sent, *, later: bool = True, anyhow: bool = True) -> Sent:
    """Return the plan in fewer consignments, at the same value.

    First those of one source, need, route and week become one, of several days of departure on the earliest
    at which there is room; then those of one source and need by any route, if none arrives later than before:
    between plans of equal value, fewer movements are preferred. All that is merged arrives in time, or all of
    it late. later: whether in the first pass a part may arrive later than before. anyhow: whether there is a
    second pass.
    """
    columns, steps = plan
    weekly = grouped(_keys(columns))
    every = grouped(zip(columns.pair.tolist(), columns.source.tolist(), strict=True))
    if not every:
        return plan
    work = Merging(whole, columns, steps.copy(), put(whole, plan).room.free)
    while work.merge(weekly, later=later) or (anyhow and work.merge(every, later=False)):
        pass
    kept = np.flatnonzero(work.steps)
    return columns.at(kept), work.steps[kept]


def _keys(columns: Columns) -> Iterator[tuple[object, ...]]:
    """Yield source, pair of need and good, lanes and week of departure of each consignment."""
    parts = zip(
        columns.pair.tolist(),
        columns.source.tolist(),
        (columns.departs // 7).tolist(),
        columns.legs.tolist(),
        columns.lane.tolist(),
        strict=True,
    )
    for pair, source, week, many, lanes in parts:
        yield pair, source, week, tuple(lanes[:many])


def grouped(keys: Iterable[tuple[object, ...]]) -> list[list[int]]:
    """Return the places of equal keys, where there is more than one."""
    groups = defaultdict[tuple[object, ...], list[int]](list)
    for at, key in enumerate(keys):
        groups[key].append(at)
    return [group for group in groups.values() if len(group) > 1]


@dataclass
class Merging:
    """A plan while it is merged; steps: of each consignment; free: room of each row, in its parts.

    full: the row that left no room for one consignment with another, and the parts of it that a step takes.
    """

    whole: Whole
    columns: Columns
    steps: Ints
    free: Ints
    loads: dict[int, dict[int, int]] = field(default_factory=dict)
    full: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def due(self) -> list[int]:
        """Return the due day of the need of each consignment."""
        tasks = self.whole.tasks
        found: list[int] = tasks.needs[tasks.pairs[self.columns.pair, NEED], DUE].tolist()
        return found

    @cached_property
    def in_time(self) -> list[bool]:
        """Return whether each consignment arrives by the due day of its need."""
        days = zip(self.columns.arrives.tolist(), self.due, strict=True)
        return [arrives <= due for arrives, due in days]

    def merge(self, groups: list[list[int]], *, later: bool) -> bool:
        """Merge the consignments of each group; True if any were merged."""
        return sum(self._merge(group, later=later) for group in groups) > 0

    def _merge(self, group: list[int], *, later: bool) -> bool:
        """Merge a group, the last to arrive first, each into the earliest that has room; True if any was."""
        columns = self.columns
        arrives = columns.arrives
        order = sorted(group, key=lambda at: (int(arrives[at]), int(columns.departs[at]), at))
        found = False
        for one in reversed(order):
            for other in order if self.steps[one] else ():
                if other == one or not self.steps[other] or self.in_time[one] != self.in_time[other]:
                    continue
                if (later or arrives[other] <= arrives[one]) and self._moved(one, other):
                    found = True
                    break
        return found

    def _moved(self, one: int, other: int) -> bool:
        """Send all of one consignment with another, if there is room."""
        steps = int(self.steps[one])
        row, more = self.full.get((one, other), (0, 0))
        if more and self.free[row] < more * steps:
            return False
        now = self.load(one)
        for row, amount in self.load(other).items():
            more = amount - now.get(row, 0)
            if more > 0 and self.free[row] < more * steps:
                self.full[one, other] = (row, more)
                return False
        self.move(one, other, steps)
        return True

    def room_for(self, one: int, other: int) -> int:
        """Return the steps of one consignment for which there is room with another."""
        steps = int(self.steps[one])
        for row, amount in self._change(one, other).items():
            if amount > 0:
                steps = min(steps, max(0, int(self.free[row])) // amount)
        return steps

    def move(self, one: int, other: int, steps: int) -> None:
        """Send steps of one consignment with another."""
        for row, amount in self._change(one, other).items():
            self.free[row] -= steps * amount
        self.steps[other] += steps
        self.steps[one] -= steps

    def _change(self, one: int, other: int) -> dict[int, int]:
        """Return the parts of rows that a step takes with another consignment, less what it takes now."""
        change = dict(self.load(other))
        for row, amount in self.load(one).items():
            change[row] = change.get(row, 0) - amount
        return change

    @cached_property
    def goods(self) -> list[int]:
        """Return the good of each consignment."""
        found: list[int] = self.whole.tasks.pairs[self.columns.pair, GOOD].tolist()
        return found

    def load(self, at: int) -> dict[int, int]:
        """Return the parts of rows of its source, lanes and sites that a step of a consignment takes."""
        if at not in self.loads:
            self.loads[at] = self.load_of(self.columns, at)
        return self.loads[at]

    def load_of(self, columns: Columns, at: int) -> dict[int, int]:
        """Return the same for any consignments."""
        whole = self.whole
        problem = whole.problem
        room = whole.room
        weeks = whole.field.weeks
        good = int(whole.tasks.pairs[columns.pair[at], GOOD])
        source = int(columns.source[at])
        places = list[int]()
        sites = len(problem.lanes) * weeks
        if columns.legs[at]:
            places.append(sites + problem.sources[source].site * weeks + int(columns.departs[at]) // 7)
        for leg in range(int(columns.legs[at])):
            number = int(columns.lane[at, leg])
            day = int(columns.day[at, leg])
            lane = problem.lanes[number]
            places.append(number * weeks + day // 7)
            places.append(sites + lane.end * weeks + (day + lane.days) // 7)
        found: dict[int, int] = {}
        for row, amount, _ in room.own[room.own_first[source] : room.own_first[source + 1]].tolist():
            found[row] = found.get(row, 0) + amount
        for place in places:
            for row, kind in room.place[room.place_first[place] : room.place_first[place + 1]].tolist():
                found[row] = found.get(row, 0) + int(room.amounts[kind, good])
        return found
