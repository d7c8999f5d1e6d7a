"""The textbook model of the same problem: flows of each kind of good on each lane and day, in HiGHS.

Used beside the planner in bench/plan.py: its optimum in any parts of units is what the bound tends to.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import highspy
import numpy as np

from konvoi.plan.goals.coverage import MEMBER as COVERAGE
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net

Cell = tuple[object, ...]


@dataclass
class Model:
    """Columns with what they are paid, and what they add to named rows; rows balance or are limited."""

    paid: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    amount: list[float] = field(default_factory=list)
    rows: dict[Cell, int] = field(default_factory=dict)

    def column(self, paid: float, entries: dict[Cell, float], most: float = highspy.kHighsInf) -> None:
        """Add a column."""
        self.paid.append(paid)
        self.most.append(most)
        self.starts.append(len(self.index))
        for cell, amount in entries.items():
            self.index.append(self.rows.setdefault(cell, len(self.rows)))
            self.amount.append(amount)

    def optimum(self, upper: dict[Cell, float]) -> float:
        """The highest value: rows that `upper` does not name balance to zero."""
        lp, size = highspy.HighsLp(), len(self.paid)
        lp.num_col_, lp.num_row_ = size, len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = -np.array(self.paid), np.zeros(size), np.array(self.most)
        lp.row_lower_ = np.array([-highspy.kHighsInf if cell in upper else 0.0 for cell in self.rows])
        lp.row_upper_ = np.array([upper.get(cell, 0.0) for cell in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.array([*self.starts, len(self.index)])
        lp.a_matrix_.index_, lp.a_matrix_.value_ = np.array(self.index), np.array(self.amount)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, setting in (("output_flag", False), ("threads", 1), ("solver", "ipm")):
            solver.setOptionValue(name, setting)
        solver.passModel(lp)
        solver.run()
        return -float(solver.getInfo().objective_function_value)


def optimum(net: Net, limits: Limits) -> float:
    """The best value in any parts of units, by flows on arcs. No need may lie where something starts."""
    model = Model()
    kinds = _kinds(net)
    _lanes(net, limits, model, sorted(set(kinds.values())))
    _sources(net, limits, model, kinds)
    _needs(net, limits, model, kinds)
    for number, kit in enumerate(net.problem.kits):
        taken: dict[Cell, float] = {("row", row): factor / 1e9 for row, factor in limits.kit[number]}
        model.column(kit.weight / 1e6, taken, float(kit.most))
    return model.optimum({("row", row): float(most) for row, most in enumerate(limits.bounds)})


def _kinds(net: Net) -> dict[int, tuple[int, tuple[int, ...]]]:
    """What may be mixed on the way: sources of one good that serve the same needs."""
    serves: dict[int, list[int]] = defaultdict(list)
    for pair, sources in zip(net.problem.pairs, net.serving, strict=True):
        for source in sources:
            serves[source].append(pair.need)
    return {
        source: (net.problem.sources[source].good, tuple(needs)) for source, needs in sorted(serves.items())
    }


def _lanes(net: Net, limits: Limits, model: Model, kinds: list[tuple[int, tuple[int, ...]]]) -> None:
    """Moving and waiting."""
    problem = net.problem
    for kind in kinds:
        loads = [load / 1e9 for load in problem.goods[kind[0]].loads]
        for site in range(len(problem.sites)):
            for day in range(problem.days - 1):
                model.column(0.0, {(kind, site, day): 1.0, (kind, site, day + 1): -1.0})
        for number, lane in enumerate(problem.lanes):
            for day in np.flatnonzero(net.lane_open[number]).tolist():
                there = day + lane.days
                entries: dict[Cell, float] = {(kind, lane.start, day): 1.0, (kind, lane.end, there): -1.0}
                terms = [
                    *limits.lane.get((number, day // 7), ()),
                    *limits.site.get((lane.end, there // 7), ()),
                ]
                for row, use, factor in terms:
                    entries["row", row] = entries.get(("row", row), 0.0) + factor / 1e9 * loads[use]
                model.column(0.0, entries)


def _sources(net: Net, limits: Limits, model: Model, kinds: dict[int, tuple[int, tuple[int, ...]]]) -> None:
    """Leaving a source."""
    problem = net.problem
    for number, kind in kinds.items():
        source = problem.sources[number]
        loads = [load / 1e9 for load in problem.goods[source.good].loads]
        for day in np.flatnonzero(net.source_open[number]).tolist():
            entries: dict[Cell, float] = {(kind, source.site, day): -1.0}
            terms = [*limits.source.get(number, ()), *limits.site.get((source.site, day // 7), ())]
            for row, use, factor in terms:
                entries["row", row] = entries.get(("row", row), 0.0) + factor / 1e9 * loads[use]
            model.column(0.0, entries)


def _needs(net: Net, limits: Limits, model: Model, kinds: dict[int, tuple[int, tuple[int, ...]]]) -> None:
    """Being handed over."""
    problem, paid = net.problem, COVERAGE.payoff(net.problem).arrival
    ratios = {(pair.need, pair.good): pair.ratio / 1e6 for pair in problem.pairs}
    for kind in sorted(set(kinds.values())):
        for number in kind[1]:
            need, ratio = problem.needs[number], ratios[number, kind[0]]
            for day in range(need.last + 1):
                entries: dict[Cell, float] = {(kind, need.site, day): 1.0}
                terms = list(limits.served[number])
                terms += limits.in_time.get(number, ()) if day <= need.due else ()
                for row, factor in terms:
                    entries["row", row] = factor / 1e9 * ratio
                model.column(float(paid[number, day]) * ratio, entries)
