"""Which sources are left to a need when every barrier has been asked, and which barrier took the last."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from konvoi.plan.constraints import BARRIERS
from konvoi.plan.net import Net
from konvoi.plan.parts import Need, Pair

Cause = tuple[str, Mapping[str, str]]
_Lines = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Sieve:
    """The lines of SHUT by source, for sources as such and for their pairs."""

    net: Net
    sources: _Lines
    pairs: Mapping[tuple[str, str], list[dict[str, Any]]]
    holding: Mapping[int, list[int]]

    def usable(self, number: int) -> tuple[list[tuple[Pair, int]], Cause | None]:
        """The sources that may serve a need; or none, and why."""
        problem = self.net.problem
        need = problem.needs[number]
        pairs = [problem.pairs[pair] for pair in self.net.pairs_of[number]]
        left = [(pair, source) for pair in pairs for source in self.holding.get(pair.good, [])]
        if not left:
            return [], self._nothing(need)
        days = {source: [True] * (need.last + 1) for _, source in left}
        for barrier in BARRIERS:
            kept = [one for one in left if self._passes(barrier.kind, need, one[1], days[one[1]])]
            if not kept:
                return [], self._why(barrier.kind, need, left)
            left = kept
        return left, None

    def _nothing(self, need: Need) -> Cause:
        """Nothing is offered, or nothing whose load is known."""
        offers = self.net.problem.tables["offers"]
        states = self.net.problem.offer_states
        stated = offers.filter(pl.col("state").fill_null("accepted").is_in(list(states)))
        known = need.good in {good.id for good in self.net.problem.goods}
        if not known and need.good in set(stated["good"]):
            return "weight-unknown", {"good": need.good}
        return "no-offer", {"good": need.good}

    def _passes(self, kind: str, need: Need, source: int, days: list[bool]) -> bool:
        """Whether a source still has a day on which it may leave for a need; its days are taken away."""
        key = self.net.problem.sources[source].key
        if any(line["barrier"] == kind for line in self.pairs.get((key, need.id), ())):
            return False
        for line in self.sources.get(key, ()):
            if line["barrier"] == kind:
                first = max(0, line["first"] or 0)
                last = len(days) - 1 if line["last"] is None else min(line["last"], len(days) - 1)
                days[first : last + 1] = [False] * max(0, last + 1 - first)
        return any(days)

    def _why(self, kind: str, need: Need, left: list[tuple[Pair, int]]) -> Cause:
        """The cause that a barrier gives for the largest of the sources it took."""
        sources = self.net.problem.sources
        largest = max((source for _, source in left), key=lambda s: (sources[s].quantity or 0, -s))
        key = sources[largest].key
        lines = [*self.pairs.get((key, need.id), ()), *self.sources.get(key, ())]
        line = next(line for line in lines if line["barrier"] == kind)
        return line["cause"], json.loads(line["values"])


def sieve(net: Net) -> Sieve:
    """A problem's barriers by source."""
    sources, pairs = defaultdict(list), defaultdict(list)
    for line in net.shut.iter_rows(named=True):
        if line["at"] == "pair":
            pairs[line["key"], line["need"]].append(line)
        elif line["at"] == "source":
            sources[line["key"]].append(line)
    holding = defaultdict(list)
    for number, source in enumerate(net.problem.sources):
        holding[source.good].append(number)
    return Sieve(net, sources, pairs, holding)
