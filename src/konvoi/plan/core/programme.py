"""The mix: how much of each consignment found so far, and of each kit, is worth most, and at which prices."""

from dataclasses import dataclass

import numpy as np

from konvoi.plan.core.exact_mix import exact_mix
from konvoi.plan.core.field import Field
from konvoi.plan.core.first_order import scaled, steps
from konvoi.plan.core.pool import Columns, Matrix, matrix_of
from konvoi.plan.goal import Payoff
from konvoi.plan.limits import Limits
from konvoi.plan.net import Bools, Floats, Ints

_LEAST = 1e-9
_USED = 1e-9
_MANY = 2000
_WEIGHTS = (0.1, 200.0)
"""The weight of the primal side stays between: beyond, one side stands still and the mix comes apart."""


@dataclass
class Programme:
    """The linear programme over the consignments found so far; kits come first among its unknowns.

    paid: what one unit of each unknown brings; most: how many there can be; amounts: units in the last mix,
    far: how far each then was from paying; y: the price of every row; weight: of the primal side.
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
    weight: float = 1.0

    @property
    def kits(self) -> int:
        """How many of the unknowns are kits."""
        return len(self.limits.problem.kits)

    @property
    def units(self) -> Floats:
        """How many units of each consignment the last mix sends."""
        return self.amounts[self.kits :]

    def add(self, more: Columns) -> int:
        """Add the consignments that are not there yet; gives back how many."""
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
        self.paid, self.most = self.paid[every], self.most[every]
        self.amounts, self.far = self.amounts[every], self.far[every]

    def purge(self, times: float) -> None:
        """Where there are more than so many consignments a row, keep half: those nearest to paying."""
        rows = int(self._live().sum())
        if len(self.columns) <= times * rows:
            return
        used = self.units > _USED
        rank = np.argsort(np.where(used, -np.inf, self.far[self.kits :]), kind="stable")
        chosen = np.zeros(len(self.columns), dtype=np.bool_)
        chosen[rank[: max(int(times * rows / 2), int(used.sum()))]] = True
        self.keep(chosen)

    def mix(self, count: int) -> float:
        """Improve the mix by so many steps from the last one; gives back what it brings, less any excess."""
        rows, local = self.local()
        programme = scaled(local, -self.paid, self.limits.bounds[rows], self.most)
        x, y = self.amounts / programme.columns, self.y[rows] / programme.rows
        if not len(rows):
            return 0.0
        size = _size(programme.c) / _size(programme.b)
        weight = steps(programme, x, y, count, self.weight * size) / size
        self.weight = min(max(weight, _WEIGHTS[0]), _WEIGHTS[1])
        return self._take(x * programme.columns, rows, y * programme.rows) - self._excess()

    def solve(self, *, corner: bool = False) -> float:
        """Solve the mix to the end; gives back what it brings. corner: of as few consignments as may be."""
        rows, local = self.local()
        most = np.concatenate([self.most[: self.kits], np.full(len(self.columns), np.inf)])
        found = exact_mix(local, self.paid, self.limits.bounds[rows], most, corner=corner)
        if found is None:
            return self.mix(_MANY)
        return self._take(found[0], rows, found[1])

    def local(self) -> tuple[Ints, Matrix]:
        """The rows of which anything is taken, and the matrix of these alone."""
        live = self._live()
        place = np.cumsum(live) - 1
        rows = np.flatnonzero(live)
        return rows, Matrix(self.matrix.first, place[self.matrix.row].astype(np.int32), self.matrix.amount)

    def _take(self, amounts: Floats, rows: Ints, prices: Floats) -> float:
        """Keep a new mix and its prices; gives back what it brings."""
        self.amounts, self.y = amounts, np.zeros(len(self.limits.upper))
        self.y[rows] = prices
        self.far = self._reduced() * self.most
        return float(self.paid @ amounts)

    def _live(self) -> Bools:
        """The rows of which anything is taken."""
        live = np.zeros(len(self.limits.upper), dtype=np.bool_)
        live[self.matrix.row] = True
        return live

    def _excess(self) -> float:
        """What the mix takes more of rows than there is, at their prices."""
        sizes = np.diff(self.matrix.first)
        taken = np.bincount(
            self.matrix.row,
            self.matrix.amount * np.repeat(self.amounts, sizes),
            minlength=len(self.limits.upper),
        )
        return float(np.maximum(taken - self.limits.bounds, 0.0) @ self.y)

    def _reduced(self) -> Floats:
        """What each unknown costs at the rows' prices more than it brings."""
        first, row, amount = self.matrix
        costs = np.concatenate([[0.0], np.cumsum(amount * self.y[row])])
        found: Floats = costs[first[1:]] - costs[first[:-1]] - self.paid
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
    """What one unit of each consignment is paid, less what it costs."""
    pairs = field.ground.pairs
    need = pairs.need[columns.pair]
    used = np.arange(columns.lane.shape[1]) < columns.legs[:, None]
    haul = np.where(used, payoff.haul[columns.lane] if len(payoff.haul) else 0.0, 0.0).sum(axis=1)
    arrival = payoff.arrival[need, columns.arrives] * pairs.ratio[columns.pair]
    found: Floats = arrival + payoff.source[columns.source] + haul * pairs.loads[columns.pair, 1]
    return found


def _most(limits: Limits, field: Field, columns: Columns) -> Floats:
    """How many units of each consignment there can be at most: of its need, and of its source."""
    pairs, wants = field.ground.pairs, field.ground.wants
    asked = wants.quantity[pairs.need[columns.pair]] / pairs.ratio[columns.pair]
    held = np.array(
        [np.inf if one.quantity is None else one.quantity / 10**6 for one in limits.problem.sources]
    )
    found: Floats = np.maximum(np.minimum(asked, held[columns.source]), _LEAST)
    return found


def _size(numbers: Floats) -> float:
    """The length of a vector, never zero."""
    return max(float(np.linalg.norm(numbers)), _LEAST)


def _kits(limits: Limits) -> Matrix:
    """What one kit takes of each of its rows."""
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
