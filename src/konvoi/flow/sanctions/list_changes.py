"""Changes in the lists of a workspace between two days."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.align.list_diff import changes
from konvoi.align.list_status import State
from konvoi.align.listing import Since
from konvoi.flow.sanctions.lists import Lists, lists
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding

GIVEN = Since.GIVEN.value
PROSE = Since.PROSE.value

SUMS = pl.Schema(
    {
        "regime": pl.String(),
        "listed": pl.Int64(),
        "delisted": pl.Int64(),
        "changed": pl.Int64(),
        "basis": pl.String(),
        "then": pl.Date(),
        "now": pl.Date(),
    }
)
"""Listings by regime that are new, gone, and amended. basis: two lists compared; or, where only the later
list is at hand, the days that it gives: then nothing is known of delisted and changed. then, now: days of
the lists."""

LISTS = "two lists"
DAYS = "days given in one list"


@dataclass(frozen=True)
class Changed:
    """changes: konvoi.align.list_diff CHANGES. days: of each regime that was compared the own days of both
    lists. left_out: regimes that have a list in force on one of the two days alone. sums: SUMS."""

    old: date
    new: date
    changes: pl.DataFrame = field(repr=False)
    days: dict[str, tuple[date, date]]
    left_out: tuple[str, ...]
    sums: pl.DataFrame = field(default_factory=SUMS.to_frame, repr=False)
    findings: tuple[Finding, ...] = ()


def changed(folder: Path, old: date, new: date, *, stop: Stop = never) -> Changed:
    """Return the differences between the lists in force on a day and those in force on a day before it."""
    before, after = (lists(folder, on=day, stop=stop) for day in (old, new))
    mine = _days(before)
    theirs = _days(after)
    both = {name: (mine[name], theirs[name]) for name in sorted(mine) if name in theirs}
    found = changes(before.frames, after.frames)
    alone = tuple(sorted(mine.keys() ^ theirs.keys()))
    sums = _sums(found, both, _given(after, old, {name: theirs[name] for name in alone if name in theirs}))
    return Changed(old, new, found, both, alone, sums, after.findings)


def since_day(folder: Path, old: date, on: date | None = None, *, stop: Stop = never) -> Changed:
    """Return the changes since a day, until another; without it until the day of the workspace.

    Refused where the day is not before that one.
    """
    new = on or lists(folder, stop=stop).on
    if new <= old:
        raise Refused(f"nothing can have changed since {old}: the lists are looked at as of {new}")
    return changed(folder, old, new, stop=stop)


def _sums(found: pl.DataFrame, both: dict[str, tuple[date, date]], given: pl.DataFrame) -> pl.DataFrame:
    counts = {
        (regime, what): count
        for regime, what, count in found.group_by("regime", "change")
        .agg(pl.col("listing").n_unique())
        .iter_rows()
    }
    rows = [
        (name, *(counts.get((name, what), 0) for what in ("new", "gone", "amended")), LISTS, then, now)
        for name, (then, now) in both.items()
    ]
    compared = pl.DataFrame(rows, schema=SUMS, orient="row")
    return pl.concat([compared, given]).sort("regime")


def _given(after: Lists, old: date, days: dict[str, date]) -> pl.DataFrame:
    """Return what regimes with one list alone say themselves: listings whose first day is after a day."""
    listings = after.frames.listings.filter(pl.col("regime").is_in(sorted(days)))
    dated = listings.filter((pl.col("since_first") > old) & pl.col("since_known").is_in([GIVEN, PROSE]))
    with_days = listings.filter(pl.col("since_known").is_in([GIVEN, PROSE]))["regime"].unique()
    listed = dict(dated.group_by("regime").agg(pl.col("listing").n_unique()).iter_rows())
    rows = [
        (name, listed.get(name, 0), None, None, DAYS, None, day)
        for name, day in sorted(days.items())
        if name in with_days
    ]
    return pl.DataFrame(rows, schema=SUMS, orient="row")


def _days(found: Lists) -> dict[str, date]:
    force = (one.taken for one in found.standings if one.state == State.IN_FORCE)
    return {one.snapshot.regime: one.day for one in force}
