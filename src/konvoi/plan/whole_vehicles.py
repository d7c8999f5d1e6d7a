"""Whole vehicles: where a lane says what a vehicle carries, each consignment takes whole ones of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from konvoi.plan.change_limit import Side, few_changes
from konvoi.plan.column import Column
from konvoi.plan.core.field import LEGS
from konvoi.plan.core.filling import FILL, PUT, play
from konvoi.plan.core.pool import Columns, columns_of, consignments
from konvoi.plan.core.whole import Sent, Whole, brought, lines_of, put, sent, taped, worth
from konvoi.plan.exact import micro
from konvoi.plan.greedy import density
from konvoi.plan.layout import limits
from konvoi.plan.limits import Limits
from konvoi.plan.parts import Good, Kit, Lane
from konvoi.plan.problem import Problem
from konvoi.plan.repair import trimmed
from konvoi.plan.value import Delivery, full, kits_of, of_need
from konvoi.plan.value import whole as whole_kits
from konvoi.plan.world import world
from konvoi.plan.write import legs, movements

FEW = 400
"""Consignments of a problem up to which the best plan in whole vehicles is computed exactly."""

_ROUNDS = 2
_SINGLE = 60
_LOOKED = 5_000
"""Rounds in which a plan is filled up again, the number of needs that are filled one by one, and of legs
looked at for all possible consignments."""

_WEEK = 7
_TONNES, _PALLETS = 1, 2

Legs = tuple[tuple[int, int], ...]


def counts_vehicles(problem: Problem) -> bool:
    """Return True if any lane says what a vehicle carries."""
    return any(lane.counts_vehicles for lane in problem.lanes)


def in_vehicles(whole: Whole, plans: Sequence[Sent]) -> Sent:
    """Return the best plan that keeps every limit where lanes and sites count whole vehicles.

    plans: where the search for it begins. Of few possible consignments the best plan is computed; else plans
    are cut until no limit is broken, and filled up again.
    """
    rows = limits(whole.problem)
    nothing = plans[0][0].at(np.zeros(0, dtype=np.int64)), np.zeros(0, dtype=np.int64)
    begun = [_mended(whole, rows, plan) for plan in plans]
    begun = [max(begun, key=lambda plan: worth(whole, plan)), nothing]
    best = max((_completed(whole, rows, plan) for plan in begun), key=lambda plan: worth(whole, plan))
    known = [column for plan in (*plans, best) for column in consignments(whole.problem, plan[0])]
    exact = _exact(whole, known)
    return exact if exact is not None and worth(whole, exact) > worth(whole, best) else best


def counted(lane: Lane, good: Good, steps: int) -> list[int]:
    """Return what steps of a good count as on a lane, in the order of USES and parts of 10^-15."""
    loads = [load * good.step * steps for load in good.loads]
    sizes = ((_TONNES, lane.vehicle_tonnes), (_PALLETS, lane.vehicle_pallets))
    stated = [(use, size * 10**9) for use, size in sizes if size]
    vehicles = max((-(-loads[use] // size) for use, size in stated), default=0)
    for use, size in stated:
        loads[use] = vehicles * size
    return loads


@dataclass
class _Fleet:
    """A plan in vehicles; steps: of each consignment; total: use of each row of lanes and sites."""

    whole: Whole
    rows: Limits
    arrays: Columns
    columns: Sequence[Column]
    pairs: Sequence[int]
    steps: list[int]
    total: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count the use of all rows."""
        for at, steps in enumerate(self.steps):
            self._count(at, steps, 1)

    def _count(self, at: int, steps: int, sign: int) -> None:
        for row, amount in self.use(at, steps).items():
            self.total[row] = self.total.get(row, 0) + sign * amount

    def set(self, at: int, steps: int) -> None:
        """Send so many steps of a consignment."""
        self._count(at, self.steps[at], -1)
        self._count(at, steps, 1)
        self.steps[at] = steps

    def use(self, at: int, steps: int) -> dict[int, int]:
        """Return the use of rows of lanes and sites by steps of a consignment."""
        found: dict[int, int] = {}
        good = self.good(at)
        for lane, terms in self._places[at]:
            loads = counted(lane, good, steps)
            for row, use, factor in terms:
                found[row] = found.get(row, 0) + factor * loads[use]
        return found

    def good(self, at: int) -> Good:
        """Return the good of a consignment."""
        problem = self.whole.problem
        return problem.goods[problem.sources[self.columns[at].source].good]

    @cached_property
    def _places(self) -> list[list[tuple[Lane, tuple[tuple[int, int, int], ...]]]]:
        """Return the terms of each place that a consignment passes, with the lane of its vehicles."""
        problem = self.whole.problem
        found = []
        for column in self.columns:
            mine = []
            for number, (on, day) in enumerate(column.legs):
                lane = problem.lanes[on]
                if not number:
                    mine.append((lane, self.rows.site.get((lane.start, day // _WEEK), ())))
                mine.append((lane, self.rows.lane.get((on, day // _WEEK), ())))
                mine.append((lane, self.rows.site.get((lane.end, (day + lane.days) // _WEEK), ())))
            found.append(mine)
        return found

    @cached_property
    def _of_need(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, column in enumerate(self.columns):
            found.setdefault(column.need, []).append(at)
        return found

    @cached_property
    def _kits(self) -> dict[int, list[Kit]]:
        return kits_of(self.whole.problem)

    def brings(self, at: int) -> int:
        """Return what a step brings, in parts of 10^-12."""
        return self.whole.problem.pairs[self.pairs[at]].ratio * self.good(at).step

    def there(self, need: int) -> list[Delivery]:
        """Return the deliveries to a need."""
        return [
            Delivery(need, self.steps[at] * self.brings(at), self.columns[at].arrives)
            for at in self._of_need.get(need, ())
        ]

    def value(self, need: int) -> int:
        """Return the value of a need and of the kits that it belongs to."""
        problem = self.whole.problem
        total = of_need(problem, need, self.there(need))
        for kit in self._kits.get(need, ()):
            there = {part: self.there(part) for part, _ in kit.parts}
            total += kit.weight * 10**18 * whole_kits(problem, kit, there)
        return total

    def over(self) -> list[int]:
        """Return the rows of which more is used than there is."""
        return sorted(row for row, amount in self.total.items() if amount > self.rows.upper[row])

    def cut(self) -> None:
        """Cut consignments by whole vehicles until no row is exceeded, those first that lose least."""
        while over := self.over():
            row = over[0]
            able = [at for at, steps in enumerate(self.steps) if steps and self.use(at, steps).get(row)]
            _, at, steps = min(self._loss(at, row) for at in able)
            self.set(at, steps)

    def _loss(self, at: int, row: int) -> tuple[float, int, int]:
        """Return the value lost for room won by one vehicle less, with the consignment and its steps then."""
        now = self.steps[at]
        used = self.use(at, now)[row]
        least, most = 0, now
        while most - least > 1:
            middle = (least + most) // 2
            if self.use(at, middle)[row] < used:
                least = middle
            else:
                most = middle
        need = self.columns[at].need
        before = self.value(need)
        self.steps[at] = least
        lost = before - self.value(need)
        self.steps[at] = now
        return lost / (used - self.use(at, least)[row]), at, least

    def top_up(self) -> None:
        """Send more with the consignments that are sent, the densest needs first, where there is room."""
        room = self.whole.room
        plan = self.arrays, np.array(self.steps, dtype=np.int64)
        free = put(self.whole, plan).room.free
        rank = {need: place for place, need in enumerate(density(self.whole.problem))}
        for at in sorted(range(len(self.steps)), key=lambda at: (rank[self.columns[at].need], at)):
            column = self.columns[at]
            if not self.steps[at]:
                continue
            lacks = self.whole.problem.needs[column.need].quantity * 10**6
            lacks -= sum(one.served for one in self.there(column.need))
            most = max(0, lacks // self.brings(at))
            own = room.own[room.own_first[column.source] : room.own_first[column.source + 1]].tolist()
            for row, amount, _ in own:
                most = min(most, max(0, int(free[row])) // amount)
            more = self._more(at, most)
            if more:
                self.set(at, self.steps[at] + more)
                for row, amount, _ in own:
                    free[row] -= more * amount

    def _more(self, at: int, most: int) -> int:
        """Return the steps, at most so many, by which a consignment may grow."""
        least = 0
        above = most + 1
        now = self.use(at, self.steps[at])
        while above - least > 1:
            middle = (least + above) // 2
            use = self.use(at, self.steps[at] + middle)
            if all(self.total[row] - now[row] + use[row] <= self.rows.upper[row] for row in use):
                least = middle
            else:
                above = middle
        return least


def _fleet(whole: Whole, rows: Limits, plan: Sent) -> _Fleet:
    found = consignments(whole.problem, plan[0])
    return _Fleet(whole, rows, plan[0], found, plan[0].pair.tolist(), plan[1].tolist())


def _mended(whole: Whole, rows: Limits, plan: Sent) -> Sent:
    """Return a plan that keeps every limit in whole vehicles."""
    plan = sent(put(whole, plan))
    fleet = _fleet(whole, rows, plan)
    fleet.cut()
    fleet.top_up()
    steps = np.array(fleet.steps, dtype=np.int64)
    kept = np.flatnonzero(steps)
    return trimmed(whole, (plan[0].at(kept), steps[kept]))


def _completed(whole: Whole, rows: Limits, plan: Sent) -> Sent:
    """Return a plan, filled up need by need, the densest first; of very many needs all at once."""
    order = density(whole.problem)
    groups = [tuple(order)]
    if len(order) <= _SINGLE:
        kits = {
            need: tuple(dict.fromkeys(part for kit in mine for part, _ in kit.parts))
            for need, mine in kits_of(whole.problem).items()
        }
        groups = list(dict.fromkeys(kits.get(need, (need,)) for need in order))
    best = plan
    for _ in range(_ROUNDS):
        before = worth(whole, best)
        for group in groups:
            there = brought(whole, best)
            if all(full(whole.problem.needs[need], there.get(need, ())) for need in group):
                continue
            more = _mended(whole, rows, _filled(whole, rows, best, group))
            best = more if worth(whole, more) > worth(whole, best) else best
        if worth(whole, best) <= before:
            break
    return best


def _filled(whole: Whole, rows: Limits, plan: Sent, group: Sequence[int]) -> Sent:
    """Return a plan in which some needs are filled up, in whole vehicles of the room that is left."""
    fleet = _fleet(whole, rows, plan)
    extra: dict[int, int] = {}
    for at, steps in enumerate(fleet.steps):
        exact = fleet.rows.of_step(fleet.columns[at])
        part = dict(exact)
        for row, amount in fleet.use(at, steps).items():
            extra[row] = extra.get(row, 0) + amount - steps * part.get(row, 0)
    mix = lines_of(whole, *plan)
    needs = range(len(whole.problem.needs))
    tape = taped([*((PUT, need) for need in needs), *((FILL, need) for need in group)])
    whole_parts = _vehicle_parts(whole, rows)
    slots = 1024 + 4 * len(needs) + len(mix.lines)
    while True:
        there = whole.world(slots)
        for row, amount in extra.items():
            there.room.free[row] -= -(-amount // whole.units.of(row))
        for row, vehicle in whole_parts.items():
            # The room of what is sent is taken before a rest that is no whole vehicle is closed.
            used = fleet.total.get(row, 0) - extra.get(row, 0)
            left = int(there.room.free[row]) - -(-used // whole.units.of(row))
            there.room.free[row] -= left % vehicle if left > 0 else 0
        play(there, mix.first, mix.lines, tape)
        if not there.log.tally[2]:
            return sent(there)
        slots *= 2


def _vehicle_parts(whole: Whole, rows: Limits) -> dict[int, int]:
    """Return the parts of a row that the smallest vehicle takes, where only whole ones count in it."""
    problem = whole.problem
    touching: dict[int, list[Lane]] = {}
    for lane in problem.lanes:
        for site in (lane.start, lane.end):
            touching.setdefault(site, []).append(lane)
    found: dict[int, int] = {}
    placed = [(terms, [problem.lanes[lane]]) for (lane, _), terms in rows.lane.items()]
    placed += [(terms, touching.get(site, [])) for (site, _), terms in rows.site.items()]
    for terms, lanes in placed:
        for row, use, factor in terms:
            if use not in (_TONNES, _PALLETS) or not lanes:
                continue
            size = min(lane.vehicle_tonnes if use == _TONNES else lane.vehicle_pallets for lane in lanes)
            part = factor * size * 10**9 // whole.units.of(row)
            if part:
                found[row] = part
    return found


def _exact(whole: Whole, known: Sequence[Column]) -> Sent | None:
    """Return the best plan of all possible consignments in whole vehicles; None if there are too many."""
    problem = whole.problem
    found = set(known)
    looked = [0]
    for column in _possible(whole, looked):
        found.add(column)
        if len(found) > FEW:
            return None
    if looked[0] >= _LOOKED:
        return None
    most = {column: _most(problem, column) for column in sorted(found)}
    taken = {column: steps for column, steps in most.items() if steps}
    moved, names = movements(problem, taken)
    by_name = {name: column for column, name in names.items()}
    ways: dict[str, list[dict[str, object]]] = {}
    for leg in legs(problem, taken, names).iter_rows(named=True):
        ways.setdefault(leg["movement"], []).append(leg)
    moves = {}
    for row in moved.iter_rows(named=True):
        source = problem.sources[by_name[row["movement"]].source]
        moves[row["movement"]] = row | {"_from": problem.sites[source.site].id}
    here = world(problem.tables, problem.states, problem.offer_states)
    chosen = few_changes(
        here, Side({}, {}), Side(moves, ways), (), broken=(), most=None, cost=Decimal(0)
    ).moves
    steps = {}
    for move in chosen:
        column = by_name[move["movement"]]
        steps[column] = micro(move["quantity"]) // problem.goods[problem.sources[column.source].good].step
    count = np.array([steps[one] for one in sorted(steps)], dtype=np.int64)
    return trimmed(whole, (columns_of(problem, steps), count))


def _most(problem: Problem, column: Column) -> int:
    """Return the most steps of a consignment, by its need and its source."""
    source = problem.sources[column.source]
    step = problem.goods[source.good].step
    most = -(-problem.needs[column.need].quantity * 10**6 // (column.ratio * step))
    return most if source.quantity is None else min(most, source.quantity // step)


def _possible(whole: Whole, looked: list[int]) -> Iterator[Column]:
    """Yield the consignments of a problem: by each route, in each combination of weeks as early as possible.

    looked: the legs looked at, counted up; after _LOOKED of them the search ends.
    """
    problem = whole.problem
    pairs = whole.field.ground.pairs
    for number, pair in enumerate(problem.pairs):
        need = problem.needs[pair.need]
        for source in pairs.sources[pairs.first[number] : pairs.first[number + 1]].tolist():
            for way in _routes(whole, (source, need.site, need.last), looked):
                on, day = way[-1]
                arrives = day + problem.lanes[on].days
                yield Column(pair.need, source, way, way[0][1], arrives, pair.ratio)


def _routes(whole: Whole, ask: tuple[int, int, int], looked: list[int]) -> Iterator[Legs]:
    """Yield the routes for (source, goal, last day)."""
    source, goal, last = ask
    problem = whole.problem
    ways = whole.field.ground.ways
    start = problem.sources[source].site
    if start == goal:
        return
    ready = whole.field.ground.stock.open[source]
    waiting: list[tuple[int, int, Legs]] = [(start, 0, ())]
    while waiting and looked[0] < _LOOKED:
        site, day, done = waiting.pop()
        if site == goal:
            yield done
            continue
        passed = {start, *(problem.lanes[on].end for on, _ in done)}
        for on in ways.lanes[ways.first[site] : ways.first[site + 1]].tolist():
            lane = problem.lanes[on]
            if lane.end in passed or len(done) == LEGS:
                continue
            looked[0] += 1
            weeks: set[tuple[int, int]] = set()
            for leaves in range(day, last - lane.days + 1):
                when = (leaves // _WEEK, (leaves + lane.days) // _WEEK)
                if when not in weeks and ways.open[leaves, on] and (done or ready[leaves]):
                    weeks.add(when)
                    waiting.append((lane.end, leaves + lane.days, (*done, (on, leaves))))
