"""First day of a listing that its list does not date: between two days on which the list was read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from konvoi.align.frames import Frames
from konvoi.align.listing import Since

_DAYS = pl.Schema({"listing": pl.String(), "first": pl.Date(), "last": pl.Date()})


def with_first_seen(now: Frames, good: Sequence[tuple[date, pl.DataFrame]]) -> Frames:
    """Return tables of a list in force, with `since` filled in from earlier good lists.

    good: the days of the regime's good lists up to this one, in order, each with its table of listings. A
    party that stands in the first of them all stays unknown: it may have been listed long before.
    """
    seen = _first_seen(good)
    return replace(now, listings=_filled(now.listings, seen), measures=_filled(now.measures, seen))


def _first_seen(good: Sequence[tuple[date, pl.DataFrame]]) -> pl.DataFrame:
    """For each listing that came with a later list: the day after the list before, and that list's day."""
    known: set[str] = set()
    rows: list[tuple[str, date, date]] = []
    before: date | None = None
    for day, listings in good:
        ids = set(listings["listing"])
        # Where a listing went and came again, its last coming counts.
        rows = [row for row in rows if row[0] in ids]
        if before is not None and before < day:
            rows += [(one, before + timedelta(days=1), day) for one in sorted(ids - known)]
        known = ids
        before = day
    return pl.DataFrame(rows, schema=_DAYS, orient="row")


def _filled(rows: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    unknown = (pl.col("since_known") == Since.UNKNOWN.value) & pl.col("first").is_not_null()
    return (
        rows.join(seen, on="listing", how="left", maintain_order="left")
        .with_columns(
            since_first=pl.when(unknown).then("first").otherwise("since_first"),
            since_last=pl.when(unknown).then("last").otherwise("since_last"),
            since_known=pl.when(unknown).then(pl.lit(Since.SNAPSHOT.value)).otherwise("since_known"),
        )
        .drop("first", "last")
    )
