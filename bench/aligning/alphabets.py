"""Parties of the EU's acts whose names stand in two alphabets, Latin names against Cyrillic ones.

A record is cut in two, and each part is to find the other by its names alone: births, places and numbers are
gone, so that nothing but the letters tells who is who. Words of companies that lists translate
(konvoi.align.lexicon) were gathered from every other party, and none of the rest was looked at.
"""

from dataclasses import replace

import polars as pl
from bench.aligning.lists import hidden

from konvoi.align.frames import Frames, together
from konvoi.kit.digest import key
from konvoi.kit.text import fold
from konvoi.kit.union import components

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


def seen(frames: Frames) -> pl.DataFrame:
    """listing, seen: whether a company was in sight when words were gathered; of one party all, or none.

    Records are of one party here where they have an equal name or valid number. What the matcher says does
    not count, or its next version would move parties from one half to the other.
    """
    firms = frames.listings.filter(pl.col("kind") == "entity").select("listing")
    told = pl.col("name").map_elements(fold, return_dtype=pl.String)
    names = frames.names.select("listing", known=pl.format("n:{}", told))
    valid = frames.identifiers.filter(pl.col("valid").fill_null(value=False))
    numbers = valid.select("listing", known=pl.concat_str("type", "value"))
    both = pl.concat([names, numbers]).join(firms, on="listing", how="semi").unique().sort("listing", "known")
    first: dict[str, str] = components(both.rows())
    half = [int(key(first.get(one, one))[:6], 16) % 2 == 0 for one in firms["listing"]]
    return firms.with_columns(seen=pl.Series(half, dtype=pl.Boolean))
