"""Events that two sources report alike: equal by their hash, so that they count once."""

import json
from collections.abc import Iterable, Sequence

import polars as pl

from konvoi.model.document import Reading
from konvoi.model.entries import RELATIONS, empty
from konvoi.model.paper import EVENT

_EVIDENCE = json.dumps([["event", "the same event by its hash"]], separators=(",", ":"))


def equal_events(readings: Sequence[Reading]) -> pl.DataFrame:
    """Return `same_as` for each good of an event that documents of two sources report (RELATIONS)."""
    sides = list(_sides(readings))
    if len(sides) < 2:
        return empty(RELATIONS)
    found = pl.concat(sides).unique(["hash", "good", "source"], keep="first", maintain_order=True)
    pairs = found.join(found, on=["hash", "good"]).filter(pl.col("source") < pl.col("source_right"))
    return pairs.select(
        left=pl.min_horizontal("entry", "entry_right"),
        right=pl.max_horizontal("entry", "entry_right"),
        relation=pl.lit("same_as"),
        subtype=pl.lit(None, pl.String()),
        probability=pl.lit(1.0),
        status=pl.lit("accepted"),
        basis=pl.lit("structure"),
        evidence=pl.lit(_EVIDENCE),
    ).sort("left", "right")


def _sides(readings: Sequence[Reading]) -> Iterable[pl.DataFrame]:
    """Yield the entries of each document of events with hash, good and source."""
    for reading in readings:
        names = reading.tables.get("paper_names")
        if reading.format != "epcis" or names is None or reading.entries.is_empty():
            continue
        hashes = names.filter(pl.col("scheme") == EVENT).select("paper", hash="name")
        lines = pl.concat(
            [
                reading.tables[table].select(paper=key, row="_row", sheet="_sheet")
                for table, key in (("movements", "movement"), ("receipts", "receipt"))
                if table in reading.tables
            ]
        )
        entries = reading.entries.select("entry", "source", "good", "reference", "row")
        yield (
            entries.join(lines.join(hashes, on="paper"), left_on="reference", right_on="paper")
            .select("entry", "source", "good", "hash")
            .with_columns(pl.col("good").fill_null(""))
        )
