"""What is done where nothing is computed: need by need, from what is ready first, by the first way to arrive.

Simple code of its own beside the planner's: a search over sites and days in plain Python, with the exact
limits. A need that is useful only in full gives back what it took where it is not filled.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from konvoi.plan.column import Column, Taken
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.problem import Problem
from konvoi.plan.value import Delivery, parts, to_decimal

Terms = Sequence[tuple[int, int, int]]
_NEVER = 10**6


def filled(net: Net, limits: Limits, order: list[int]) -> Taken:
    """Consignments and their steps, needs filled one after the other."""
    greedy = Greedy(net, limits)
    for need in order:
        greedy.fill(need)
    return {column: steps for column, steps in greedy.taken.items() if steps}


def worth(problem: Problem, taken: Taken) -> float:
    """The value of what is sent, by the one definition of value."""
    sent = [
        Delivery(one.need, steps * one.ratio * _step(problem, one), one.arrives)
        for one, steps in taken.items()
    ]
    return float(to_decimal(parts(problem, sent)))


def _step(problem: Problem, column: Column) -> int:
    """The smallest quantity of what is sent, in millionths."""
    return problem.goods[problem.sources[column.source].good].step


class Greedy:
    """What is sent so far, and what is free of each row."""

    def __init__(self, net: Net, limits: Limits) -> None:
        self.net, self.limits, self.problem = net, limits, net.problem
        self.free = list(limits.upper)
        self.taken: dict[Column, int] = defaultdict(int)
        self.lane_days = [_next(days.tolist()) for days in net.lane_open]
        self.source_days = [_next(days.tolist()) for days in net.source_open]
        self.steps = [[load * good.step for load in good.loads] for good in self.problem.goods]

    def fill(self, number: int) -> None:
        """Fill one need, in time before late; one useful only in full wholly or not."""
        need, sent = self.problem.needs[number], defaultdict[Column, int](int)
        for last in (min(need.due, need.last), need.last):
            shut: dict[tuple[int, int], int] = {}
            for source, ratio in self._sources(number):
                while column := self._found(number, source, ratio, last, shut):
                    steps = self._fitting(column)
                    if not steps:
                        break
                    self._send(column, steps)
                    sent[column] += steps
        if need.whole and self._open(number):
            for column, steps in sent.items():
                self._send(column, -steps)

    def _open(self, number: int) -> bool:
        """Whether a need still wants something."""
        return all(self.free[row] > 0 for row, _ in self.limits.served[number])

    def _sources(self, number: int) -> Iterator[tuple[int, int]]:
        """What may serve a need, with its ratio: stock before purchases, then what is ready first."""
        found = [
            (bool(one.budget), one.ready, one.key, source, self.problem.pairs[pair].ratio)
            for pair in self.net.pairs_of[number]
            for source in self.net.serving[pair]
            for one in (self.problem.sources[source],)
        ]
        return ((source, ratio) for *_, source, ratio in sorted(found))

    def _found(
        self, number: int, source: int, ratio: int, last: int, shut: dict[tuple[int, int], int]
    ) -> Column | None:
        """The consignment that arrives first by a last day; `shut` keeps from when on none does."""
        one = self.problem.sources[source]
        if not self._open(number) or not self._room(self.limits.source.get(source, ()), one.good):
            return None
        departs = self._leaving(source, last)
        if departs > last or departs >= shut.get((one.good, one.site), _NEVER):
            return None
        goal = self.problem.needs[number].site
        legs = self._way(one.good, (one.site, departs), goal, last)
        if legs is None:
            shut[one.good, one.site] = departs
            return None
        arrives = legs[-1][1] + self.problem.lanes[legs[-1][0]].days if legs else departs
        return Column(number, source, legs, departs, arrives, ratio)

    def _leaving(self, source: int, last: int) -> int:
        """The first day on which a source may leave and its site has room."""
        one, days = self.problem.sources[source], self.source_days[source]
        day = days[0] if days else _NEVER
        while day <= last and not self._room(self.limits.site.get((one.site, day // 7), ()), one.good):
            day = days[day // 7 * 7 + 7]
        return day

    def _way(
        self, good: int, start: tuple[int, int], goal: int, last: int
    ) -> tuple[tuple[int, int], ...] | None:
        """The legs of the way for a step that is at the goal first, None where none is by the last day."""
        reached: dict[int, int] = {start[0]: start[1]}
        came: dict[int, tuple[int, int]] = {}
        waiting = [(start[1], start[0])]
        while waiting:
            day, site = heappop(waiting)
            if site == goal:
                return self._back(came, goal, start[0])
            if day > reached[site]:
                continue
            for lane in self.net.leaving[site]:
                way = self.problem.lanes[lane]
                leaves = self._departure(lane, day, good, min(last, reached.get(way.end, _NEVER) - 1))
                if leaves < _NEVER:
                    reached[way.end], came[way.end] = leaves + way.days, (lane, leaves)
                    heappush(waiting, (leaves + way.days, way.end))
        return None

    def _departure(self, lane: int, day: int, good: int, last: int) -> int:
        """The first day on which a lane takes a step that arrives by the last day."""
        way, days = self.problem.lanes[lane], self.lane_days[lane]
        while day + way.days <= last and (day := days[day]) + way.days <= last:
            there = (day + way.days) // 7
            if not self._room(self.limits.lane.get((lane, day // 7), ()), good):
                day = day // 7 * 7 + 7
            elif not self._room(self.limits.site.get((way.end, there), ()), good):
                day = there * 7 + 7 - way.days
            else:
                return day
        return _NEVER

    def _room(self, terms: Terms, good: int) -> bool:
        """Whether rows have room for one step."""
        loads, free = self.steps[good], self.free
        return all(free[row] >= factor * loads[use] for row, use, factor in terms)

    def _back(self, came: dict[int, tuple[int, int]], goal: int, start: int) -> tuple[tuple[int, int], ...]:
        """The legs that led to a goal."""
        legs, site = [], goal
        while site != start:
            legs.append(came[site])
            site = self.problem.lanes[came[site][0]].start
        return tuple(reversed(legs))

    def _fitting(self, column: Column) -> int:
        """How many steps fit; the last to a need may go over, for what goes over counts nothing."""
        return min(
            -(-self.free[row] // amount) if row in self.limits.rounded else self.free[row] // amount
            for row, amount in self.limits.of_step(column)
        )

    def _send(self, column: Column, steps: int) -> None:
        """Send steps of a consignment; take them back where below zero."""
        self.taken[column] += steps
        for row, amount in self.limits.of_step(column):
            self.free[row] -= steps * amount


def _next(open_: list[bool]) -> list[int]:
    """For each day the first open one from it on, and days after the last for what looks further."""
    found = [_NEVER] * (len(open_) + 8)
    for day in range(len(open_) - 1, -1, -1):
        found[day] = day if open_[day] else found[day + 1]
    return found
