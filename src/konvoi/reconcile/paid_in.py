"""Payments into a fund, and the fund's gifts that they paid for."""

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence, Found, proposals

SUBTYPE = "fund"
_BEFORE = 60
_AFTER = 800
_FEES = 0.15
_FEW = 3
_BESIDE = 40


def paid_in(evidence: Evidence) -> Found:
    """Propose each payment into a fund as passing through to gifts of that fund.

    For a fund with many payments and gifts it is unknown which gift a payment went to: only gifts of nearly
    the amount paid are proposed.
    """
    table = evidence.statements
    gifts = table.filter("fund")
    into = table.filter(~pl.col("fund"), pl.col("to_fund") | pl.col("pays_fund")).with_columns(
        _fund=pl.when("to_fund").then(pl.concat_list("counterparty")).otherwise("funds")
    )
    if gifts.is_empty() or into.is_empty():
        return proposals(pl.DataFrame(schema={"left": pl.String, "right": pl.String}), "passes_through")
    payments = into.explode("_fund")
    met = p.beside_all(
        payments,
        gifts.with_columns(_fund="party"),
        ("level", "_fund"),
        days=(_BEFORE, _AFTER),
        where=c.same_money(),
        most=_BESIDE,
        table=table,
        ordered=False,
    )
    sides = met.with_columns(_ratio=pl.col("value_later") / pl.col("value"))
    near = pl.col("_ratio").is_between(1 - _FEES, 1.01)
    few = (pl.len().over("id") <= _FEW) & (pl.len().over("id_later") <= _FEW)
    kept = sides.filter(near | few)
    named = a.Answer("fund", pl.lit("a payment into the fund and a contribution by the fund"))
    rows = kept.select(
        left="id",
        right="id_later",
        subtype=pl.lit(SUBTYPE),
        probability=pl.when(near).then(0.5).otherwise(0.2),
        evidence=a.told(kept, [named, a.Answer("share handed on", _share(near)), a.distance()]),
    )
    return proposals(rows, "passes_through")


def _share(near: pl.Expr) -> pl.Expr:
    """Return the answer on how much of the payment the gift is."""
    return (
        pl.when((pl.col("_ratio") - 1).abs() <= 0.005)
        .then(pl.lit("the whole amount"))
        .when(near)
        .then(pl.lit("all but the usual fees"))
        .when(pl.col("_ratio") < 1)
        .then(pl.lit("a part"))
        .otherwise(pl.lit("more than received"))
    )
