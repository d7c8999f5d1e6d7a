"""Totals to date: which earlier words of its source a total tells again, so that its increase counts."""

import json

import polars as pl

from konvoi.reconcile.beside import beside
from konvoi.reconcile.relation import Evidence, Found, proposals

SUBTYPE = "to-date"
TO_DATE = "to date"
# A total that is rounded or in other rates may be off by so much; a day by so many.
_OFF, _DAYS = 0.06, 3
_READ = ("id", "source", "party", "counterparty", "thing", "place", "first", "last", "eur")
# How often a word in a total's days is one of its parts: made-up records (bench.pledges, seeds 1-2).
_SURE = {"make up": 0.95, "less": 0.91, "more": 0.74, "unknown": 0.86}
_SAYS = {
    "make up": "the earlier parts make up the total",
    "less": "the earlier parts are less than the total",
    "more": "the earlier parts are more than the total",
    "unknown": "a sum is not known",
}


def to_date(evidence: Evidence) -> Found:
    """From a total since some day to each word of its source, giver, receiver and good since then: asked.

    A total without a first day, or without a good, is not asked about: it says too little of its parts.
    """
    told = evidence.records.filter(pl.col("thing").is_not_null() & pl.col("party").is_not_null())
    totals = told.filter((pl.col("lead") == TO_DATE) & (pl.col("first") < pl.col("last")))
    words = told.filter(pl.col("lead").is_null() & (pl.col("level") == "package"))
    days = (pl.col("first") - _DAYS, pl.col("last"))
    pairs = beside(totals.select(_READ), words.select(_READ), ("source", "party", "thing"), days)
    one_place = (pl.col("place") == pl.col("place_part")).fill_null(True)
    return proposals(_weighed(pairs.filter(one_place)), "restates")


def _weighed(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs with what the sum of the parts says of all of them."""
    known = pl.col("eur_part").is_null().any().not_() & pl.col("eur").first().is_not_null()
    share = pl.when(known).then(pl.col("eur_part").sum() / pl.col("eur").first())
    sums = pairs.group_by("id").agg(share=share)
    said = (
        pl.when(pl.col("share").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("share") < 1 - _OFF)
        .then(pl.lit("less"))
        .when(pl.col("share") > 1 + _OFF)
        .then(pl.lit("more"))
        .otherwise(pl.lit("make up"))
    )
    told = pairs.join(sums.with_columns(said=said), on="id")
    evidence = {
        key: json.dumps([["total to date", text]], separators=(",", ":")) for key, text in _SAYS.items()
    }
    return told.select(
        left="id",
        right="id_part",
        subtype=pl.lit(SUBTYPE),
        probability=pl.col("said").replace_strict(_SURE, return_dtype=pl.Float64),
        evidence=pl.col("said").replace_strict(evidence, return_dtype=pl.String),
    )
