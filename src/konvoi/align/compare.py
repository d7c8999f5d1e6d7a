"""Differences between regimes: the share of known designations each lists, gaps, expiries, first listings."""

from datetime import date, timedelta

import polars as pl

from konvoi.align.listing import Since
from konvoi.align.matrix import LACKS, Cell

SHARES = pl.Schema(
    {
        "regime": pl.String(),
        "order": pl.String(),
        "listed": pl.Int64(),
        "known": pl.Int64(),
        "unknown": pl.Int64(),
        "share": pl.Float64(),
    }
)
GAPS = pl.Schema(
    {
        "party": pl.String(),
        "order": pl.String(),
        "has": pl.String(),
        "lacks": pl.String(),
        "acts": pl.String(),
        "listings": pl.String(),
        "cell": pl.String(),
        "otherwise": pl.String(),
    }
)
"""cell: whether the list that lacks it never had it, or it has run out there. otherwise: what that list
orders against the party instead; empty where it does not list the party at all."""

OPEN = pl.Schema(
    {
        "party": pl.String(),
        "order": pl.String(),
        "lacks": pl.String(),
        "has": pl.String(),
        "count": pl.Int64(),
        "known": pl.Int64(),
        "acts": pl.String(),
        "listings": pl.String(),
        "cell": pl.String(),
        "otherwise": pl.String(),
        "perhaps": pl.String(),
    }
)
"""A gap of one regime, with all that have the measure: has, acts, listings; count: how many have it.

known: how many regimes can say for the day whether they have it, the one that lacks it among them.

perhaps: parties of UNDECIDED with this one that the regime does list: then there may be no gap, and a person
has to look first. cell: not known where the pair is a question."""

UNDECIDED = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "a": pl.String(),
        "b": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "asked": pl.Boolean(),
    }
)
"""Two parties that may be one, and the likeliest pair of their listings, with evidence for and against.

asked: a question for a person; else the names are alike, and a birth or a number differs: lists err in these,
too, so that such a gap needs a look."""

ENDING = pl.Schema(
    {
        "party": pl.String(),
        "regime": pl.String(),
        "order": pl.String(),
        "until": pl.Date(),
        "days": pl.Int64(),
        "acts": pl.String(),
        "listings": pl.String(),
        "others": pl.String(),
    }
)
"""others: the regimes that list the party for the measure beyond that day."""

LAGS = pl.Schema(
    {
        "first": pl.String(),
        "then": pl.String(),
        "order": pl.String(),
        "n": pl.Int64(),
        "earlier": pl.Int64(),
        "same_day": pl.Int64(),
        "later": pl.Int64(),
        "median_days": pl.Float64(),
    }
)
_PLACE = ("party", "order")


def shares(matrix: pl.DataFrame) -> pl.DataFrame:
    """Return for each regime and order the number of listed parties, and of known cells (SHARES).

    Cells that are not known are counted apart, in no share. share is null where nothing is known, and
    where a list shows for the day only who is on it: of those alone it would list all.
    """
    listed = pl.col("cell") == Cell.LISTED.value
    known = pl.col("covered") & (pl.col("cell") != Cell.NOT_KNOWN.value)
    counted = matrix.group_by("regime", "order").agg(
        listed=(listed & known).sum().cast(pl.Int64),
        known=known.sum().cast(pl.Int64),
        unknown=(~known).sum().cast(pl.Int64),
        absent=(pl.col("cell") == Cell.NOT_LISTED.value).any(),
    )
    told = (pl.col("known") > 0) & (pl.col("absent") | (pl.col("unknown") == 0))
    share = pl.when(told).then(pl.col("listed") / pl.col("known"))
    return counted.with_columns(share=share).select(SHARES.names()).sort("regime", "order")


def gaps(matrix: pl.DataFrame) -> pl.DataFrame:
    """Return measures that one regime orders against a party and another does not, with their acts (GAPS).

    Only where both lists cover the day; of unknown cells those alone of which a possible match is listed.
    """
    covered = matrix.filter("covered")
    has = covered.filter(pl.col("cell") == Cell.LISTED.value)
    unlike = pl.col("cell").is_in([one.value for one in LACKS])
    lacks = covered.filter(unlike | (pl.col("possible") != ""))
    orders = has.sort("order").group_by("party", "regime", maintain_order=True)
    instead = orders.agg(otherwise=pl.col("order").str.join("; "))
    without = lacks.select(*_PLACE, "cell", lacks="regime")
    found = has.select(*_PLACE, "acts", "listings", has="regime").join(without, on=_PLACE)
    found = found.join(instead, left_on=("party", "lacks"), right_on=("party", "regime"), how="left")
    filled = found.with_columns(pl.col("otherwise").fill_null(""))
    return filled.select(GAPS.names()).sort(*_PLACE, "has", "lacks")


def open_gaps(matrix: pl.DataFrame, undecided: pl.DataFrame | None = None) -> pl.DataFrame:
    """Gaps by the regime that lacks the measure (OPEN), those first that most others have."""
    found = gaps(matrix)
    grouped = found.sort(*_PLACE, "lacks", "has").group_by(*_PLACE, "lacks", maintain_order=True)
    joined = [
        pl.col(name).filter(pl.col(name) != "").unique(maintain_order=True).str.join("; ").alias(name)
        for name in ("has", "acts", "listings")
    ]
    counted = pl.col("has").n_unique().cast(pl.Int64).alias("count")
    told = grouped.agg(*joined, counted, pl.col("cell", "otherwise").first())
    others = UNDECIDED.to_frame() if undecided is None else undecided
    told = told.join(_perhaps(matrix, others), on=("party", "lacks"), how="left")
    tells = pl.col("covered") & (pl.col("cell") != Cell.NOT_KNOWN.value)
    known = matrix.filter(tells).group_by(*_PLACE).agg(known=pl.len().cast(pl.Int64))
    told = told.join(known, on=_PLACE, how="left").with_columns(pl.col("known").fill_null(0))
    told = told.with_columns(pl.col("perhaps").fill_null(""))
    return told.select(OPEN.names()).sort(-pl.col("count"), "lacks", "order", "party")


def _perhaps(matrix: pl.DataFrame, undecided: pl.DataFrame) -> pl.DataFrame:
    """Return party, lacks, perhaps: parties that a regime lists and that may be this one."""
    back = undecided.select(left="right", right="left")
    either = pl.concat([undecided.select("left", "right"), back]).unique()
    listed = matrix.filter(pl.col("cell") == Cell.LISTED.value).select("party", lacks="regime").unique()
    there = either.join(listed, left_on="right", right_on="party").sort("right")
    grouped = there.group_by("left", "lacks", maintain_order=True)
    return grouped.agg(perhaps=pl.col("right").str.join("; ")).rename({"left": "party"})


def ending(matrix: pl.DataFrame, on: date, days: int) -> pl.DataFrame:
    """Listings whose measure ends within so many days (ENDING), the next first; the last day counts."""
    listed = matrix.filter(pl.col("cell") == Cell.LISTED.value)
    last = on + timedelta(days=days)
    soon = listed.filter(pl.col("until").is_between(on, last))
    beyond = listed.select(*_PLACE, other="regime", beyond="until")
    both = soon.join(beyond, on=_PLACE, how="left").sort("other")
    stays = (pl.col("other") != pl.col("regime")) & (
        pl.col("beyond").is_null() | (pl.col("beyond") > pl.col("until"))
    )
    grouped = both.group_by("party", "regime", "order").agg(
        pl.col("until", "acts", "listings").first(),
        others=pl.col("other").filter(stays).str.join("; "),
    )
    left = (pl.col("until") - pl.lit(on)).dt.total_days()
    return grouped.with_columns(days=left).select(ENDING.names()).sort("until", "party", "regime", "order")


def lags(matrix: pl.DataFrame) -> pl.DataFrame:
    """For two regimes that list the same parties: how often each was earlier, and by how many days (LAGS).

    Only parties whose day both lists give, exactly. median_days: from `first` to `then`, negative where
    `first` was mostly the later one; n: how many parties it rests on.
    """
    given = matrix.filter(
        (pl.col("cell") == Cell.LISTED.value)
        & (pl.col("since_known") == Since.GIVEN.value)
        & (pl.col("since_first") == pl.col("since_last"))
    ).select(*_PLACE, "regime", "since_first")
    pairs = given.join(given, on=_PLACE, suffix="_then")
    pairs = pairs.filter(pl.col("regime") < pl.col("regime_then"))
    days = (pl.col("since_first_then") - pl.col("since_first")).dt.total_days()
    found = (
        pairs.with_columns(days=days)
        .group_by("regime", "regime_then", "order")
        .agg(
            n=pl.len().cast(pl.Int64),
            earlier=(pl.col("days") > 0).sum().cast(pl.Int64),
            same_day=(pl.col("days") == 0).sum().cast(pl.Int64),
            later=(pl.col("days") < 0).sum().cast(pl.Int64),
            median_days=pl.col("days").median(),
        )
        .rename({"regime": "first", "regime_then": "then"})
    )
    return found.select(LAGS.names()).sort("first", "then", "order")
