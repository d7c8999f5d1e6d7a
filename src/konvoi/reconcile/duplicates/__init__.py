"""Classes of duplicate candidates that are proposed whatever their probability (semantics 23)."""

from collections.abc import Callable, Iterable

import polars as pl

from konvoi.kit.union import components
from konvoi.model.entries import RELATIONS
from konvoi.reconcile.duplicates.across_partners import TWO_PARTNERS, joint_statements, two_partners
from konvoi.reconcile.duplicates.announced_again import announced_again
from konvoi.reconcile.duplicates.fund_gifts import fund_gifts
from konvoi.reconcile.duplicates.respelt_references import respelt_references
from konvoi.reconcile.relation import Evidence, proposals

CLASSES: tuple[Callable[[Evidence], pl.DataFrame], ...] = (
    joint_statements,
    fund_gifts,
    respelt_references,
    announced_again,
    two_partners,
)
_KINDS = ("same_as", "restates", "part_of")
_SIDES = ["_low", "_high"]
_EVEN = 0.5


def duplicates(evidence: Evidence, found: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the candidates of all classes as undecided RELATIONS, without pairs that were found before.

    found: RELATIONS as documents state them and as likeness proposed them. A pair of two classes belongs to
    the first; shares of one whole are not proposed as one gift.
    """
    known = pl.concat([pl.DataFrame(schema=RELATIONS), *(one.cast(RELATIONS) for one in found)])
    each = pl.concat([propose(evidence) for propose in CLASSES])
    once = each.with_columns(_sides()).unique(_SIDES, keep="first", maintain_order=True)
    related = known.filter(pl.col("relation").is_in(_KINDS) | (pl.col("basis") != "probability"))
    fresh = _fresh(once, related)
    kept = (
        _not_joined(fresh, known)
        .join(_parts_of_one(known), on=[*_SIDES, "subtype"], how="anti")
        .pipe(_as_proposed)
    )
    made = [
        proposals(kept.filter(pl.col("relation") == relation), relation).relations
        for relation in kept["relation"].unique().sort()
    ]
    return pl.concat([pl.DataFrame(schema=RELATIONS), *made])


def _fresh(once: pl.DataFrame, related: pl.DataFrame) -> pl.DataFrame:
    """Return candidates that are not related yet, and those that are likelier than by likeness alone.

    Likeness ignores joint packages, funds, and rounded amounts: a pair in the same relation
    has the probability of its class where that is the higher one and more than even. Column `_alike` holds
    the pair as likeness proposed it: null for one that it did not propose.
    """
    alike = (
        (pl.col("basis") == "probability") & pl.col("subtype").is_null() & (pl.col("status") == "undecided")
    )
    otherwise = related.filter(~alike.fill_null(False)).select(_sides()).unique()
    likeness = (
        related.filter(alike)
        .with_columns(_sides())
        .select(*_SIDES, _alike=pl.struct("left", "right", "relation", "probability", "evidence"))
        .filter(pl.len().over(_SIDES) == 1)
    )
    several = related.filter(alike).select(_sides()).join(likeness, on=_SIDES, how="anti").unique()
    met = once.join(pl.concat([otherwise, several]), on=_SIDES, how="anti").join(
        likeness, on=_SIDES, how="left", maintain_order="left"
    )
    pair = pl.col("_alike").struct
    likelier = (pair.field("relation") == pl.col("relation")) & (
        pl.col("probability") > pl.max_horizontal(pair.field("probability"), pl.lit(_EVEN))
    )
    return met.filter(pl.col("_alike").is_null() | likelier)


def _as_proposed(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of `_fresh` with ends and evidence of likeness, and the probability of their class."""
    pair = pl.col("_alike").struct
    alike = pl.col("_alike").is_not_null()
    return pairs.with_columns(
        subtype=pl.when(~alike).then("subtype"),
        **{
            name: pl.when(alike).then(pair.field(name)).otherwise(name)
            for name in ("left", "right", "evidence")
        },
    ).drop("_alike")


def _not_joined(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Pairs without those that accepted relations join already, directly or through others."""
    accepted = known.filter(pl.col("status") == "accepted", pl.col("relation").is_in(["same_as", "restates"]))
    of: dict[str, str] = components(sorted(accepted.select("left", "right").iter_rows()))
    left, right = (
        pl.col(side).replace_strict(of, default=pl.lit(side) + pl.col(side), return_dtype=pl.String)
        for side in ("left", "right")
    )
    return pairs.filter(left != right)


def _sides() -> list[pl.Expr]:
    return [
        pl.min_horizontal("left", "right").alias("_low"),
        pl.max_horizontal("left", "right").alias("_high"),
    ]


def _parts_of_one(known: pl.DataFrame) -> pl.DataFrame:
    """Pairs of records that are proposed or stated as parts of one whole."""
    parts = known.filter(pl.col("relation") == "part_of").select("left", "right").unique()
    both = parts.join(parts, on="right", suffix="_other").filter(pl.col("left") < pl.col("left_other"))
    return both.select(_low="left", _high="left_other", subtype=pl.lit(TWO_PARTNERS)).unique()
