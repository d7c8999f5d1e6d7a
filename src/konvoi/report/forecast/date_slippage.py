"""Promised days that were moved: by how many days, and how long before the old day that was announced."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

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


def slips(case: Case) -> tuple[Slip, ...]:
    """All slips of lines that were not withdrawn, by party, line and when they were known."""
    told: dict[tuple[str, str], list[tuple[date | None, str, date]]] = defaultdict(list)
    gone = set()
    columns = ("party", "line", "stage", "known_on", "entry", "promised")
    for party, line, stage, known, entry, promised in case.history.select(columns).iter_rows():
        if stage == Stage.WITHDRAWN:
            gone.add((party or "", line))
        elif line and promised:
            told[party or "", line].append((known, entry, promised))
    return tuple(
        slip for key in sorted(told) if key not in gone for slip in _of_line(*key, _in_order(told[key]))
    )


def _in_order(rows: Iterable[tuple[date | None, str, date]]) -> list[tuple[date | None, str, date]]:
    return sorted(rows, key=lambda row: (row[0] or date.min, row[1]))


def _of_line(party: str, line: str, rows: list[tuple[date | None, str, date]]) -> Iterable[Slip]:
    for (_, first, before), (known, second, after) in pairwise(rows):
        if before != after:
            announced = (before - known).days if known else None
            yield Slip(party, line, (after - before).days, announced, tuple(sorted({first, second})))
