"""All rows of a problem, compiled: exact whole numbers for planning, floats for prices."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from konvoi.plan.column import Column
from konvoi.plan.constraint import Rows
from konvoi.plan.net import Floats, Ints
from konvoi.plan.parts import USES
from konvoi.plan.problem import Problem

SCALE = 10**24
"""Rows are counted in parts of this size: fine enough that factor x load x step is always whole."""

Load = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Weekly:
    """Weekly use of lanes or of sites: parallel arrays of row, place, week, use and factor."""

    row: Ints
    place: Ints
    week: Ints
    use: Ints
    factor: Floats

    def prices(self, y: Floats, places: int, weeks: int) -> Floats:
        """Return the cost of one unit of each use at each place and week: an array (use, place, week)."""
        found = np.zeros((len(USES), places, max(1, weeks)))
        np.add.at(found, (self.use, self.place, self.week), y[self.row] * self.factor)
        return found


@dataclass(frozen=True)
class Limits:
    """The rows of a problem: `frame` has one line for each (BOUNDS), `upper` how much there is, exactly.

    The terms are kept by what they hang on: source, need (served, on time), kit, lane-week and site-week.
    made: the rows of each limit, by its kind.
    """

    problem: Problem
    frame: pl.DataFrame
    upper: tuple[int, ...]
    source: Mapping[int, tuple[tuple[int, int, int], ...]]
    served: Mapping[int, tuple[tuple[int, int], ...]]
    in_time: Mapping[int, tuple[tuple[int, int], ...]]
    kit: Mapping[int, tuple[tuple[int, int], ...]]
    lane: Mapping[tuple[int, int], tuple[tuple[int, int, int], ...]]
    site: Mapping[tuple[int, int], tuple[tuple[int, int, int], ...]]
    made: Mapping[str, Rows] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def bounds(self) -> Floats:
        """Return the bound of each row."""
        return np.array([upper / SCALE for upper in self.upper])

    @cached_property
    def named(self) -> list[tuple[str, str, str, date | None]]:
        """Kind, key, resource and week of each row, for those who ask of single rows again and again."""
        return list(self.frame.select("kind", "key", "resource", "week").iter_rows())

    @cached_property
    def places(self) -> Mapping[tuple[str, str], int]:
        """The number of each lane and site, by kind and id."""
        lanes = {("lane", lane.id): number for number, lane in enumerate(self.problem.lanes)}
        return lanes | {("site", site.id): number for number, site in enumerate(self.problem.sites)}

    @cached_property
    def rails(self) -> frozenset[str]:
        """The lanes by rail."""
        lanes = self.problem.tables["lanes"]
        return frozenset(lanes.filter(pl.col("mode") == "rail")["lane"])

    @cached_property
    def rounded(self) -> frozenset[int]:
        """The rows of needs, whose last step may go over: what goes over counts nothing."""
        return frozenset(row for terms in self.served.values() for row, _ in terms)

    @cached_property
    def lane_weeks(self) -> Weekly:
        """Return the weekly use of lanes."""
        return _weekly(self.lane)

    @cached_property
    def site_weeks(self) -> Weekly:
        """Return the weekly use of sites."""
        return _weekly(self.site)

    def of_step(self, column: Column) -> Load:
        """Return the use of each row by one step of a consignment, exactly; kit rows are left out."""
        problem = self.problem
        good = problem.goods[problem.sources[column.source].good]
        taken: dict[int, int] = defaultdict(int)
        for row, use, factor in self.uses(column):
            taken[row] += factor * good.loads[use] * good.step
        for row, factor in self.served.get(column.need, ()):
            taken[row] += factor * column.ratio * good.step * 1000
        return tuple(sorted((row, amount) for row, amount in taken.items() if amount > 0))

    def uses(self, column: Column) -> list[tuple[int, int, int]]:
        """(row, use, factor) of all that a consignment touches: its source, its lanes, its sites."""
        found = list(self.source.get(column.source, ()))
        if column.legs:
            start = self.problem.sources[column.source].site
            found += self.site.get((start, column.departs // 7), ())
        for lane, day in column.legs:
            way = self.problem.lanes[lane]
            found += self.lane.get((lane, day // 7), ())
            found += self.site.get((way.end, (day + way.days) // 7), ())
        return found

    def of_unit(self, column: Column) -> list[tuple[int, float]]:
        """Return the use of each row by one unit of a consignment, kit rows too, as floats for the solver."""
        problem = self.problem
        good = problem.goods[problem.sources[column.source].good]
        taken: dict[int, float] = defaultdict(float)
        for row, use, factor in self.uses(column):
            taken[row] += factor * good.loads[use] / 10**18
        ratio = column.ratio / 10**15
        for row, factor in self.served.get(column.need, ()):
            taken[row] += factor * ratio
        if column.on_time(problem):
            for row, factor in self.in_time.get(column.need, ()):
                taken[row] += factor * ratio
        return sorted((row, amount) for row, amount in taken.items() if amount)


def _weekly(found: Mapping[tuple[int, int], tuple[tuple[int, int, int], ...]]) -> Weekly:
    """Terms by place and week as parallel arrays."""
    flat = [
        (row, place, week, use, factor)
        for (place, week), terms in sorted(found.items())
        for row, use, factor in terms
    ]
    row, place, week, use, factor = np.array(flat, dtype=np.int64).reshape(-1, 5).T
    return Weekly(row, place, week, use, factor / 10**9)
