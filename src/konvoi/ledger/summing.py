"""A sum that counts once: units that have reached a stage, after relations."""

import polars as pl

from konvoi.ledger.links import links
from konvoi.ledger.once import counted
from konvoi.ledger.parts import Sum
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.units import FULFILLED, reached
from konvoi.model.stages import RANK, Stage

WITH_COLUMNS = ("month", "variant")
"""The rows that need a column of their own of each unit."""
WITHDRAWN = (
    ((pl.col("stage") == Stage.WITHDRAWN) | (pl.col("value") == 0)).fill_null(False).all().over("unit")
)
"""True for entries of a unit of which nothing is left: each states 0, or that it is withdrawn."""
_RANKS = {str(stage): rank for stage, rank in RANK.items()}


def summed(
    values: pl.DataFrame, ledger: Ledger, question: Question, readings: pl.DataFrame | None = None
) -> Sum:
    """Return units that have reached the stage, and their amounts after relations.

    values: as Basis.known holds them. readings: units by other readings (konvoi.ledger.readings).
    """
    units = units_at(values, question)
    near = links(values, ledger, question.known)
    return Sum(counted(units, near.conserving), units, near, units.clear() if readings is None else readings)


def gone_further(values: pl.DataFrame, question: Question, still: Sum) -> pl.Expr:
    """Return an expression: True for entries of amounts that have left the stage asked for exactly."""
    if not question.exact or question.counted_stage == FULFILLED:
        return pl.lit(False)
    beyond = ~pl.col("stage").is_in([question.counted_stage, str(Stage.WITHDRAWN)])
    return beyond | ~pl.col("unit").is_in(still.members["unit"].implode())


def units_at(values: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Return units with their values at the stage, and the columns that a total shows of them."""
    at = reached(values, question.counted_stage, exact=question.exact)
    told = values
    if question.exact and question.counted_stage != FULFILLED:
        told = values.filter(pl.col("stage").is_in([question.counted_stage, str(Stage.WITHDRAWN)]))
    digits = pl.col("amount_minor").cast(pl.String).str.strip_chars_end("0").str.len_chars()
    about = (
        told.with_columns(_gone=WITHDRAWN)
        .group_by("unit")
        .agg(
            pl.col("source").first(),
            # A figure stated as "over" or "about" is less exact than any other.
            exact=pl.when(pl.col("approximate").any())
            .then(-1)
            .otherwise(digits.max().fill_null(0).cast(pl.Int64)),
            known_on=pl.col("known_on").max(),
            fund=pl.col("fund").any(),
            entries=pl.col("entry").sort(),
            withdrawn=pl.col("_gone").all(),
            party=pl.col("party").drop_nulls().sort().first(),
            kind=pl.col("kind").drop_nulls().sort().first(),
            good=pl.col("good").drop_nulls().sort().first(),
            valuation=pl.col("valuation").drop_nulls().sort().first(),
            counted_in=pl.col("counted_in").drop_nulls().sort().first(),
            **_rows(question),
        )
    )
    return at.join(about, on="unit", how="left").sort("unit")


def _rows(question: Question) -> dict[str, pl.Expr]:
    """Return the names of rows that only some groupings have.

    month: in which the stage was reached: the last day of the entries at the first stage from it on. variant:
    of a unit whose entries have several, all.
    """
    if question.by == "month":
        rank = pl.col("stage").replace_strict(_RANKS, return_dtype=pl.Int64)
        first = rank == rank.filter(rank >= 0).min()
        return {"month": pl.col("day_to").filter(first).max().dt.strftime("%Y-%m")}
    if question.by == "variant":
        return {"variant": pl.col("variant").drop_nulls().unique().sort().str.join(" + ")}
    return {}


def between(relations: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Relations between entries as relations between the units that hold them.

    Returns left, right, relation, subtype, status, most (as in konvoi.ledger.links).
    """
    of = values.select("entry", "unit")
    several = pl.len().over("unit", "stage") > 1
    held = values.select("entry", "unit", most=pl.when(several).then("value"))
    return (
        relations.join(held, left_on="left", right_on="entry")
        .rename({"unit": "unit_left"})
        .join(of, left_on="right", right_on="entry")
        .with_columns(pl.col("subtype").fill_null(""))
        .group_by(left="unit_left", right="unit", relation="relation", subtype="subtype", status="status")
        .agg(most=pl.when(pl.col("most").is_not_null().all()).then(pl.col("most").sum()))
        .sort("relation", "left", "right")
    )
