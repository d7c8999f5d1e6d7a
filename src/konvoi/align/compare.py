"""What regimes differ in: how much of what is known each lists, what one lacks, and who was first."""

import polars as pl

from konvoi.align.listing import Since
from konvoi.align.matrix import Cell

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
    }
)
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


def shares(matrix: pl.DataFrame) -> pl.DataFrame:
    """For each regime and order how many parties are listed, of how many cells that are known (SHARES).

    Cells that are not known are counted apart, in no share. share is null where nothing is known, and
    where a list can tell for the day only who is on it: of those alone it would list all.
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
    """What one regime orders against a party and another does not, with the acts to cite (GAPS).

    Only where both lists can speak for the day; what is not known is no gap.
    """
    covered = matrix.filter("covered")
    has = covered.filter(pl.col("cell") == Cell.LISTED.value)
    lacks = covered.filter(pl.col("cell") == Cell.NOT_LISTED.value)
    found = has.select("party", "order", "acts", "listings", has="regime").join(
        lacks.select("party", "order", lacks="regime"), on=("party", "order")
    )
    return found.select(GAPS.names()).sort("party", "order", "has", "lacks")


def lags(matrix: pl.DataFrame) -> pl.DataFrame:
    """For two regimes that list the same parties: how often each was earlier, and by how many days (LAGS).

    Only parties whose day both lists give, exactly. median_days: from `first` to `then`, negative where
    `first` was mostly the later one; n: how many parties it rests on.
    """
    given = matrix.filter(
        (pl.col("cell") == Cell.LISTED.value)
        & (pl.col("since_known") == Since.GIVEN.value)
        & (pl.col("since_first") == pl.col("since_last"))
    ).select("party", "order", "regime", "since_first")
    pairs = given.join(given, on=("party", "order"), suffix="_then")
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
