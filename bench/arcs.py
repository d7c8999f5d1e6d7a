"""The textbook model of the same problem: flows of each kind of good on each lane and day.

Used beside the planner in bench/plan.py: its optimum in any parts of units is what the bound tends to. What
no source can reach in time for any need is left out, so that others solve the smallest model there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from konvoi.plan.goal import blend
from konvoi.plan.goals.coverage import MEMBER as COVERAGE
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats, Ints, Net

Kind = tuple[int, tuple[int, ...]]
"""What may be mixed on the way: a good, and the needs that its sources may serve."""

Weekly = Mapping[tuple[int, int], Sequence[tuple[int, int, int]]]
"""What counts at lanes or sites, by week: row, use, factor."""

_NEVER = 10**6


@dataclass
class Model:
    """A linear programme, filled column by column: the most of paid x where rows balance or are limited.

    upper: of the limited rows, which are counted first; all others balance to zero.
    """

    upper: Floats
    paid: list[Floats] = field(default_factory=list)
    most: list[Floats] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    size: int = 0

    def columns(self, paid: Floats, most: float = np.inf) -> Ints:
        """Add columns; gives back their numbers."""
        self.paid.append(paid)
        self.most.append(np.full(len(paid), most))
        self.size += len(paid)
        return np.arange(self.size - len(paid), self.size)

    def enter(self, columns: Ints, rows: Ints | int, amount: Floats | float) -> None:
        """What some columns add to rows, one each."""
        shape = len(columns)
        self.entries.append((columns, np.broadcast_to(rows, shape), np.broadcast_to(amount, shape)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The programme as arrays: paid, most, upper; start, index, amount of its entries by column.

        Rows below len(upper) are limited, all others balance.
        """
        column, row, amount = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        used = np.unique(row[row >= len(self.upper)])
        kept = np.concatenate([np.arange(len(self.upper)), used])
        at = column * len(kept) + np.searchsorted(kept, row)
        cells, where = np.unique(at, return_inverse=True)
        start = np.searchsorted(cells, np.arange(self.size + 1) * len(kept))
        return {
            "paid": np.concatenate(self.paid),
            "most": np.concatenate(self.most),
            "upper": self.upper,
            "rows": np.array(len(kept)),
            "start": start.astype(np.int32),
            "index": (cells % len(kept)).astype(np.int32),
            "amount": np.bincount(where, amount, minlength=len(cells)),
        }


@dataclass(frozen=True)
class _Ground:
    """A problem and its kinds of goods; rows of kind, site and day come after the limited ones."""

    net: Net
    limits: Limits
    kinds: dict[Kind, list[int]]
    model: Model

    def row(self, kind: int, site: int, days: Ints | int) -> Ints:
        """The balance of a kind at a site by day."""
        problem = self.net.problem
        first = len(self.limits.upper) + (kind * len(problem.sites) + site) * problem.days
        return np.asarray(first + days, dtype=np.int64)

    def use(self, columns: Ints, weeks: Ints, good: int, found: Weekly, place: int) -> None:
        """Enter what columns take of a lane or site in the week of each."""
        loads = self.net.problem.goods[good].loads
        for week in np.unique(weeks).tolist():
            for row, use, factor in found.get((place, week), ()):
                if loads[use]:
                    self.model.enter(columns[weeks == week], row, factor / 1e9 * loads[use] / 1e9)

    @cached_property
    def paid(self) -> Floats:
        """What a unit of each need is worth by day."""
        return blend(self.net.problem, (COVERAGE,)).arrival

    @cached_property
    def reached(self) -> list[tuple[Ints, Ints]]:
        """For each kind the first day on which it can be at a site, and the last from which it is of use."""
        return [self._reached(kind, sources) for kind, sources in self.kinds.items()]

    def _reached(self, kind: Kind, sources: Iterable[int]) -> tuple[Ints, Ints]:
        problem = self.net.problem
        first, last = np.full(len(problem.sites), _NEVER), np.full(len(problem.sites), -1)
        for source in sources:
            days, site = np.flatnonzero(self.net.source_open[source]), problem.sources[source].site
            first[site] = min(first[site], days[0] if len(days) else _NEVER)
        for need in (problem.needs[number] for number in kind[1]):
            last[need.site] = max(last[need.site], need.last)
        for _ in problem.sites:
            for lane in problem.lanes:
                first[lane.end] = min(first[lane.end], first[lane.start] + lane.days)
                last[lane.start] = max(last[lane.start], last[lane.end] - lane.days)
        return first, np.minimum(last, problem.days - 1)


def model(net: Net, limits: Limits) -> Model:
    """The problem as flows on arcs, in any parts of units. No need may lie where something starts."""
    kinds: dict[Kind, list[int]] = defaultdict(list)
    for source, kind in _kinds(net).items():
        kinds[kind].append(source)
    ground = _Ground(net, limits, dict(sorted(kinds.items())), Model(limits.bounds))
    for number, (kind, sources) in enumerate(ground.kinds.items()):
        _waiting(ground, number)
        _lanes(ground, number, kind[0])
        _sources(ground, number, sources)
        _needs(ground, number, kind)
    for number, kit in enumerate(net.problem.kits):
        column = ground.model.columns(np.array([kit.weight / 1e6]), float(kit.most))
        for row, factor in limits.kit[number]:
            ground.model.enter(column, row, factor / 1e9)
    return ground.model


def save(made: Model, path: Path) -> None:
    """Write a model for a solver in a process of its own; bench/peers has those that read it."""
    np.savez(path, **made.arrays())  # type: ignore[arg-type]


def optimum(made: Model) -> float:
    """The highest value, by HiGHS in this process."""
    lp, arrays = highspy.HighsLp(), made.arrays()
    limited, rows = len(made.upper), int(arrays["rows"])
    lp.num_col_, lp.num_row_ = made.size, rows
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -arrays["paid"], np.zeros(made.size), arrays["most"]
    lp.row_lower_ = np.repeat([-highspy.kHighsInf, 0.0], [limited, rows - limited])
    lp.row_upper_ = np.concatenate([made.upper, np.zeros(rows - limited)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = arrays["start"], arrays["index"]
    lp.a_matrix_.value_ = arrays["amount"]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, setting in (("output_flag", False), ("threads", 1), ("solver", "ipm")):
        solver.setOptionValue(name, setting)
    solver.passModel(lp)
    solver.run()
    return -float(solver.getInfo().objective_function_value)


def _kinds(net: Net) -> dict[int, Kind]:
    """The kind of each source that may serve anything."""
    serves: dict[int, list[int]] = defaultdict(list)
    for pair, sources in zip(net.problem.pairs, net.serving, strict=True):
        for source in sources:
            serves[source].append(pair.need)
    return {
        source: (net.problem.sources[source].good, tuple(needs)) for source, needs in sorted(serves.items())
    }


def _waiting(ground: _Ground, kind: int) -> None:
    """From one day to the next at one site."""
    first, last = ground.reached[kind]
    for site in range(len(first)):
        days = np.arange(first[site], last[site])
        columns = ground.model.columns(np.zeros(len(days)))
        ground.model.enter(columns, ground.row(kind, site, days), 1.0)
        ground.model.enter(columns, ground.row(kind, site, days + 1), -1.0)


def _lanes(ground: _Ground, kind: int, good: int) -> None:
    """Moving."""
    first, last = ground.reached[kind]
    for number, lane in enumerate(ground.net.problem.lanes):
        days = np.flatnonzero(ground.net.lane_open[number])
        days = days[(days >= first[lane.start]) & (days + lane.days <= last[lane.end])]
        there = days + lane.days
        columns = ground.model.columns(np.zeros(len(days)))
        ground.model.enter(columns, ground.row(kind, lane.start, days), 1.0)
        ground.model.enter(columns, ground.row(kind, lane.end, there), -1.0)
        ground.use(columns, days // 7, good, ground.limits.lane, number)
        ground.use(columns, there // 7, good, ground.limits.site, lane.end)


def _sources(ground: _Ground, kind: int, sources: Iterable[int]) -> None:
    """Leaving a source."""
    problem, last = ground.net.problem, ground.reached[kind][1]
    for number in sources:
        source = problem.sources[number]
        loads = problem.goods[source.good].loads
        days = np.flatnonzero(ground.net.source_open[number])
        days = days[days <= last[source.site]]
        columns = ground.model.columns(np.zeros(len(days)))
        ground.model.enter(columns, ground.row(kind, source.site, days), -1.0)
        for row, use, factor in ground.limits.source.get(number, ()):
            ground.model.enter(columns, row, factor / 1e9 * loads[use] / 1e9)
        ground.use(columns, days // 7, source.good, ground.limits.site, source.site)


def _needs(ground: _Ground, number: int, kind: Kind) -> None:
    """Being handed over."""
    problem, limits = ground.net.problem, ground.limits
    first = ground.reached[number][0]
    ratios = {pair.need: pair.ratio / 1e6 for pair in problem.pairs if pair.good == kind[0]}
    for at in kind[1]:
        need, ratio = problem.needs[at], ratios[at]
        days = np.arange(min(first[need.site], need.last + 1), need.last + 1)
        columns = ground.model.columns(ground.paid[at, days] * ratio)
        ground.model.enter(columns, ground.row(number, need.site, days), 1.0)
        for row, factor in limits.served[at]:
            ground.model.enter(columns, row, factor / 1e9 * ratio)
        for row, factor in limits.in_time.get(at, ()):
            ground.model.enter(columns[days <= need.due], row, factor / 1e9 * ratio)
