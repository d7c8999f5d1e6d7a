"""Obstacles where no path is open: lanes and sites that are closed or blocked between two sites."""

import heapq
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.plan.exact import day_of
from konvoi.plan.net import Net
from konvoi.plan.sieve import Cause

_Row = dict[str, Any]
_Place = tuple[str, str]
_Found = tuple[int, int, tuple[_Place, ...]]
"""Number of closed places on a path, its days, and the places."""


@dataclass
class Wayside:
    """Paths if nothing were closed; each is computed once."""

    net: Net
    known: dict[tuple[int, int], _Found | None] = field(default_factory=dict)

    def why(self, source: int, goal: int) -> Cause:
        """Return the cause why nothing from a source ever reaches a site: closures, days, or no lanes."""
        problem = self.net.problem
        start = problem.sources[source].site
        ends = {"from": problem.sites[start].id, "to": problem.sites[goal].id}
        if (start, goal) not in self.known:
            self.known[start, goal] = self._least(start, goal)
        found = self.known[start, goal]
        if found is None:
            return "no-route", ends
        _, days, places = found
        if not places:
            days_open = self.net.source_open[source]
            # A problem whose horizon cannot be read has no day at all.
            leaves = int(days_open.argmax()) if len(days_open) else 0
            return "too-late", {"day": str(day_of(leaves + days, problem.start))}
        return self._shut(places, ends)

    def _shut(self, places: tuple[_Place, ...], ends: Mapping[str, str]) -> Cause:
        """Return the cause for some places: the blocks on them, else their closures."""
        lines = [line for place in places for line in self._lines[place]]
        for line in lines:
            if line["cause"] == "blocked":
                return "way-blocked", {**json.loads(line["values"]), **ends}
        return "way-shut", {"places": ", ".join(key for _, key in places), **ends}

    @cached_property
    def _lines(self) -> Mapping[_Place, list[_Row]]:
        """Return the rows that close lanes and sites, by kind and id."""
        found: dict[_Place, list[_Row]] = {}
        for line in self.net.shut.filter(pl.col("at") != "source").iter_rows(named=True):
            found.setdefault((line["at"], line["key"]), []).append(line)
        return found

    def _least(self, start: int, goal: int) -> _Found | None:
        """Return the path with the fewest closed places, of those the quickest."""
        first = tuple(self._at("site", self.net.problem.sites[start].id))
        queue: list[tuple[int, int, tuple[_Place, ...], int]] = [(len(first), 0, first, start)]
        done: set[int] = set()
        while queue:
            shut, days, places, site = heapq.heappop(queue)
            if site == goal:
                return shut, days, places
            if site in done:
                continue
            done.add(site)
            for number in self.net.leaving[site]:
                lane = self.net.problem.lanes[number]
                if lane.end not in done:
                    more = (
                        *self._at("lane", lane.id),
                        *self._at("site", self.net.problem.sites[lane.end].id),
                    )
                    found = (*places, *more)
                    heapq.heappush(queue, (len(found), days + lane.days, found, lane.end))
        return None

    def _at(self, kind: str, key: str) -> Iterator[_Place]:
        """Yield the place itself if it is closed on any day."""
        if (kind, key) in self._lines:
            yield kind, key
