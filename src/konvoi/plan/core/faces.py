"""A programme solved for one goal after the other, each among the optima of the earlier ones.

After each goal unknowns that its reduced costs hold at a bound are fixed there, rows with a price are held:
what is left is the face of the best. Solutions are corners, so that their prices are clear.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np

from konvoi.plan.core.highs import solver
from konvoi.plan.core.pool import Matrix
from konvoi.plan.goal import Level, Row
from konvoi.plan.net import Floats

_CLEAR = 1e-7


@dataclass
class Faces:
    """The programme, in the state of the last goal; unknowns: number at the start."""

    highs: highspy.Highs
    unknowns: int

    def descend(self, level: Level, first: int) -> bool:
        """Minimise a goal's cost and fix the result; its cost is of unknowns from `first` on.

        False if HiGHS does not finish: then nothing was fixed, and the amounts are not to be used.
        """
        total = self.highs.getNumCol()
        self._cost(np.zeros(total))
        for one in level.further:
            self.highs.addCol(one, 0.0, highspy.kHighsInf, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        costs = np.zeros(self.highs.getNumCol())
        costs[first : self.unknowns], costs[total:] = level.cost, level.further
        self._cost(costs / max(float(np.abs(costs).max(initial=0.0)), 1e-12))
        for row in level.rows:
            self.hold(row, first, total)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self._hold()
        return True

    def amounts(self) -> Floats:
        """Return the amount of each unknown."""
        found: Floats = np.maximum(0.0, np.array(self.highs.getSolution().col_value))[: self.unknowns]
        return found

    def _cost(self, costs: Floats) -> None:
        every = np.arange(len(costs), dtype=np.int32)
        self.highs.changeColsCost(len(costs), every, costs)

    def hold(self, row: Row, first: int = 0, total: int = 0) -> None:
        """Add a sum that is to hold; it counts unknowns from `first` on, further ones from `total` on."""
        index = np.concatenate([row.at + first, [total + number for number, _ in row.further]])
        value = np.concatenate([row.each, [one for _, one in row.further]])
        least = max(row.least, -highspy.kHighsInf)
        most = min(row.most, highspy.kHighsInf)
        self.highs.addRow(least, most, len(index), index.astype(np.int32), value.astype(float))

    def _hold(self) -> None:
        """Fix what the goal's costs hold at a bound."""
        solution = self.highs.getSolution()
        model = self.highs.getLp()
        held = np.flatnonzero(np.abs(np.array(solution.col_dual)) > _CLEAR).astype(np.int32)
        at = np.array(solution.col_value)[held]
        self.highs.changeColsBounds(len(held), held, at, at)
        for row in np.flatnonzero(np.abs(np.array(solution.row_dual)) > _CLEAR).tolist():
            price = solution.row_dual[row]
            end = model.row_lower_[row] if price > 0 else model.row_upper_[row]
            self.highs.changeRowBounds(row, end, end)


def faces_of(matrix: Matrix, within: tuple[Floats, Floats], upper: Floats, held: Iterable[Row]) -> Faces:
    """A programme with no more of each row than `upper`, and sums over unknowns that are held.

    within: of each unknown at least and at most so much.
    """
    highs = solver(solver="simplex")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(within[0]), len(upper)
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(len(within[0])), *within
    model.row_lower_, model.row_upper_ = np.full(len(upper), -np.inf), upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.first
    model.a_matrix_.index_ = matrix.row
    model.a_matrix_.value_ = matrix.amount
    highs.passModel(model)
    found = Faces(highs, len(within[0]))
    for row in held:
        found.hold(row)
    return found
