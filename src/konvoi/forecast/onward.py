"""Onward departures: on the planned day, at once, on the next Monday, or once a lane opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from konvoi.forecast.core.draw import FARTHEST, WAIT, Flags, Small
from konvoi.forecast.delay import Ints
from konvoi.forecast.steps import Step, rows

Span = tuple[int, int]


@dataclass(frozen=True)
class Lines:
    """The closed days of each lane that is used, as spans of days from `start`, both ends included.

    A lane is closed if it, or the site that it leaves, is closed or blocked.
    """

    start: date
    shut: Mapping[str, tuple[Span, ...]]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], start: date, steps: Sequence[Step]) -> "Lines":
        """The lanes of steps."""
        used = {step.lane for step in steps if step.lane}
        ends = {row["lane"]: {row["lane"], row["from"]} for row in rows(tables, "lanes")}
        spans = [(row["on"], row["from"], row["to"]) for row in rows(tables, "closures")]
        spans += [
            (row["value"], row["from"], row["to"])
            for row in rows(tables, "blocked")
            if row["kind"] in {"lane", "site"}
        ]
        found = {
            lane: tuple(_span(start, first, last) for on, first, last in spans if on in ends[lane])
            for lane in used
        }
        return cls(start, found)

    @property
    def opens(self) -> int:
        """The day on which the last of what opens again has opened."""
        ends = (last + 1 for spans in self.shut.values() for _, last in spans if last < FOR_EVER)
        return max(ends, default=0)

    @property
    def for_ever(self) -> bool:
        """Return True if a lane does not open again."""
        return any(last >= FOR_EVER for spans in self.shut.values() for _, last in spans)

    def drawn(self, steps: Sequence[Step], days: int, more: int) -> tuple[Small, Flags, Ints]:
        """onward[line, day], equal lines once, weekly[line], and the line of each step.

        The first line is for all that wait not. What waits for a lane that does not open again goes on after
        `days`; the lines have so many `more`. Weekly are lines that mean only: on the planned day,
        else at once in its week, else on the next Monday. They are drawn without a table, but where days go
        beyond FARTHEST.
        """
        known: dict[tuple[object, ...], int] = {("at once",): 0}
        every = np.arange(days + more)
        lines = [every]
        weekly = [False]
        number = np.zeros(len(steps), dtype=np.int64)
        for at, step in enumerate(steps):
            if step.how != WAIT:
                continue
            name = (step.lane, step.day)
            if name not in known:
                known[name] = len(lines)
                lines.append(np.maximum(every, self._line(step, every, days)))
                weekly.append(bool(step.lane) and not self.shut[step.lane] and len(every) <= FARTHEST)
            number[at] = known[name]
        return np.array(lines, dtype=np.uint16), np.array(weekly), number

    def _line(self, step: Step, every: Ints, days: int) -> Ints:
        """Return the departure for each day of arrival; after a missed week, it is rebooked for a Monday."""
        planned = (step.day - self.start).days
        if not step.lane:
            return np.maximum(every, planned)
        leaves = np.where(every // 7 > planned // 7, -(-every // 7) * 7, np.maximum(every, planned))
        return self._open(step.lane, every.copy(), days)[np.minimum(leaves, len(every) - 1)]

    def _open(self, lane: str, found: Ints, days: int) -> Ints:
        """For each day the first from then on which a lane takes departures."""
        for first, last in sorted(self.shut[lane], reverse=True):
            until = min(last + 1, days)
            if first <= last and first < days:
                found[first:until] = found[until]
        return found


FOR_EVER = 3_660
"""Days after the start (ten years) from which a lane that is still closed counts as closed for ever."""


def _span(start: date, first: Any, last: Any) -> Span:
    """The days of a closure, from the start; an empty end is open."""
    low = 0 if first is None else max(0, (first - start).days)
    return low, FOR_EVER if last is None else min(FOR_EVER, (last - start).days)
