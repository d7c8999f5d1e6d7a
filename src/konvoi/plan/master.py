"""The restricted master: the linear programme over the consignments found so far, solved by HiGHS."""

from dataclasses import dataclass, field

import highspy
import numpy as np

from konvoi.plan.column import Column
from konvoi.plan.goal import Payoff
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "parallel": "off",
    "solver": "ipm",
    "run_crossover": "off",
    "ipm_optimality_tolerance": 1e-4,
}

_MANY, _KEPT = 3, 2
"""From how many columns a row on some are let go, and how many a row are kept."""


@dataclass
class Master:
    """Grows by columns; a row enters when the first column uses it. Kits are columns from the start.

    mixed: the columns of the last mix, and cost: how far each was from paying.
    """

    limits: Limits
    payoff: Payoff
    scale: float
    highs: highspy.Highs = field(default_factory=highspy.Highs)
    columns: list[Column] = field(default_factory=list)
    mixed: list[Column] = field(default_factory=list)
    cost: Floats = field(default_factory=lambda: np.zeros(0))
    rows: list[int] = field(default_factory=list)
    row_of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set the solver up, and add the kits."""
        for name, setting in _OPTIONS.items():
            self.highs.setOptionValue(name, setting)
        problem = self.limits.problem
        entries = [
            [(row, factor / 10**9) for row, factor in self.limits.kit.get(k, ())]
            for k in range(len(problem.kits))
        ]
        costs = [-self.scale * kit.weight / 10**6 for kit in problem.kits]
        self._add(entries, costs, [float(kit.most) for kit in problem.kits])

    def add(self, columns: list[Column]) -> int:
        """Add the consignments that are not there yet; gives back how many."""
        self._purge()
        known = set(self.columns)
        new = [c for c in dict.fromkeys(columns) if c not in known]
        self._add(
            [self.limits.of_unit(column) for column in new],
            [-self.scale * paid(self.limits, self.payoff, column) for column in new],
            [highspy.kHighsInf] * len(new),
        )
        self.columns += new
        return len(new)

    def _purge(self) -> None:
        """Where there are many more columns than rows, let go of those that are furthest from paying."""
        kits, most = len(self.limits.problem.kits), _KEPT * len(self.rows)
        if len(self.columns) != len(self.cost) or len(self.columns) <= _MANY * len(self.rows):
            return
        far = np.sort(np.argsort(self.cost, kind="stable")[most:])
        self.highs.deleteCols(len(far), (far + kits).astype(np.int32))
        gone = set(far.tolist())
        self.columns = [column for number, column in enumerate(self.columns) if number not in gone]
        self.cost = np.zeros(0)

    def _add(self, entries: list[list[tuple[int, float]]], costs: list[float], most: list[float]) -> None:
        """Add columns to the solver, and before them the rows that they are the first to use."""
        if not entries:
            return
        fresh = sorted({row for column in entries for row, _ in column} - set(self.row_of))
        for row in fresh:
            self.row_of[row] = len(self.rows)
            self.rows.append(row)
            self.highs.addRow(
                -highspy.kHighsInf, self.limits.bounds[row], 0, np.empty(0, np.int32), np.empty(0)
            )
        starts = np.cumsum([0] + [len(column) for column in entries[:-1]]).astype(np.int32)
        index = np.array([self.row_of[row] for column in entries for row, _ in column], dtype=np.int32)
        amount = np.array([amount for column in entries for _, amount in column], dtype=np.float64)
        size = len(entries)
        self.highs.addCols(
            size, np.array(costs), np.zeros(size), np.array(most), len(index), starts, index, amount
        )

    def solve(self, *, corner: bool = False) -> tuple[float, Floats, Floats]:
        """The value of the best mix, how many units of each column it sends, and the price of every row.

        corner: a mix of as few consignments as there are rows, instead of one between all that are as good.
        """
        self.highs.setOptionValue("run_crossover", "on" if corner else "off")
        self.highs.run()
        solution = self.highs.getSolution()
        y = np.zeros(len(self.limits.upper))
        y[self.rows] = np.maximum(0.0, -np.array(solution.row_dual)) / self.scale
        kits = len(self.limits.problem.kits)
        sent = np.maximum(0.0, np.array(solution.col_value)[kits:])
        self.mixed, self.cost = list(self.columns), np.array(solution.col_dual)[kits:]
        return -self.highs.getInfo().objective_function_value / self.scale, sent, y


def paid(limits: Limits, payoff: Payoff, column: Column) -> float:
    """What one unit of a consignment is paid, less what it costs."""
    problem = limits.problem
    tonnes = problem.goods[problem.sources[column.source].good].tonnes / 10**9
    haul = sum(payoff.haul[lane] for lane, _ in column.legs)
    arrival = payoff.arrival[column.need, column.arrives] * column.ratio / 10**6
    return float(arrival + payoff.source[column.source] + haul * tonnes)
