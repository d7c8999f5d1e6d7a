"""Paths through the network: the quickest by the planned days of its lanes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from heapq import heappop, heappush
from typing import Any

import polars as pl

from konvoi.forecast.steps import rows
from konvoi.kit.days import monday

Row = dict[str, Any]
_PATIENCE = 28


@dataclass(frozen=True)
class Network:
    """The lanes by their ids, and by the site where they start; closed days of lanes and sites."""

    lanes: Mapping[str, Row]
    leaving: Mapping[str, Sequence[Row]]
    shut: Mapping[str, Sequence[tuple[date, date]]]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "Network":
        """The lanes of a problem."""
        leaving: dict[str, list[Row]] = defaultdict(list)
        lanes = {row["lane"]: row for row in rows(tables, "lanes")}
        for name in sorted(lanes):
            leaving[lanes[name]["from"]].append(lanes[name])
        shut: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for row in rows(tables, "closures"):
            shut[row["on"]].append((row["from"] or date.min, row["to"] or date.max))
        for row in rows(tables, "blocked"):
            if row["kind"] in {"lane", "site"}:
                shut[row["value"]].append((row["from"] or date.min, row["to"] or date.max))
        return cls(lanes, leaving, shut)

    def lane_to(self, name: str, used: Sequence[str]) -> str | None:
        """The lane of a name, or that of the used ones which leads to the site of that name."""
        if name in self.lanes:
            return name
        return next((lane for lane in used if self.lanes[lane]["to"] == name), None)

    def quickest(self, ends: tuple[str, str], avoid: str, departs: date) -> list[Row]:
        """Return the legs of the quickest path between two sites without a lane; none if there is none.

        lane, from, to, departs, arrives, week: of each leg.
        """
        start, goal = ends
        best: dict[str, date] = {start: departs}
        came: dict[str, Row] = {}
        waiting = [(departs, start)]
        while waiting:
            day, site = heappop(waiting)
            if site == goal:
                break
            for lane in self.leaving.get(site, ()) if day == best[site] else ():
                leg = self._leg(lane, day) if lane["lane"] != avoid else None
                if leg is not None and leg["arrives"] < best.get(lane["to"], date.max):
                    best[lane["to"]] = leg["arrives"]
                    came[lane["to"]] = leg
                    heappush(waiting, (leg["arrives"], lane["to"]))
        legs: list[Row] = []
        while goal in came and goal != start:
            legs.insert(0, came[goal])
            goal = legs[0]["from"]
        return legs

    def _leg(self, lane: Row, day: date) -> Row | None:
        """A lane on the first day from one on which it and its ends are open; None where that is far off."""
        days = timedelta(days=transit(lane))
        for later in range(_PATIENCE):
            leaves = day + timedelta(days=later)
            arrives = leaves + days
            shut = ((lane["lane"], leaves), (lane["from"], leaves), (lane["to"], arrives))
            if not any(first <= when <= last for on, when in shut for first, last in self.shut.get(on, ())):
                ends = {"lane": lane["lane"], "from": lane["from"], "to": lane["to"]}
                return ends | {"departs": leaves, "arrives": arrives, "week": monday(leaves)}
        return None


def transit(lane: Row) -> int:
    """Whole days that a lane is planned with."""
    return max(1, int(Decimal(lane["days_p50"] or 0).to_integral_value(rounding=ROUND_CEILING)))
