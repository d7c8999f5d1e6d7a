"""Which sources are left to a need when every barrier has been asked, and which barrier took the last."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from konvoi.plan.constraints import BARRIERS
from konvoi.plan.net import Ints, Net
from konvoi.plan.parts import Need

Cause = tuple[str, Mapping[str, str]]


@dataclass(frozen=True)
class Sieve:
    """The barriers one by one: `first[barrier, source]` is the first day that it and those before leave.

    lines: of SHUT, by source, and by source and need for those that keep the two apart. holding: by good.
    """

    net: Net
    first: Ints
    lines: Mapping[str, list[dict[str, Any]]]
    apart: Mapping[tuple[str, str], list[dict[str, Any]]]
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

    def _why(self, number: int, need: Need) -> Cause:
        """Why nothing may serve a need: nothing is offered, or one barrier after the other leaves fewer."""
        problem = self.net.problem
        left = [s for pair in self.net.pairs_of[number] for s in self.holding[problem.pairs[pair].good]]
        for place, barrier in enumerate(BARRIERS if left else ()):
            kept = [s for s in left if self._passes(place, barrier.kind, need, s)]
            if not kept:
                return self._cause(barrier.kind, need, left)
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

    def _passes(self, place: int, kind: str, need: Need, source: int) -> bool:
        """Whether a barrier leaves a source a day on which it may leave for a need, and the two together."""
        near = self.apart.get((self.net.problem.sources[source].key, need.id), ())
        return bool(self.first[place, source] <= need.last) and all(line["barrier"] != kind for line in near)

    def _cause(self, kind: str, need: Need, left: list[int]) -> Cause:
        """The cause that a barrier gives for the largest of the sources it took."""
        sources = self.net.problem.sources
        key = sources[max(left, key=lambda s: (sources[s].quantity or 0, -s))].key
        lines = [*self.apart.get((key, need.id), ()), *self.lines.get(key, ())]
        line = next(line for line in lines if line["barrier"] == kind)
        return line["cause"], json.loads(line["values"])


def sieve(net: Net) -> Sieve:
    """A problem's barriers by source."""
    lines, apart = defaultdict(list), defaultdict(list)
    for line in net.shut.iter_rows(named=True):
        if line["at"] == "pair":
            apart[line["key"], line["need"]].append(line)
        elif line["at"] == "source":
            lines[line["key"]].append(line)
    holding = defaultdict(list)
    for number, source in enumerate(net.problem.sources):
        holding[source.good].append(number)
    return Sieve(net, _first_days(net, lines), lines, apart, holding)


def _first_days(net: Net, lines: Mapping[str, list[dict[str, Any]]]) -> Ints:
    """For each barrier and source the first day that it and those before leave; past the end where none."""
    days, sources = net.problem.days, net.problem.sources
    first = np.zeros((len(BARRIERS), len(sources)), dtype=np.int64)
    for number, source in enumerate(sources):
        if source.key in lines:
            opens = np.ones(days + 1, dtype=np.bool_)
            for place, barrier in enumerate(BARRIERS):
                for line in (line for line in lines[source.key] if line["barrier"] == barrier.kind):
                    last = days if line["last"] is None else max(0, line["last"] + 1)
                    opens[max(0, line["first"] or 0) : min(last, days)] = False
                first[place, number] = opens.argmax()
    return first
