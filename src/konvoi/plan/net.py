"""The problem laid out for computing: lanes by day, sources by day, and who may serve whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from konvoi.plan.constraint import Apart, Small
from konvoi.plan.problem import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Net:
    """The network that the barriers leave open, as arrays.

    lane_open[lane, day]: a leg may depart. site_open[site, day]. source_open[source, day]: it may leave.
    serving: the sources that may serve each pair, by number. apart: what barriers keep apart, by their kind.
    """

    problem: Problem
    tails: Ints
    heads: Ints
    transit: Ints
    lane_open: Bools
    site_open: Bools
    source_open: Bools
    serving: "Serving"
    apart: Mapping[str, Apart]
    shut: pl.DataFrame

    @cached_property
    def leaving(self) -> tuple[tuple[int, ...], ...]:
        """The lanes that leave each site, in order."""
        found: list[list[int]] = [[] for _ in self.problem.sites]
        for number, lane in enumerate(self.problem.lanes):
            found[lane.start].append(number)
        return tuple(tuple(lanes) for lanes in found)

    @cached_property
    def entering(self) -> tuple[tuple[int, ...], ...]:
        """The lanes that reach each site, in order."""
        found: list[list[int]] = [[] for _ in self.problem.sites]
        for number, lane in enumerate(self.problem.lanes):
            found[lane.end].append(number)
        return tuple(tuple(lanes) for lanes in found)

    @cached_property
    def pairs_of(self) -> tuple[tuple[int, ...], ...]:
        """The pairs of each need, in order."""
        found: list[list[int]] = [[] for _ in self.problem.needs]
        for number, pair in enumerate(self.problem.pairs):
            found[pair.need].append(number)
        return tuple(tuple(pairs) for pairs in found)


@dataclass(frozen=True)
class Serving:
    """The sources of pair p are sources[first[p] : first[p + 1]]."""

    first: Ints
    sources: Small

    def __getitem__(self, pair: int) -> Small:
        """The sources that may serve a pair."""
        return self.sources[self.first[pair] : self.first[pair + 1]]

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.first) - 1

    def __iter__(self) -> Iterator[Small]:
        """Those of each pair, in order."""
        return (self[pair] for pair in range(len(self)))
