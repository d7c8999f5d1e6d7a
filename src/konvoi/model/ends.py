"""Ends of relations that name a reference or a package become entries once all documents are there."""

import polars as pl

from konvoi.model.entries import RELATIONS


def resolved(relations: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Relations of which both ends are among the entries, each end as the id of one entry.

    An end may be an entry's id, a reference (it means the entry of that reference that is known latest) or
    a package (its first entry by id), tried in this order. Relations with an end that nobody handed in are
    left out, as are those of an entry to itself. Returns RELATIONS, each once, sorted.
    """
    ids = entries.select(end="entry", entry="entry")
    latest = (
        entries.sort("known_on", "entry", nulls_last=False).group_by("reference").agg(pl.col("entry").last())
    )
    first = entries.group_by("package").agg(pl.col("entry").min())
    known = pl.concat(
        [ids, latest.select(end="reference", entry="entry"), first.select(end="package", entry="entry")]
    )
    known = known.drop_nulls().unique("end", keep="first", maintain_order=True)
    return (
        relations.join(known.rename({"end": "left", "entry": "_left"}), on="left")
        .join(known.rename({"end": "right", "entry": "_right"}), on="right")
        .with_columns(left="_left", right="_right")
        .filter(pl.col("left") != pl.col("right"))
        .select(RELATIONS.names())
        .unique()
        .sort(RELATIONS.names())
    )
