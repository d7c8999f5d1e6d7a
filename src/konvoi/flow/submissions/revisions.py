"""Changes by newer versions to those that they replace, package by package, as a table of the case."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.versions import replaced
from konvoi.ledger.revisions import REVISIONS, revisions
from konvoi.model.document import PUBLIC, Reading

REVISED = pl.Schema(
    {
        **{name: kind for name, kind in REVISIONS.items() if not name.endswith("_entries")},
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""REVISIONS without entries (those of the old version count no more); `_file` is the newer document,
`marking` the narrowest of what both versions say of the package."""


def with_revisions(whole: Gathered, readings: Sequence[Reading], settings: Settings) -> Gathered:
    """The same with the table `revisions`, where a document in force replaces another one."""
    by_name = {one.document: one for one in readings}
    parts = [
        _revised(by_name[old], new) for new in whole.readings if (old := replaced(new, readings, settings))
    ]
    if not parts:
        return whole
    found = pl.concat(parts).sort("kind", "source", "package")
    return replace(whole, tables={**whole.tables, "revisions": found})


def _revised(old: Reading, new: Reading) -> pl.DataFrame:
    """Return the changes of one document against the one that it replaces."""
    rows = revisions(old.entries, new.entries)
    both = pl.concat([old.entries, new.entries])
    marks = {
        (source or "", package): marking
        for source, package, marking in both.filter(
            pl.col("marking").is_not_null() & (pl.col("marking") != PUBLIC)
        )
        .sort("marking")
        .select("source", "package", "marking")
        .unique(["source", "package"], keep="last", maintain_order=True)
        .iter_rows()
    }
    marking = [marks.get(name, PUBLIC) for name in rows.select("source", "package").iter_rows()]
    return (
        rows.with_columns(
            marking=pl.Series(marking, dtype=pl.String),
            _file=pl.lit(new.document),
            _sheet=pl.lit(""),
            _row=pl.lit(0, pl.Int64),
        )
        .select(list(REVISED))
        .cast(REVISED)
    )
