"""The mix: how much of each consignment found so far, and of each kit, is worth most, and at which prices."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from konvoi.plan.core.exact_mix import exact_mix
from konvoi.plan.core.field import Field
from konvoi.plan.core.first_order import Blocks, Point, scaled, steps, weight_of
from konvoi.plan.core.fitting import fitting
from konvoi.plan.core.links import Taken, broken, entries, taken_of
from konvoi.plan.core.pool import Columns, Matrix, arranged, matrix_of
from konvoi.plan.goal import Payoff
from konvoi.plan.limits import Limits
from konvoi.plan.links import NO_LINKS, Links
from konvoi.plan.net import Bools, Floats, Ints

_LEAST = 1e-9
_USED = 1e-9
_MANY = 2000
_MET = 1 - 1e-4
_DEAR = 10.0


@dataclass
class Programme:
    """The linear programme over the consignments found so far; kits come first among its unknowns.

    paid: value of one unit of each unknown; most: its largest number; amounts: units in the last mix, far:
    distance of each from paying then; y: the price of every row; links: rows of needs useful only in full,
    which only a mix that is solved to the end keeps.
    """

    limits: Limits
    field: Field
    payoff: Payoff
    columns: Columns
    matrix: Matrix
    marks: Ints
    paid: Floats
    most: Floats
    amounts: Floats
    far: Floats
    y: Floats
    links: Links = NO_LINKS

    @property
    def kits(self) -> int:
        """Return the number of kits among the unknowns."""
        return len(self.limits.problem.kits)

    @property
    def units(self) -> Floats:
        """Return the units of each consignment in the last mix."""
        return self.amounts[self.kits :]

    def add(self, more: Columns) -> int:
        """Add the consignments that are not there yet; return their number."""
        marks = more.marks()
        _, once = np.unique(marks, return_index=True)
        fresh = np.sort(once[~np.isin(marks[once], self.marks)])
        if not len(fresh):
            return 0
        new = more.at(fresh)
        self.columns, self.marks = self.columns.plus(new), np.concatenate([self.marks, marks[fresh]])
        self.matrix = _joined(self.matrix, matrix_of(self.field, new))
        self.paid = np.concatenate([self.paid, paid(self.field, self.payoff, new)])
        self.most = np.concatenate([self.most, _most(self.limits, self.field, new)])
        self.amounts = np.concatenate([self.amounts, np.zeros(len(new))])
        self.far = np.concatenate([self.far, np.zeros(len(new))])
        return len(new)

    def aim(self, payoff: Payoff, kits: Floats, most: Floats) -> None:
        """Pay otherwise from now on: for consignments, and for kits, of which there are at most so many."""
        self.payoff = payoff
        self.paid = np.concatenate([kits, paid(self.field, payoff, self.columns)])
        self.most[: self.kits] = np.maximum(most, _LEAST)
        self.amounts = np.minimum(self.amounts, self.most)

    def keep(self, chosen: Bools) -> None:
        """Let go of all consignments but the chosen."""
        every = np.concatenate([np.ones(self.kits, dtype=np.bool_), chosen])
        self.columns, self.marks = self.columns.at(chosen), self.marks[chosen]
        self.matrix = _picked(self.matrix, every)
        self.paid = self.paid[every]
        self.most = self.most[every]
        self.amounts = self.amounts[every]
        self.far = self.far[every]

    def purge(self, times: float) -> None:
        """Keep half of the consignments, those nearest to paying, if there are more than `times` a row."""
        rows = int(self._live().sum())
        if len(self.columns) <= times * rows:
            return
        used = self.units > _USED
        rank = np.argsort(np.where(used, -np.inf, self.far[self.kits :]), kind="stable")
        chosen = np.zeros(len(self.columns), dtype=np.bool_)
        chosen[rank[: max(int(times * rows / 2), int(used.sum()))]] = True
        self.keep(chosen)

    def mix(self, count: int) -> float:
        """Improve the mix by so many steps from the last one; return the value of its feasible part."""
        order, blocks = self._blocks()
        rows, local = self._apart(order)
        programme = scaled(local, self.paid[order], (self.limits.bounds[rows], self.most[order]), blocks)
        point = Point(
            self.amounts[order] / programme.columns, self.y[rows] / programme.rows, self.of_needs(self.y)
        )
        steps(programme, point, count, weight_of(programme, point))
        amounts = np.empty(len(order))
        y = np.zeros(len(self.limits.upper))
        amounts[order], y[rows] = point.x * programme.columns, point.y * programme.rows
        self._take(amounts, y, np.zeros(len(self.links.need)))
        return self._fitting()

    def solve(self, *, corner: bool = False) -> float:
        """Solve the mix to the end; return its value. corner: of as few consignments as possible."""
        rows, local = self.local()
        most = np.concatenate([self.most[: self.kits], np.full(len(self.columns), np.inf)])
        many = len(self.links.need)
        upper = np.concatenate([self.limits.bounds[rows], np.zeros(many)])
        paid = np.concatenate([self.paid, -self._dearest()])
        most = np.concatenate([most, np.full(many, np.inf)])
        found = exact_mix(self._linked(local, len(rows)), paid, upper, most, corner=corner)
        if found is None:
            return self.mix(_MANY)
        y = np.zeros(len(self.limits.upper))
        y[rows], own = np.split(found[1], [len(rows)])
        self._take(found[0][: len(self.paid)], y, own)
        return float(paid @ found[0])

    def of_needs(self, y: Floats) -> Floats:
        """The price of a unit of each need."""
        found: Floats = y[self._needs] * self._per_unit
        return found

    def without_needs(self, y: Floats) -> Floats:
        """Prices, those of needs at nothing."""
        free = y.copy()
        free[self._needs] = 0.0
        return free

    def local(self) -> tuple[Ints, Matrix]:
        """The rows of which anything is taken, and the matrix of these alone."""
        live = self._live()
        place = np.cumsum(live) - 1
        rows = np.flatnonzero(live)
        return rows, Matrix(self.matrix.first, place[self.matrix.row].astype(np.int32), self.matrix.amount)

    def link(self) -> int:
        """Add the rows of needs useful only in full that the mix breaks; return their number."""
        before = len(self.links.need)
        self.links = broken(self.links, self._taken(), self.amounts, self._only)
        return len(self.links.need) - before

    @property
    def in_part(self) -> float:
        """Return the value of what the mix sends to needs useful only in full that it does not meet."""
        pairs = self.field.ground.pairs
        need = pairs.need[self.columns.pair]
        worth = self.paid[self.kits :] * self.units
        share = self.units * pairs.ratio[self.columns.pair] / self.field.ground.wants.quantity[need]
        met = np.bincount(need, share, minlength=len(self._needs))[self._only]
        return float(np.bincount(need, worth, minlength=len(self._needs))[self._only][met < _MET].sum())

    def _taken(self) -> Taken:
        """Return the use of all rows, with the need of each consignment."""
        pairs = self.field.ground.pairs
        need = pairs.need[self.columns.pair].astype(np.int64)
        share = pairs.ratio[self.columns.pair] / self.field.ground.wants.quantity[need]
        none = np.full(self.kits, -1, dtype=np.int64)
        bounds = self.limits.bounds
        return taken_of(
            self.matrix, np.concatenate([none, need]), np.concatenate([np.zeros(self.kits), share]), bounds
        )

    def _linked(self, matrix: Matrix, rows: int) -> Matrix:
        """Return a matrix of so many rows with the links as further rows, and an unknown to exceed each."""
        if not self.links:
            return matrix
        column, link, amount = entries(self.links, self._taken())
        every = np.arange(len(self.links.need))
        size = len(matrix.first) - 1
        columns = np.concatenate([np.repeat(np.arange(size), np.diff(matrix.first)), column, size + every])
        order = np.argsort(columns, kind="stable")
        return Matrix(
            np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=size + len(every)))]),
            np.concatenate([matrix.row, link + rows, every + rows])[order].astype(np.int32),
            np.concatenate([matrix.amount, amount, -np.ones(len(every))])[order],
        )

    def _dearest(self) -> Floats:
        """Return the most that each link may cost: prices of needs that get nothing would have no end."""
        pairs = self.field.ground.pairs
        need = pairs.need[self.columns.pair]
        unit = self.paid[self.kits :] / pairs.ratio[self.columns.pair]
        worth = np.zeros(len(self._needs))
        np.maximum.at(worth, need, unit * self.field.ground.wants.quantity[need])
        return _DEAR * np.maximum(worth, 0.0)[self.links.need]

    def _take(self, amounts: Floats, y: Floats, own: Floats) -> None:
        """Keep a new mix and its prices, those of needs such that nothing in the mix pays more."""
        self.amounts, self.y = amounts, self.without_needs(y)
        self.links = self.links._replace(price=own)
        pairs = self.field.ground.pairs
        need = pairs.need[self.columns.pair]
        ratio = pairs.ratio[self.columns.pair]
        price = np.zeros(len(self._needs))
        np.maximum.at(price, need, -self.reduced(self.y)[self.kits :] / ratio)
        self.y[self._needs] = price / self._per_unit
        self.far = self.reduced(self.y) * self.most

    def _live(self) -> Bools:
        """The rows of which anything is taken."""
        live = np.zeros(len(self.limits.upper), dtype=np.bool_)
        live[self.matrix.row] = True
        return live

    def _fitting(self) -> float:
        """Return the value of the feasible part of the mix."""
        bounds = self.limits.bounds
        return float(self.paid @ fitting(self.matrix, self.kits, self.amounts, self.most, bounds))

    def _blocks(self) -> tuple[Ints, Blocks]:
        """The unknowns need by need, kits first, and what those of each need share."""
        pairs = self.field.ground.pairs
        wants = self.field.ground.wants
        need = pairs.need[self.columns.pair]
        rank = np.argsort(need, kind="stable")
        first = self.kits + np.searchsorted(need[rank], np.arange(len(wants.quantity) + 1))
        share = np.concatenate([np.zeros(self.kits), pairs.ratio[self.columns.pair[rank]]])
        return np.concatenate([np.arange(self.kits), self.kits + rank]), Blocks(first, share, wants.quantity)

    def _apart(self, order: Ints) -> tuple[Ints, Matrix]:
        """The rows of which anything is taken, but those of needs, and the matrix of these, in order."""
        live = self._live()
        live[self._needs] = False
        place = np.where(live, np.cumsum(live) - 1, -1).astype(np.int32)
        return np.flatnonzero(live), arranged(self.matrix, order, place)

    @cached_property
    def _only(self) -> Ints:
        """The numbers of the needs useful only in full."""
        return np.flatnonzero([need.whole for need in self.limits.problem.needs])

    @cached_property
    def _needs(self) -> Ints:
        """The row of each need."""
        return np.array(
            [self.limits.served[n][0][0] for n in range(len(self.limits.problem.needs))], np.int64
        )

    @cached_property
    def _per_unit(self) -> Floats:
        """Return the amount that one unit of each need counts in its row."""
        return np.array([self.limits.served[n][0][1] / 10**9 for n in range(len(self.limits.problem.needs))])

    def reduced(self, y: Floats) -> Floats:
        """Return the cost of each unknown at prices of rows, less its payment."""
        first, row, amount = self.matrix
        costs = np.concatenate([[0.0], np.cumsum(amount * y[row])])
        found: Floats = costs[first[1:]] - costs[first[:-1]] - self.paid
        if self.links and self.links.price.any():
            column, link, amount = entries(self.links, self._taken())
            found += np.bincount(column, amount * self.links.price[link], minlength=len(found))
        return found


def programme_of(limits: Limits, field: Field, payoff: Payoff, columns: Columns) -> Programme:
    """A programme that knows some consignments."""
    problem = limits.problem
    found = Programme(
        limits=limits,
        field=field,
        payoff=payoff,
        columns=columns.at(np.zeros(0, dtype=np.int64)),
        matrix=_kits(limits),
        marks=np.zeros(0, dtype=np.int64),
        paid=np.array([kit.weight / 10**6 for kit in problem.kits]),
        most=np.array([max(float(kit.most), _LEAST) for kit in problem.kits]),
        amounts=np.zeros(len(problem.kits)),
        far=np.zeros(len(problem.kits)),
        y=np.zeros(len(limits.upper)),
    )
    found.add(columns)
    return found


def paid(field: Field, payoff: Payoff, columns: Columns) -> Floats:
    """Return the payment for one unit of each consignment, less its cost."""
    pairs = field.ground.pairs
    need = pairs.need[columns.pair]
    used = np.arange(columns.lane.shape[1]) < columns.legs[:, None]
    haul = np.where(used, payoff.haul[columns.lane] if len(payoff.haul) else 0.0, 0.0).sum(axis=1)
    arrival = payoff.arrival[need, columns.arrives] * pairs.ratio[columns.pair]
    found: Floats = arrival + payoff.source[columns.source] + haul * pairs.loads[columns.pair, 1]
    return found


def _most(limits: Limits, field: Field, columns: Columns) -> Floats:
    """Return the largest number of units of each consignment, by its need and its source."""
    pairs = field.ground.pairs
    wants = field.ground.wants
    asked = wants.quantity[pairs.need[columns.pair]] / pairs.ratio[columns.pair]
    held = np.array(
        [np.inf if one.quantity is None else one.quantity / 10**6 for one in limits.problem.sources]
    )
    found: Floats = np.maximum(np.minimum(asked, held[columns.source]), _LEAST)
    return found


def _kits(limits: Limits) -> Matrix:
    """Return the use of each of its rows by one kit."""
    terms = [limits.kit.get(number, ()) for number in range(len(limits.problem.kits))]
    flat = [term for each in terms for term in each]
    return Matrix(
        first=np.cumsum([0, *(len(each) for each in terms)]),
        row=np.array([row for row, _ in flat], dtype=np.int32),
        amount=np.array([factor / 10**9 for _, factor in flat]),
    )


def _joined(one: Matrix, more: Matrix) -> Matrix:
    """The columns of one, then of the other."""
    return Matrix(
        np.concatenate([one.first, one.first[-1] + more.first[1:]]),
        np.concatenate([one.row, more.row]),
        np.concatenate([one.amount, more.amount]),
    )


def _picked(matrix: Matrix, chosen: Bools) -> Matrix:
    """Some columns."""
    sizes = np.diff(matrix.first)
    entries = np.repeat(chosen, sizes)
    return Matrix(
        np.concatenate([[0], np.cumsum(sizes[chosen])]), matrix.row[entries], matrix.amount[entries]
    )
