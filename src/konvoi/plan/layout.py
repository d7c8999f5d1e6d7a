"""A problem laid out for computing: the network that its barriers leave open, and the rows of its limits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from konvoi.plan.constraint import Apart, Rows
from konvoi.plan.constraints import BARRIERS, LIMITS
from konvoi.plan.limits import Limits
from konvoi.plan.net import Bools, Net, Serving
from konvoi.plan.parts import USES
from konvoi.plan.problem import Problem


def net(problem: Problem, *, like: Net | None = None) -> Net:
    """Lay a problem out: every barrier's days are taken away.

    like: of a problem that differs in needs, pairs and kits alone; what does not hang on them is shared.
    """
    apart = {b.kind: b.apart(problem) for b in BARRIERS if b.apart}
    if like:
        return replace(like, problem=problem, serving=_serving(problem, list(apart.values())), apart=apart)
    shut = pl.concat([b.shut(problem).with_columns(barrier=pl.lit(b.kind)) for b in BARRIERS])
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


def limits(problem: Problem, *, like: Limits | None = None) -> Limits:
    """Compile every member's rows.

    like: of a problem that differs in needs, pairs and kits alone; what does not hang on them is shared.
    """
    shared = like.made if like else {}
    of_each = {
        limit.kind: limit.rows(problem) if limit.of_needs or limit.kind not in shared else shared[limit.kind]
        for limit in LIMITS
    }
    made = list(of_each.values())
    frame = pl.concat([rows.bounds for rows in made])
    number = {name: row for row, name in enumerate(frame["row"])}
    places = _Places.of(problem)
    for rows in made:
        _place(rows, number, places)
    upper = tuple(int(bound.scaleb(9)) * 10**15 for bound in frame["upper"])
    found = Limits(problem, frame, upper, *(_frozen(one) for one in places.parts()))
    return replace(found, made=of_each)


@dataclass(frozen=True)
class _Places:
    """Terms while they are sorted by what they hang on."""

    index: Mapping[str, Mapping[str, int]]
    source: dict[int, list[tuple[int, ...]]]
    served: dict[int, list[tuple[int, ...]]]
    in_time: dict[int, list[tuple[int, ...]]]
    kit: dict[int, list[tuple[int, ...]]]
    lane: dict[tuple[int, int], list[tuple[int, ...]]]
    site: dict[tuple[int, int], list[tuple[int, ...]]]

    @classmethod
    def of(cls, problem: Problem) -> "_Places":
        """Return an empty one."""
        index = {
            "source": {source.key: number for number, source in enumerate(problem.sources)},
            "need": {need.id: number for number, need in enumerate(problem.needs)},
            "kit": {kit.id: number for number, kit in enumerate(problem.kits)},
            "lane": {lane.id: number for number, lane in enumerate(problem.lanes)},
            "site": {site.id: number for number, site in enumerate(problem.sites)},
        }
        return cls(index, *(defaultdict(list) for _ in range(6)))  # type: ignore[arg-type]

    def parts(self) -> tuple[dict, ...]:  # type: ignore[type-arg]
        """The six collections, in the order of Limits."""
        return self.source, self.served, self.in_time, self.kit, self.lane, self.site


def _place(rows: Rows, number: Mapping[str, int], places: _Places) -> None:
    """Sort one limit's terms by what they hang on."""
    for name, at, key, week, per, factor in rows.terms.iter_rows():
        row = number[name]
        item = places.index[at][key]
        exact = int(factor.scaleb(9))
        if at == "source":
            places.source[item].append((row, USES.index(per), exact))
        elif at == "need":
            (places.in_time if per == "served on time" else places.served)[item].append((row, exact))
        elif at == "kit":
            places.kit[item].append((row, exact))
        else:
            (places.lane if at == "lane" else places.site)[item, week].append((row, USES.index(per), exact))


def _frozen(found: dict) -> dict:  # type: ignore[type-arg]
    """Return the same with tuples."""
    return {key: tuple(terms) for key, terms in found.items()}
