"""Gifts of a fund that a member states as its own."""

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence

SUBTYPE = "fund-gift"
_WINDOW = 400
_BESIDE = 40
_ABOVE = 1.01
# Share of candidates that are true: docs/decisions/0019.
_ALIKE = 0.8
_OTHER_WORDS = 0.5
_PART = 0.1


def fund_gifts(evidence: Evidence) -> pl.DataFrame:
    """Return pairs of a member's statement and the gift of a fund that it may be.

    One of the two names the other: the member the fund, or the fund who paid. An equal amount is the same
    gift, a smaller one a part of it.
    """
    table = evidence.statements
    gifts = table.filter("fund")
    if gifts.is_empty():
        return a.PROPOSALS.to_frame()
    members = table.filter(
        ~pl.col("fund"), ~pl.col("to_fund"), ~pl.col("pays_fund"), pl.col("party").is_not_null()
    )
    by_fund = _met(
        members.with_columns(_named="funds").explode("_named"), gifts.with_columns(_named="party"), table
    )
    payer = _met(
        members.with_columns(_named="party"), gifts.with_columns(_named="members").explode("_named"), table
    )
    met = pl.concat([by_fund, payer]).unique(["id", "id_later"], maintain_order=True)
    content = c.same_good() | (c.words_shared() >= 0.3) | c.one_content()
    near = c.near_money() | c.near_quantity()
    found = met.filter(
        c.apart(evidence.policy.unique),
        c.compatible("place", "numbered") & (content | near),
    )
    return _proposed(found, near)


def _met(members: pl.DataFrame, gifts: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    at_most = (c.same_money() & (pl.col("low") <= pl.col("high_later") * _ABOVE)) | (
        c.same_unit() & (pl.col("q_low") <= pl.col("q_high_later"))
    )
    return p.beside_all(
        members,
        gifts,
        ("level", "_named"),
        days=(_WINDOW, _WINDOW),
        where=at_most,
        most=_BESIDE,
        table=table,
    )


def _proposed(found: pl.DataFrame, near: pl.Expr) -> pl.DataFrame:
    names = a.Answer("fund", pl.lit("one statement names the fund, or the fund names who paid"))
    answers = [names, a.title(), *a.figures(), a.distance()]
    same = found.filter(near)
    part = found.filter(~near)
    gift_later = pl.col("fund_later")
    parts = part.select(
        left=pl.when(gift_later).then("id").otherwise("id_later"),
        right=pl.when(gift_later).then("id_later").otherwise("id"),
        relation=pl.lit("part_of"),
        subtype=pl.lit(SUBTYPE),
        probability=pl.lit(_PART),
        evidence=a.told(part, answers),
    )
    alike = c.same_title() | c.same_good() | (c.words_shared() > 0)
    chance = pl.when(alike).then(_ALIKE).otherwise(_OTHER_WORDS)
    return pl.concat([a.proposed(same, SUBTYPE, chance, answers), parts.cast(a.PROPOSALS)])
