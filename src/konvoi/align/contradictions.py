"""Evidence against a match whatever the names: differing unique identifiers, disjoint dates of birth."""

import polars as pl

from konvoi.align.identifiers import ONCE

ABOUT_DAYS = 366
"""Days by which the true day may lie outside of a birth that a list calls approximate."""


def conflicts(pairs: pl.DataFrame, identifiers: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, type, value, other: differing valid numbers of a type of which a party has one.

    identifiers: owner, type, value, valid.
    """
    once = identifiers.filter(pl.col("type").is_in(sorted(ONCE)) & pl.col("valid").fill_null(value=False))
    once = once.select("owner", "type", "value").unique()
    both = _both(pairs, once, on=("type",))
    equal = (pl.col("value") == pl.col("value_right")).any()
    found = both.group_by("left", "right", "type").agg(
        equal=equal, value=pl.col("value").min(), other=pl.col("value_right").min()
    )
    return found.filter(~pl.col("equal")).drop("equal").sort("left", "right", "type")


def births(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, births: "day" (equal), "year" (overlap within one), "about" (overlap), or
    "disjoint".

    known: owner, first, last, about. Pairs of which a side has no birth are left out. Births are disjoint
    only if no two intervals overlap.
    """
    both = _both(pairs, known.drop_nulls("first").unique(), on=())
    slack = ((pl.col("about") | pl.col("about_right")).cast(pl.Int32) * ABOUT_DAYS).cast(pl.Int64)
    spare = pl.duration(days=slack)
    first = pl.max_horizontal("first", "first_right")
    last = pl.min_horizontal("last", "last_right")
    exact = (pl.col("first") == pl.col("last")) & (pl.col("first_right") == pl.col("last_right"))
    long = pl.max_horizontal(
        (pl.col("last") - pl.col("first")).dt.total_days(),
        (pl.col("last_right") - pl.col("first_right")).dt.total_days(),
    )
    meet = first <= last + spare
    rank = (
        pl.when(exact & (pl.col("first") == pl.col("first_right")))
        .then(0)
        .when(meet & (slack == 0) & (long <= ABOUT_DAYS))
        .then(1)
        .when(meet)
        .then(2)
        .otherwise(3)
    )
    words = {0: "day", 1: "year", 2: "about", 3: "disjoint"}
    found = both.with_columns(rank=rank).group_by("left", "right").agg(pl.col("rank").min())
    spoken = pl.col("rank").replace_strict(words, return_dtype=pl.String)
    return found.select("left", "right", births=spoken).sort("left", "right")


def never(pairs: pl.DataFrame, identifiers: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs (left, right) that are two parties: a conflict of numbers, or disjoint births."""
    apart = births(pairs, known).filter(pl.col("births") == "disjoint")
    found = [one.select("left", "right") for one in (conflicts(pairs, identifiers), apart)]
    return pl.concat(found).unique().sort("left", "right")


def _both(pairs: pl.DataFrame, held: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    """Each pair with what both sides hold."""
    ones = pairs.select("left", "right").unique()
    first = ones.join(held, left_on="left", right_on="owner")
    return first.join(held, left_on=("right", *on), right_on=("owner", *on), suffix="_right")
