"""Clusters gathered by what pairs cannot tell: a register's number, a lone word, a register without a word.

An engine joins records that are alike. Whoever counts also knows that a register's later row bears the number
of the earlier one; that what a partner announces and no register ever holds was mostly said before; that what
a register holds was announced by somebody. Each step joins a cluster to the one that it fits best.
"""

import polars as pl
from bench.reconciling.relations import children

from konvoi.kit.union import components

_ON = ("party", "counterparty", "thing")
_WORDS = ("ministry", "press")
_AGAIN, _EARLY, _LATE = 420, 60, 300
_LIKE = 0.05


def gathered(records: pl.DataFrame) -> pl.DataFrame:
    """Records with `cluster` after all steps; what is parted by its lead (to date, joint) is left alone."""
    for step in (_by_number, _without_words, _said_again):
        edges = step(records).unique().sort("left", "right")
        of: dict[str, str] = components(edges.select("left", "right").rows())
        records = records.with_columns(pl.col("cluster").replace(of))
    return records


def _by_number(records: pl.DataFrame) -> pl.DataFrame:
    """Rows of a register under one number, of one day, receiver and good are one row in several versions."""
    rows = records.filter(pl.col("variant").is_in(["tracker", "fts"]) & (pl.col("amount") > 0))
    key = ["source", "reference", "first", "counterparty", "thing"]
    return rows.drop_nulls(key).select(left="cluster", right=pl.col("cluster").min().over(key))


def composed(records: pl.DataFrame) -> pl.DataFrame:
    """Of each cluster of gifts what it tells: who, what, when, how much, and which sources speak of it."""
    gifts = records.filter(pl.col("lead").is_null() & ~pl.col("stage").is_in(["paid in", "contracted"]))
    word = pl.col("variant").is_in(_WORDS)
    exact = pl.when(pl.col("amount") > 0).then(pl.col("step") / pl.col("amount"))
    told = [pl.col(c).drop_nulls().mode().sort().first() for c in (*_ON, "place", "numbered", "quantity")]
    return (
        gifts.with_columns(_exact=exact)
        .group_by("cluster")
        .agg(
            *told,
            day=pl.coalesce(pl.col("first").filter(word).min(), pl.col("last").min()),
            eur=pl.col("eur").sort_by("_exact", "known", "id", nulls_last=True).first(),
            usd=pl.col("usd").sort_by("_exact", "known", "id", nulls_last=True).first(),
            words=word.sum(),
            registers=pl.col("variant").filter(~word).unique().sort(),
            records=pl.len(),
            paid=(pl.col("stage") == "disbursed").all() & (pl.col("variant") == "iati").all(),
            official=(pl.col("variant") == "ministry").all(),
            parked=((pl.col("variant") == "fts") & (pl.col("amount") == 0)).any(),
        )
    )


def _beside(one: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Clusters beside others of the same giver, receiver and good: nothing that both tell is different.

    off: how far their sums are apart; null where one has none. common: how much of place, number and quantity
    both tell.
    """
    both = one.join(others, on=list(_ON), suffix="_r").filter(pl.col("cluster") != pl.col("cluster_r"))
    same = [pl.col(c) == pl.col(f"{c}_r") for c in ("place", "numbered", "quantity")]
    off = pl.min_horizontal(*((pl.col(c) / pl.col(f"{c}_r")).log().abs() for c in ("eur", "usd")))
    known = (pl.col("eur") > 0) & (pl.col("eur_r") > 0)
    return both.filter(*(one.fill_null(value=True) for one in same[:2])).with_columns(
        off=pl.when(known).then(off),
        common=pl.sum_horizontal(one.fill_null(value=False).cast(pl.Int8) for one in same),
    )


def _best(both: pl.DataFrame) -> pl.DataFrame:
    """Of each cluster the one that it fits best, as edges."""
    told = both.with_columns(_none=pl.col("off").is_null(), _near=(pl.col("day") - pl.col("day_r")).abs())
    ranked = told.sort(
        "cluster", "_none", "common", "off", "_near", "cluster_r",
        descending=[False, False, True, False, False, False],
    )  # fmt: skip
    first = ranked.unique("cluster", keep="first", maintain_order=True)
    return first.select(left="cluster", right="cluster_r")


def _without_words(records: pl.DataFrame) -> pl.DataFrame:
    """What a register holds and nobody is seen to have said, to the word that it fits best.

    No register has two rows of one undertaking, but for versions and second reports, which bear its number.
    """
    told = composed(records)
    drawn = children(records).select(id="left_id").join(records, on="id").select("cluster").unique()
    lone = told.filter((pl.col("words") == 0) & ~pl.col("paid")).join(drawn, on="cluster", how="anti")
    both = _beside(lone, told.filter(pl.col("words") > 0)).filter(
        (pl.col("day") - pl.col("day_r")).is_between(-_EARLY, _LATE),
        pl.col("registers").list.set_intersection("registers_r").list.len() == 0,
        (pl.col("off") < _LIKE) | (pl.col("off").is_null() & (pl.col("common") > 0)),
    )
    return _best(both)


def _said_again(records: pl.DataFrame) -> pl.DataFrame:
    """A lone word of the partner itself, to an earlier gift of about that sum."""
    told = composed(records)
    lone = told.filter((pl.col("words") == pl.col("records")) & pl.col("official") & (pl.col("eur") > 0))
    both = _beside(lone, told.filter((pl.col("words") > 0) & (pl.col("eur") > 0))).filter(
        (pl.col("day") - pl.col("day_r")).is_between(1, _AGAIN), pl.col("off") < _LIKE
    )
    return _best(both)
