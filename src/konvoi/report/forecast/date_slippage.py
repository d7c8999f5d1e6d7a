"""Promised days that were moved: by how many days, and how long before the old day that was announced."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from konvoi.model.stages import Stage
from konvoi.report.case import Case


@dataclass(frozen=True)
class Slip:
    """One promised day that took the place of another.

    days: later than before (less than zero: earlier). announced: how many days before the old day it was
    known; less than zero: only after it had passed; None where nobody knows when.
    """

    party: str
    line: str
    days: int
    announced: int | None
    entries: tuple[str, ...]


class _Promise(NamedTuple):
    """A promised day, when it was known and the entry that states it."""

    known: date | None
    entry: str
    day: date


def slips(case: Case) -> tuple[Slip, ...]:
    """All slips of lines that were not withdrawn, by party, line and when they were known."""
    told: dict[tuple[str, str], list[_Promise]] = defaultdict(list)
    gone = set()
    columns = ("party", "line", "stage", "known_on", "entry", "promised")
    for party, line, stage, known, entry, promised in case.history.select(columns).iter_rows():
        if stage == Stage.WITHDRAWN:
            gone.add((party or "", line))
        elif line and promised:
            told[party or "", line].append(_Promise(known, entry, promised))
    return tuple(slip for key in sorted(told) if key not in gone for slip in _of_line(*key, told[key]))


def _of_line(party: str, line: str, promises: Iterable[_Promise]) -> Iterable[Slip]:
    in_order = sorted(promises, key=lambda one: (one.known or date.min, one.entry))
    for before, after in pairwise(in_order):
        if before.day != after.day:
            announced = (before.day - after.known).days if after.known else None
            entries = tuple(sorted({before.entry, after.entry}))
            yield Slip(party, line, (after.day - before.day).days, announced, entries)
