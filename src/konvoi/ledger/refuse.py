"""Totals that are not drawn, because they would count twice or add unlike things."""

import polars as pl

from konvoi.kit.money import places
from konvoi.ledger.answer import Refusal
from konvoi.ledger.basis import Basis
from konvoi.ledger.parts import plain
from konvoi.ledger.question import Question
from konvoi.ledger.sift import RECEIVERS_VIEW
from konvoi.ledger.units import reached

_PAIRS_SHOWN = 5
_GOODS_SHOWN = 8


def refusal(question: Question, base: Basis, shares: pl.DataFrame | None) -> Refusal | None:
    """Return the reason why the question gets no figure; None if it gets one."""
    variants = sorted(set(base.variants) - {RECEIVERS_VIEW})
    if len(variants) > 1 and not question.mix:
        return Refusal(
            "the sources mean different things by this stage: {variants}; --mix adds them all the same",
            values={"variants": ", ".join(variants)},
        )
    if question.what == "quantity":
        return _unlike(question, base)
    if question.level == "both":
        return _both_levels(base.values, question, base.unit)
    if question.attribute == "on top":
        return _on_top(base.values, base.unit, shares)
    return None


def _unlike(question: Question, base: Basis) -> Refusal | None:
    """Return the reason why quantities of different goods, or in different units, get no figure.

    By good, each is counted for itself, and one whose own quantities cannot be added has no value.
    """
    if base.parted and question.by != "good":
        more = f" (+ {len(base.parted) - _GOODS_SHOWN})" if len(base.parted) > _GOODS_SHOWN else ""
        return Refusal(
            "quantities of different goods are not added: {goods}; name one with --good, or ask --by good",
            values={"goods": ", ".join(base.parted[:_GOODS_SHOWN]) + more},
        )
    if question.by == "good":
        return None
    told = base.values.filter(pl.col("quantity").is_not_null())
    units = told["counted_in"].drop_nulls().unique().sort()
    if len(units) > 1:
        return Refusal(
            "quantities in different units are not added: {units}; name one good with --good",
            values={"units": ", ".join(units)},
        )
    return None


def _both_levels(values: pl.DataFrame, question: Question, unit: str) -> Refusal | None:
    """A package's own value and its lines' values beside it."""
    heads = values.filter(pl.col("line").is_null() & pl.col("value").is_not_null())
    pairs = values.filter(pl.col("line").is_not_null() & pl.col("value").is_not_null()).join(
        heads.select("source", "package", head="entry").unique(["source", "package"], keep="first"),
        on=["source", "package"],
        nulls_equal=True,
    )
    again = reached(pairs, question.counted_stage, exact=question.exact)
    if again.is_empty():
        return None
    return Refusal(
        "the value of a package and the values of its items are the same amount",
        pairs=_first(pairs),
        excess=plain(int(again["value"].sum()), places(unit)),
    )


def _on_top(values: pl.DataFrame, unit: str, shares: pl.DataFrame | None) -> Refusal | None:
    """Return the refusal of a fund's gifts shown both at its members and at the fund."""
    if shares is None or shares.is_empty():
        return None
    funds = values.filter(pl.col("party").is_in(shares["fund"].unique().implode()))
    funds = funds.filter(pl.col("line").is_null() & pl.col("value").is_not_null())
    if funds.is_empty():
        return None
    return Refusal(
        "what a fund gave is its members' money: it is shown at the fund or at its members, never at both",
        pairs=_first(funds.with_columns(head=pl.col("party"))),
        excess=plain(int(funds["value"].sum()), places(unit)),
    )


def _first(pairs: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    top = pairs.sort(["value", "entry"], descending=[True, False]).head(_PAIRS_SHOWN)
    return tuple((str(head), str(entry)) for head, entry in top.select("head", "entry").iter_rows())
