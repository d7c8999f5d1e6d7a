"""Changes in the lists of a workspace between two days."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.align.list_diff import changes
from konvoi.align.list_status import State
from konvoi.flow.sanctions.lists import Lists, lists
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding


@dataclass(frozen=True)
class Changed:
    """changes: konvoi.align.list_diff CHANGES. days: of each regime that was compared the own days of both
    lists. left_out: regimes that have a list in force on one of the two days alone."""

    old: date
    new: date
    changes: pl.DataFrame = field(repr=False)
    days: dict[str, tuple[date, date]]
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def changed(folder: Path, old: date, new: date, *, stop: Stop = never) -> Changed:
    """Return the differences between the lists in force on a day and those in force on a day before it."""
    before, after = (lists(folder, on=day, stop=stop) for day in (old, new))
    mine = _days(before)
    theirs = _days(after)
    both = {name: (mine[name], theirs[name]) for name in sorted(mine) if name in theirs}
    found = changes(before.frames, after.frames)
    return Changed(old, new, found, both, tuple(sorted(mine.keys() ^ theirs.keys())), after.findings)


def _days(found: Lists) -> dict[str, date]:
    force = (one.taken for one in found.standings if one.state == State.IN_FORCE)
    return {one.snapshot.regime: one.day for one in force}
