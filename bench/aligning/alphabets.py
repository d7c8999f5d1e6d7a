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


def held(frames: Frames) -> pl.DataFrame:
    """listing, regime, type, value: each half holds its record's id, so that each pair tells what is true."""
    record = pl.col("listing").str.replace(r"^\w+:", "")
    return frames.listings.select("listing", "regime", type=pl.lit("record"), value=record)


def unlike(answered: pl.DataFrame, own: pl.DataFrame, true: pl.DataFrame) -> pl.DataFrame:
    """The answers without those of two records of one party, which are neither asked for nor wrong.

    own: listing, party of the whole list, with births and numbers.
    """
    parties = dict(own.select("listing", "party").iter_rows())
    left, right = (
        pl.col(side).str.replace(r"^\w+:", "").replace_strict(parties, default=None)
        for side in ("left", "right")
    )
    other = answered.filter(left != right)
    return (
        pl.concat([other, answered.join(true, on=("left", "right"), how="semi")])
        .unique()
        .sort("left", "right")
    )
