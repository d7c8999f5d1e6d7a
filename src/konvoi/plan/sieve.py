"""Which sources are left to a need when every barrier has been asked, and which barrier took the last."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from konvoi.plan.constraints import BARRIERS
from konvoi.plan.net import Ints, Net
from konvoi.plan.parts import Need

Cause = tuple[str, Mapping[str, str]]
_Lines = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Sieve:
    """The barriers one by one: `first[barrier, source]` is the first day that it and those before leave.

    lines: of SHUT, by source. holding: sources by good.
    """

    net: Net
    first: Ints
    lines: _Lines
    holding: Mapping[int, list[int]]

    def usable(self, number: int) -> tuple[list[tuple[int, int]], Cause | None]:
        """The pairs and sources that may serve a need, by number; or none, and why."""
        net, need = self.net, self.net.problem.needs[number]
        found = [
            (pair, source)
            for pair in net.pairs_of[number]
            for source in net.serving[pair]
            if self.first[-1, source] <= need.last
        ]
        return found, None if found else self._why(number, need)

    @cached_property
    def _apart(self) -> Mapping[tuple[object, ...], pl.DataFrame]:
        """The lines that keep a source and a need apart, by need."""
        return self.net.shut.filter(pl.col("at") == "pair").partition_by("need", as_dict=True)

    def _why(self, number: int, need: Need) -> Cause:
        """Why nothing may serve a need: nothing is offered, or one barrier after the other leaves fewer."""
        problem, near = self.net.problem, defaultdict(list)
        for line in self._apart[(need.id,)].iter_rows(named=True) if (need.id,) in self._apart else ():
            near[line["key"]].append(line)
        left = [s for pair in self.net.pairs_of[number] for s in self.holding[problem.pairs[pair].good]]
        for place, barrier in enumerate(BARRIERS if left else ()):
            open_still = [s for s in left if self.first[place, s] <= need.last]
            kept = [s for s in open_still if not _of(near[problem.sources[s].key], barrier.kind)]
            if not kept:
                return self._cause(barrier.kind, near, left)
            left = kept
        return self._nothing(need)

    def _nothing(self, need: Need) -> Cause:
        """Nothing is offered, or nothing whose load is known."""
        offers = self.net.problem.tables["offers"]
        states = self.net.problem.offer_states
        stated = offers.filter(pl.col("state").fill_null("accepted").is_in(list(states)))
        known = need.good in {good.id for good in self.net.problem.goods}
        if not known and need.good in set(stated["good"]):
            return "weight-unknown", {"good": need.good}
        return "no-offer", {"good": need.good}

    def _cause(self, kind: str, near: _Lines, left: list[int]) -> Cause:
        """The cause that a barrier gives for the largest of the sources it took."""
        sources = self.net.problem.sources
        key = sources[max(left, key=lambda s: (sources[s].quantity or 0, -s))].key
        line = _of([*near.get(key, ()), *self.lines.get(key, ())], kind)[0]
        return line["cause"], json.loads(line["values"])


def _of(lines: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The lines of one barrier."""
    return [line for line in lines if line["barrier"] == kind]


def sieve(net: Net) -> Sieve:
    """A problem's barriers by source."""
    lines = defaultdict(list)
    for line in net.shut.filter(pl.col("at") == "source").iter_rows(named=True):
        lines[line["key"]].append(line)
    holding = defaultdict(list)
    for number, source in enumerate(net.problem.sources):
        holding[source.good].append(number)
    return Sieve(net, _first_days(net, lines), lines, holding)


def _first_days(net: Net, lines: _Lines) -> Ints:
    """For each barrier and source the first day that it and those before leave; past the end where none."""
    days, sources = net.problem.days, net.problem.sources
    first = np.zeros((len(BARRIERS), len(sources)), dtype=np.int64)
    for number, source in enumerate(sources):
        if source.key in lines:
            opens = np.ones(days + 1, dtype=np.bool_)
            for place, barrier in enumerate(BARRIERS):
                for line in _of(lines[source.key], barrier.kind):
                    last = days if line["last"] is None else max(0, line["last"] + 1)
                    opens[max(0, line["first"] or 0) : min(last, days)] = False
                first[place, number] = opens.argmax()
    return first
