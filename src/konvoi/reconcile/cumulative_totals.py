"""Totals to date: the earlier statements that a total may repeat, so that only its increase counts."""

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence, Found, proposals
from konvoi.reconcile.statement import TO_DATE

SUBTYPE = "to-date"
# A total that is rounded or in other rates may be off by so much; a day by so many.
_OFF = 0.06
_DAYS = 3
_LONG_AGO = 3650
_MOST = 40
_YEAR = 366
# Share of statements in a total's days that are parts of it (docs/decisions/0019), by the sum's result: with
# a first day and common content, with a first day alone, without a first day.
_SURE = {
    "make up": (0.95, 0.5, 0.95),
    "less": (0.9, 0.4, 0.65),
    "more": (0.8, 0.4, 0.75),
    "unknown": (0.85, 0.8, 0.3),
}
_SAYS = {
    "make up": "the earlier parts make up the total",
    "less": "the earlier parts are less than the total",
    "more": "the earlier parts are more than the total",
    "unknown": "a sum is not known",
}


def to_date(evidence: Evidence) -> Found:
    """Propose totals as restating the earlier statements on the same giver and content that they may repeat.

    A total to date, by its title or its column `since`, may repeat what was stated since its first day, also
    where another source states it; without a first day, all earlier statements. One that names no content and
    one with `since`, may repeat all of its kind of support. Earlier totals are repeated too. What only calls
    itself a total may repeat earlier smaller statements of its content. Parts that the column `since`
    declares are accepted (`_declared`).
    """
    table = evidence.statements.with_columns(
        _giver=pl.coalesce("party", "source"),
        _start=pl.coalesce("since", pl.when(pl.col("first") < pl.col("last")).then("first")),
        _nothing=(pl.col("words").list.len() == 0) & (pl.col("goods").list.len() == 0),
    )
    totals = table.filter((pl.col("lead") == TO_DATE) | (pl.col("total") & pl.col("lead").is_null()))
    if totals.is_empty():
        return proposals(pl.DataFrame(schema={"left": pl.String, "right": pl.String}), "restates")
    # A total whose first day is stated as such may be wider than its title: it is met with its whole kind.
    empty = pl.lit([], dtype=pl.List(pl.String))
    wide = totals.filter(pl.col("since").is_not_null()).with_columns(words=empty, goods=empty)
    wholes = pl.concat([p.contents(totals, whole=True), p.contents(wide, whole=True)], how="vertical_relaxed")
    met = p.beside_all(
        wholes,
        p.contents(table, whole=False),
        ("_giver", "level", "_content"),
        days=(_LONG_AGO, _DAYS + _YEAR),
        where=c.same_money() | c.same_unit() | _SILENT,
        most=_MOST,
        table=table,
        ordered=False,
    )
    met = met.with_columns(_full=pl.len().over("id") >= _MOST)
    weighed = _weighed(_declared(met.filter(_repeats(), c.apart(evidence.policy.unique))))
    accepted = proposals(weighed.filter("_declared"), "restates", status="accepted", basis="structure")
    open_ = proposals(weighed.filter(~pl.col("_declared")), "restates")
    return Found(pl.concat([accepted.relations, open_.relations]).sort("left", "right"))


def _declared(met: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with `_declared`: True if columns alone make the statement a part of the total.

    The total states its first day in the column `since`; the part is a package of the same source, stage,
    kind and currency, with its days from that day up to the total's, and names the content that the total
    names. Parts that are together more than the total, or one without an amount, leave all of them open.
    Earlier totals are no parts: they are open.
    """
    words = pl.col("words").list
    named = (words.len() > 0) & (words.set_difference("words_later").list.len() == 0)
    content = named | ((words.len() == 0) & c.same_good())
    alike = [pl.col(name) == pl.col(f"{name}_later") for name in ("source", "stage", "kind", "level")]
    # A part without an amount has no currency either.
    currency = pl.col("currency_later").is_null() | (pl.col("currency") == pl.col("currency_later"))
    wide = [
        pl.col(name).is_null() | (pl.col(name) == pl.col(f"{name}_later")).fill_null(False)
        for name in ("place", "numbered", "implementer")
    ]
    inside = (pl.col("first_later") >= pl.col("since")) & (pl.col("last_later") <= pl.col("last"))
    part = pl.all_horizontal(
        "stated_since",
        pl.col("level") == "package",
        pl.col("known_later") <= pl.col("known"),
        pl.col("lead_later").is_null() & ~pl.col("total_later"),
        *(one.fill_null(False) for one in alike),
        *wide,
        currency.fill_null(False),
        pl.col("counterparty").eq_missing(pl.col("counterparty_later")),
        inside,
        content & ~c.other_good(),
    ).fill_null(False)
    known = ((pl.col("currency") == pl.col("currency_later")) & (pl.col("amount_later") >= 0)).fill_null(
        False
    )
    amount = pl.when(part).then("amount_later").otherwise(0.0)
    whole = (
        (known | ~part).all().over("id")
        & ~pl.col("_full")
        & (amount.sum().over("id") <= pl.col("amount") * (1 + _EXACT))
        & ((part & known).any().over("id"))
    )
    return met.with_columns(_declared=(part & whole).fill_null(False))


_EXACT = 1e-9
"""Share by which a sum of exact amounts may be off as a binary fraction."""

_SILENT = pl.col("value_later").is_null() & pl.col("quantity_later").is_null()
"""A part without amount and quantity: the sum of the parts is not known."""


def _repeats() -> pl.Expr:
    """Return True if a total may repeat a statement (columns that end in `_later`)."""
    cumulative = pl.col("lead") == TO_DATE
    starts = pl.coalesce(pl.col("_start") - _DAYS, pl.col("first_later"))
    inside = pl.col("first_later").is_between(starts, pl.col("last"))
    # Of two totals the later one repeats the earlier one.
    total_later = (pl.col("lead_later") == TO_DATE).fill_null(False)
    ordered = (pl.col("last_later") < pl.col("last")) | (
        (pl.col("last_later") == pl.col("last")) & (pl.col("known_later") < pl.col("known"))
    )
    content = c.same_good() | ((c.words_shared() > 0) & ~c.other_good())
    wide = pl.col("_nothing") | (pl.col("since").is_not_null() & ~c.other_good())
    vague = wide & ~c.differ("kind") & cumulative
    smaller = (
        pl.when(c.same_money())
        .then(pl.col("value_later") < pl.col("value"))
        .otherwise(pl.col("quantity_later") < pl.col("quantity"))
    )
    weak = smaller & ~pl.col("total_later").fill_null(False)
    return (
        inside
        & (~total_later | ordered)
        & (content | vague).fill_null(False)
        & (cumulative.fill_null(False) | weak.fill_null(False))
        & (~_SILENT | (content & (pl.col("source") == pl.col("source_later"))).fill_null(False))
        & ~c.differ("place")
        & ~c.differ("numbered")
    )


def _weighed(met: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with the evidence of the sum of all parts.

    Totals whose parts together clearly exceed them are left out if they name neither their content nor
    themselves totals to date.
    """
    money = pl.col("value").is_not_null()
    figure, part = (
        pl.when(money).then(f"value{side}").otherwise(f"quantity{side}") for side in ("", "_later")
    )
    known = part.is_not_null().all().over("id")
    share = pl.when(known).then((part.sum() / figure.first()).over("id"))
    told = met.with_columns(_share=share).with_columns(_said=_said())
    cumulative = (pl.col("lead") == TO_DATE).fill_null(False)
    # A total without a first day that is less than its parts repeats the latest of them at most.
    dated = pl.col("_start").is_not_null()
    kept = told.filter(
        (pl.col("_said") != "more") | (~pl.col("_nothing") & cumulative & (dated | c.within_whole(_OFF)))
    )
    content = c.same_good() | c.same_title() | (c.words_shared() > 0)
    column = pl.when(dated & content).then(0).when(dated).then(1).otherwise(2)
    period = (
        pl.when(dated).then(pl.lit("since a day that is stated")).otherwise(pl.lit("no first day is stated"))
    )
    sums = pl.col("_said").replace_strict(_SAYS, return_dtype=pl.String)
    sure = pl.coalesce(
        pl.when(column == n, pl.col("_said") == said).then(one)
        for said, shares in _SURE.items()
        for n, one in enumerate(shares)
    )
    return kept.select(
        "_declared",
        left="id",
        right="id_later",
        subtype=pl.lit(SUBTYPE),
        probability=pl.when("_declared").then(1.0).otherwise(sure),
        evidence=a.told(kept, [a.Answer("total to date", sums), a.Answer("period", period), a.title()]),
    )


def _said() -> pl.Expr:
    """Return the key of _SAYS for the share of a total that its parts make up."""
    return (
        pl.when(pl.col("_share").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("_share") < 1 - _OFF)
        .then(pl.lit("less"))
        .when(pl.col("_share") > 1 + _OFF)
        .then(pl.lit("more"))
        .otherwise(pl.lit("make up"))
    )
