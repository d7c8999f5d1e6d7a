"""Cheaper movements at equal value, where lanes state what a movement costs."""

from collections.abc import Iterator
from functools import cached_property, reduce

import numpy as np

from konvoi.plan.core.field import LEGS
from konvoi.plan.core.filling import NEED, STEP, UNTIL
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.whole import Sent, Whole, put, sent
from konvoi.plan.merge import Merging

_GAIN = 1e-6
"""Euro below which a plan is not cheaper: costs are floats."""

_LOOKED = 2_000
"""Legs that are looked at for another route of one consignment."""

Legs = tuple[tuple[int, int], ...]
"""Lanes with the days of departure."""


def cheaper(whole: Whole, plan: Sent, *, later: bool = True) -> Sent:
    """Return a plan of the same value whose movements cost less: by lane, by tonne and by purchase.

    The steps of a consignment go with others of its need, or all of it goes by another route, where there is
    room. What is in time stays in time, and nothing late comes later. later: whether anything may come later
    than before. Without a lane that states what a movement costs, the plan is returned as it is.
    """
    if not any(lane.movement_cost for lane in whole.problem.lanes) or not len(plan[1]):
        return plan
    found = plan
    while True:
        work = Costing(whole, found[0], found[1].copy(), put(whole, found).room.free)
        ways = work.improved(later=later)
        if ways is None:
            return found
        columns = work.columns.plus(ways)
        steps = np.concatenate([work.steps, np.array(work.moved, dtype=np.int64)])
        kept = np.flatnonzero(steps)
        # Equal consignments become one.
        found = sent(put(whole, (columns.at(kept), steps[kept])))


class Costing(Merging):
    """A plan whose consignments are made cheaper; moved: steps of those that take another route."""

    @cached_property
    def moved(self) -> list[int]:
        """Return the steps of each consignment that took another route."""
        return []

    @cached_property
    def fixed(self) -> list[float]:
        """Return the cost of each consignment, however large it is, in euro."""
        lanes = self.whole.problem.lanes
        return [sum(lanes[lane].movement_cost for lane, _ in legs) for legs in self._legs]

    @cached_property
    def each(self) -> list[float]:
        """Return the cost of one step of each consignment, in euro."""
        return [
            self.per_tonne(legs) * self.tonnes[at] + self.bought[at] for at, legs in enumerate(self._legs)
        ]

    def per_tonne(self, legs: Legs) -> float:
        """Return the cost of a tonne on a route."""
        return sum(self.whole.problem.lanes[lane].cost for lane, _ in legs)

    @cached_property
    def tonnes(self) -> list[float]:
        """Return the tonnes of one step of each consignment."""
        goods = self.whole.problem.goods
        return [goods[good].tonnes * goods[good].step / 10**15 for good in self.goods]

    @cached_property
    def bought(self) -> list[float]:
        """Return the price of one step of each consignment, in euro."""
        problem = self.whole.problem
        return [
            problem.sources[source].cost * problem.goods[good].step / 10**6
            for source, good in zip(self.source, self.goods, strict=True)
        ]

    @cached_property
    def need(self) -> list[int]:
        """Return the need of each consignment."""
        found: list[int] = self.whole.tasks.pairs[self.columns.pair, NEED].tolist()
        return found

    @cached_property
    def source(self) -> list[int]:
        """Return the source of each consignment."""
        found: list[int] = self.columns.source.tolist()
        return found

    @cached_property
    def _legs(self) -> list[Legs]:
        columns = self.columns
        rows = zip(columns.lane.tolist(), columns.day.tolist(), columns.legs.tolist(), strict=True)
        return [tuple(zip(lanes[:many], days[:many], strict=True)) for lanes, days, many in rows]

    def improved(self, *, later: bool) -> Columns | None:
        """Make consignments cheaper, the dearest movements first; None if none became so.

        Return the consignments that take another route; their steps are `moved`.
        """
        of_need: dict[int, list[int]] = {}
        for at, need in enumerate(self.need):
            of_need.setdefault(need, []).append(at)
        changed = False
        routes = [self.columns.at(np.zeros(0, dtype=np.int64))]
        for one in sorted(range(len(self.need)), key=lambda at: (-self.fixed[at], int(self.steps[at]), at)):
            others = [other for other in of_need[self.need[one]] if other != one and self.steps[other]]
            if self._shared_out(one, others, later=later):
                changed = True
            elif (way := self.rerouted(one, later=later)) is not None:
                routes.append(way)
                changed = True
        if not changed:
            return None
        return reduce(Columns.plus, routes)

    def _shared_out(self, one: int, others: list[int], *, later: bool) -> bool:
        """Send all of a consignment with others of its need, the cheapest first, if that costs less."""
        arrives = self.columns.arrives
        brings = self.whole.tasks.pairs[self.columns.pair, STEP]
        able = [
            other
            for other in others
            if brings[other] == brings[one]
            and self.in_time[other] == self.in_time[one]
            and (arrives[other] <= arrives[one] or (later and self.in_time[one]))
        ]
        before = self.free.copy()
        steps = self.steps.copy()
        saved = self.fixed[one] + int(steps[one]) * self.each[one]
        alike = True
        for other in sorted(able, key=lambda at: (self.each[at], at)):
            count = min(int(self.steps[one]), self.room_for(one, other))
            if count > 0:
                self.move(one, other, count)
                saved -= count * self.each[other]
                alike &= self.source[other] == self.source[one] and arrives[other] <= arrives[one]
        # At equal cost, fewer movements are preferred where nothing else changes.
        if self.steps[one] or saved < -_GAIN or (saved <= _GAIN and not alike):
            self.free = before
            self.steps = steps
            return False
        return True

    def rerouted(self, one: int, *, later: bool, most: float | None = None) -> Columns | None:
        """Send all of a consignment by the cheapest other route that has room; None if there is none.

        most: the cost that a route must be below, in euro; None: what the consignment costs now.
        """
        tasks = self.whole.tasks
        due = int(tasks.needs[self.need[one], UNTIL])
        arrives = int(self.columns.arrives[one])
        if later and self.in_time[one]:
            due = self.due[one]
        last = due if later and self.in_time[one] else min(due, arrives)
        steps = int(self.steps[one])
        if most is None:
            most = self.fixed[one] + steps * self.tonnes[one] * self.per_tonne(self._legs[one]) - _GAIN
        for _, legs in sorted(self._routes(one, last, most)):
            way = self._with_legs(one, legs)
            load = self.load_of(way, 0)
            change = {row: steps * amount for row, amount in load.items()}
            for row, amount in self.load(one).items():
                change[row] = change.get(row, 0) - steps * amount
            if all(amount <= max(0, int(self.free[row])) for row, amount in change.items() if amount > 0):
                for row, amount in change.items():
                    self.free[row] -= amount
                self.moved.append(steps)
                self.steps[one] = 0
                return way
        return None

    def _with_legs(self, one: int, legs: Legs) -> Columns:
        """Return a consignment on another route."""
        found = self.columns.at(np.array([one]))
        lane, day = np.zeros((2, 1, LEGS), dtype=np.int16)
        for at, (on, departs) in enumerate(legs):
            lane[0, at], day[0, at] = on, departs
        on, departs = legs[-1]
        arrives = departs + self.whole.problem.lanes[on].days
        legs_in = np.array([len(legs)], dtype=np.int16)
        return Columns(
            found.pair,
            found.source,
            np.array([legs[0][1]], dtype=np.int16),
            np.array([arrives], dtype=np.int16),
            legs_in,
            lane,
            day,
        )

    def _routes(self, one: int, last: int, most: float) -> Iterator[tuple[float, Legs]]:
        """Yield routes of a consignment that cost less than `most` and arrive by a day, with their costs.

        Each leaves on its first open day from the day on which the consignment leaves now.
        """
        problem = self.whole.problem
        ways = self.whole.field.ground.ways
        steps = int(self.steps[one])
        tonnes = steps * self.tonnes[one]
        good = problem.goods[self.goods[one]]
        goal = problem.needs[self.need[one]].site
        start = problem.sources[int(self.columns.source[one])].site
        begins = int(self.columns.departs[one])
        open_routes: list[tuple[float, int, int, Legs]] = [(0.0, start, begins, ())]
        left = _LOOKED
        while open_routes and left:
            cost, site, day, legs = open_routes.pop()
            if site == goal and legs:
                yield cost, legs
                continue
            passed = {start, *(problem.lanes[lane].end for lane, _ in legs)}
            for number in ways.lanes[ways.first[site] : ways.first[site + 1]].tolist():
                lane = problem.lanes[number]
                if steps < lane.fewest_steps(good):
                    continue
                dearer = cost + lane.movement_cost + tonnes * lane.cost
                if lane.end in passed or dearer >= most or len(legs) == LEGS:
                    continue
                left = max(0, left - 1)
                able = np.flatnonzero(ways.open[day : max(day, last - lane.days + 1), number])
                # What leaves its site on another day may not be ready, or lack an approval.
                if len(able) and (legs or able[0] == 0):
                    leaves = day + int(able[0])
                    open_routes.append((dearer, lane.end, leaves + lane.days, (*legs, (number, leaves))))
