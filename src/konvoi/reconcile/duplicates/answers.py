"""Evidence on pairs in words, and pairs as proposals."""

import json
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from konvoi.reconcile.duplicates import conditions as c

PROPOSALS = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "subtype": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
    }
)
"""One row for each proposed pair. left, right: ids of records. evidence: list of [comparison, answer]."""


class Answer(NamedTuple):
    """A comparison, and the expression of its answer in words."""

    comparison: str
    says: pl.Expr


def told(found: pl.DataFrame, answers: Sequence[Answer]) -> pl.Series:
    """Return evidence as JSON; null answers are left out."""
    columns = found.select(one.says.alias(str(n)) for n, one in enumerate(answers))
    names = [one.comparison for one in answers]
    rows = [
        json.dumps(
            [[name, answer] for name, answer in zip(names, row, strict=True) if answer is not None],
            separators=(",", ":"),
        )
        for row in columns.iter_rows()
    ]
    return pl.Series("evidence", rows, dtype=pl.String)


def figures() -> list[Answer]:
    """Return the answers on amount, quantity and approximation."""
    return [
        Answer(
            "amount",
            pl.when(c.equal_money())
            .then(pl.lit("the same amount"))
            .when(c.near_money())
            .then(pl.lit("amounts that may be one")),
        ),
        Answer(
            "quantity and unit",
            pl.when(c.equal_quantity())
            .then(pl.lit("the same quantity"))
            .when(c.near_quantity())
            .then(pl.lit("quantities that may be one")),
        ),
        Answer(
            "approximation",
            pl.when(pl.col("bound").is_not_null() & pl.col("bound_later").is_not_null())
            .then(pl.lit("both figures are approximations"))
            .when(pl.col("bound").is_not_null() | pl.col("bound_later").is_not_null())
            .then(pl.lit("one figure is an approximation")),
        ),
    ]


def title() -> Answer:
    """Return the answer on title and good."""
    return Answer(
        "title",
        pl.when(pl.col("text_words") == pl.col("text_words_later"))
        .then(pl.lit("the same title"))
        .when(c.same_title())
        .then(pl.lit("titles of the same content"))
        .when(c.same_good())
        .then(pl.lit("the same good"))
        .when(c.words_shared() >= 0.5)
        .then(pl.lit("much wording in common"))
        .when(c.words_shared() > 0)
        .then(pl.lit("wording in common"))
        .otherwise(pl.lit("different wording")),
    )


def distance() -> Answer:
    """Return the answer on the days between two statements."""
    days = c.gap()
    return Answer(
        "day",
        pl.when(days == 0)
        .then(pl.lit("the same day"))
        .when(days <= 14)
        .then(pl.lit("within two weeks"))
        .when(days <= 92)
        .then(pl.lit("within three months"))
        .when(days <= 366)
        .then(pl.lit("within a year"))
        .otherwise(pl.lit("more than a year apart")),
    )


def proposed(
    found: pl.DataFrame,
    subtype: str,
    probability: pl.Expr,
    answers: Sequence[Answer],
    *,
    turned: pl.Expr | None = None,
) -> pl.DataFrame:
    """Return pairs as PROPOSALS: of one source the later restates the earlier, of two they are the same.

    turned: pairs of which the earlier restates the later.
    """
    if found.is_empty():
        return PROPOSALS.to_frame()
    restates = pl.col("source") == pl.col("source_later")
    later_first = restates & ~(pl.lit(False) if turned is None else turned)
    return found.select(
        left=pl.when(later_first).then("id_later").otherwise("id"),
        right=pl.when(later_first).then("id").otherwise("id_later"),
        relation=pl.when(restates).then(pl.lit("restates")).otherwise(pl.lit("same_as")),
        subtype=pl.lit(subtype),
        probability=probability,
        evidence=told(found, answers),
    ).cast(PROPOSALS)
