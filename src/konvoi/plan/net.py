"""The problem laid out for computing: lanes by day, sources by day, and who may serve whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from konvoi.plan.constraint import Apart, Small
from konvoi.plan.constraints import BARRIERS
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


def net(problem: Problem) -> Net:
    """Lay a problem out: every barrier's days are taken away."""
    shut = pl.concat([b.shut(problem).with_columns(barrier=pl.lit(b.kind)) for b in BARRIERS])
    apart = {b.kind: b.apart(problem) for b in BARRIERS if b.apart}
    site_open = _open(shut, "site", [site.id for site in problem.sites], problem.days)
    tails = np.array([lane.start for lane in problem.lanes], dtype=np.int64)
    heads = np.array([lane.end for lane in problem.lanes], dtype=np.int64)
    transit = np.array([lane.days for lane in problem.lanes], dtype=np.int64)
    lane_open = _open(shut, "lane", [lane.id for lane in problem.lanes], problem.days)
    for number in range(len(problem.lanes)):
        lane_open[number] &= site_open[tails[number]]
        lane_open[number] &= _reached(site_open[heads[number]], int(transit[number]))
    return Net(
        problem=problem,
        tails=tails,
        heads=heads,
        transit=transit,
        lane_open=lane_open,
        site_open=site_open,
        source_open=_open(shut, "source", [source.key for source in problem.sources], problem.days),
        serving=_serving(problem, list(apart.values())),
        apart=apart,
        shut=shut,
    )


def _reached(open_days: Bools, days: int) -> Bools:
    """The days of departure from which a site is reached on an open day within the horizon."""
    found = np.zeros_like(open_days)
    if days < len(open_days):
        found[: len(open_days) - days] = open_days[days:]
    return found


def _open(shut: pl.DataFrame, at: str, ids: list[str], days: int) -> Bools:
    """For each id and day whether no barrier shuts it."""
    index = {name: number for number, name in enumerate(ids)}
    found = np.ones((len(ids), days), dtype=np.bool_)
    for row in shut.filter(pl.col("at") == at).iter_rows(named=True):
        if row["key"] in index:
            first = max(0, row["first"] or 0)
            last = days if row["last"] is None else max(0, row["last"] + 1)
            found[index[row["key"]], first:last] = False
    return found


def _serving(problem: Problem, apart: Sequence[Apart]) -> Serving:
    """For each pair of need and good the sources that no barrier keeps from it."""
    held: list[list[int]] = [[] for _ in problem.goods]
    for number, source in enumerate(problem.sources):
        held[source.good].append(number)
    holding = [np.array(numbers, dtype=np.int32) for numbers in held]
    needs = np.concatenate([np.zeros(0, dtype=np.int32), *(one.need for one in apart)])
    order = np.argsort(needs, kind="stable")
    gone = np.concatenate([np.zeros(0, dtype=np.int32), *(one.source for one in apart)])[order]
    ends = np.searchsorted(needs[order], np.arange(len(problem.needs) + 1))
    able = np.ones(len(problem.sources), dtype=np.bool_)
    found = []
    for pair in problem.pairs:
        mine = gone[ends[pair.need] : ends[pair.need + 1]]
        able[mine] = False
        found.append(holding[pair.good][able[holding[pair.good]]])
        able[mine] = True
    first = np.cumsum([0, *(len(one) for one in found)], dtype=np.int64)
    return Serving(first, np.concatenate([np.zeros(0, dtype=np.int32), *found]))
