"""Parties of the EU's acts whose names stand in two alphabets, Latin names against Cyrillic ones.

A record is cut in two, and each half is to find the other by its names alone: births, places and numbers are
gone, so that nothing but the letters tells who is who.
"""

from dataclasses import replace

import polars as pl
from bench.aligning.lists import hidden

from konvoi.align.frames import Frames, together

SCRIPTS = ("Latin", "Cyrillic")
KINDS = ("person", "entity")


def halves(frames: Frames) -> Frames:
    """The names of records that have both, each record as two listings of two regimes of these names."""
    strong = frames.names.filter(pl.col("kind") != "weak", pl.col("script").is_in(SCRIPTS))
    both = strong.group_by("listing").agg(pl.col("script").n_unique()).filter(pl.col("script") == 2)
    told = frames.listings.filter(pl.col("kind").is_in(KINDS)).join(both, on="listing", how="semi")
    return together(_half(frames, told, script) for script in SCRIPTS)


def _half(frames: Frames, listings: pl.DataFrame, script: str) -> Frames:
    of = pl.col("script") == script
    names = frames.names.filter(of).join(listings, on="listing", how="semi")
    renamed = pl.format("{}:{}", pl.lit(script), "listing").alias("listing")
    cut = replace(
        frames,
        listings=listings.with_columns(renamed, regime=pl.lit(script)),
        names=names.with_columns(renamed),
        **{name: getattr(frames, name).clear() for name in ("births", "nationalities", "measures", "links")},
    )
    return hidden(cut)


def known(frames: Frames) -> pl.DataFrame:
    """left, right: the halves of each record, the Cyrillic left."""
    ids = frames.listings.filter(pl.col("regime") == "Cyrillic")["listing"]
    return pl.DataFrame({"left": ids, "right": ids.str.replace("Cyrillic:", "Latin:")}).sort("left")
