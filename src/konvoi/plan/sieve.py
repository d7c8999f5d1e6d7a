"""Sources left to a need after every barrier, and the barrier that excluded the last one."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from konvoi.plan.constraint import Small
from konvoi.plan.constraints import BARRIERS
from konvoi.plan.net import Ints, Net
from konvoi.plan.parts import Need

Cause = tuple[str, Mapping[str, Any]]
"""A code of konvoi.plan.causes, and a text for each name in its sentence; `also`: further causes."""

_SUPPLYING = ("goods", "offers", "budgets", "equivalences")
"""Tables of which an unreadable row takes what could be sent out of the plan."""

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

    def usable(self, number: int, last: int) -> tuple[list[tuple[int, int]], Cause | None]:
        """The pairs and sources that may serve a need by a last day, by number; or none, and why."""
        net = self.net
        found = [
            (pair, source)
            for pair in net.pairs_of[number]
            for source in net.serving[pair].tolist()
            if self.first[-1, source] <= last
        ]
        return found, None if found else self._why(number, last)

    def barred(self, number: int, source: int, last: int) -> Cause | None:
        """Return the first barrier that keeps a source from a need; None if there is none."""
        for place, barrier in enumerate(BARRIERS):
            if source in self._apart(barrier.kind, number) or self.first[place, source] > last:
                return self._cause(barrier.kind, number, [source], last)
        return None

    def _why(self, number: int, last: int) -> Cause:
        """Return the cause why nothing may serve a need: no offers, or barriers that exclude all of them."""
        problem = self.net.problem
        left = [s for pair in self.net.pairs_of[number] for s in self.holding[problem.pairs[pair].good]]
        for place, barrier in enumerate(BARRIERS if left else ()):
            away = self._apart(barrier.kind, number)
            kept = [s for s in left if self.first[place, s] <= last and s not in away]
            if not kept:
                return self._cause(barrier.kind, number, left, last)
            left = kept
        return self._nothing(problem.needs[number])

    def _nothing(self, need: Need) -> Cause:
        """Return the cause: what there is is withheld, nothing is offered, or nothing whose load is known."""
        if cell := self._withheld(need):
            return "withheld", cell
        offers = self.net.problem.tables["offers"]
        states = self.net.problem.offer_states
        stated = offers.filter(pl.col("state").fill_null("accepted").is_in(list(states)))
        known = need.good in {good.id for good in self.net.problem.goods}
        if not known and need.good in set(stated["good"]):
            return "weight-unknown", {"good": need.good}
        return "no-offer", {"good": need.good}

    def _withheld(self, need: Need) -> Mapping[str, str] | None:
        """Return the unreadable cell that keeps back what serves a need; None if there is none."""
        rows = self.net.problem.tables["equivalences"]
        serving = {need.good, *rows.filter(pl.col("serves") == need.good)["good"]}
        for cell in self.net.problem.without:
            # An unreadable equivalence is about two goods: the one that would serve, and this one.
            if cell.table in _SUPPLYING and not cell.used and not serving.isdisjoint(cell.goods):
                place = {
                    "file": cell.place.file,
                    "sheet": cell.place.sheet,
                    "row": str(cell.place.row),
                }
                named = {"table": cell.table, "key": cell.key, "column": cell.column}
                return {"good": need.good} | named | place
        return None

    def _apart(self, kind: str, need: int) -> frozenset[int]:
        """The sources that a barrier keeps from a need on any day."""
        if kind not in self._by_need:
            return frozenset()
        ends, sources = self._by_need[kind]
        return frozenset(sources[ends[need] : ends[need + 1]].tolist())

    @cached_property
    def _by_need(self) -> Mapping[str, tuple[Ints, Small]]:
        """Return the pairs that barriers keep apart: sources in the order of needs, and each need's end."""
        every = np.arange(len(self.net.problem.needs) + 1)
        found = {}
        for kind, apart in self.net.apart.items():
            order = np.argsort(apart.need, kind="stable")
            found[kind] = np.searchsorted(apart.need[order], every), apart.source[order]
        return found

    def _cause(self, kind: str, need: int, left: list[int], last: int) -> Cause:
        """The cause that a barrier gives for the largest of the sources it took."""
        sources = self.net.problem.sources
        largest = max(left, key=lambda s: (sources[s].quantity or 0, -s))
        if largest in self._apart(kind, need):
            return self.net.apart[kind].cause, self.net.apart[kind].words(largest, need)
        lines = _of(self.lines[sources[largest].key], kind)
        line = next((one for one in lines if _alone(one, last)), lines[0])
        return line["cause"], json.loads(line["values"])


def _alone(line: dict[str, Any], last: int) -> bool:
    """Return True if a line by itself takes all days until a last one."""
    return (line["first"] or 0) <= 0 and (line["last"] is None or line["last"] >= last)


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
    days = net.problem.days
    sources = net.problem.sources
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
