"""Changes of steps between two days."""

import polars as pl

from konvoi.model.tables.sessions import OPEN

NEW = "new"
SINCE = pl.Schema(
    {
        "step": pl.String(),
        "title": pl.String(),
        "party": pl.String(),
        "before": pl.String(),
        "state": pl.String(),
        "due_before": pl.Date(),
        "due": pl.Date(),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each step whose state or day has changed. before: the state that it had, or `new`. due_before:
the day that it had, where it was there before."""


def since(before: pl.DataFrame, now: pl.DataFrame, *, session: str) -> pl.DataFrame:
    """Return the steps (accord.steps.STANDING) that changed between two days, in the order of `now` (SINCE).

    session: the one that lies between them; its decisions were open at its end, however late they
    were submitted.
    """
    old = before.select("step", before="state", due_before="due")
    joined = now.join(old, on="step", how="left", maintain_order="left")
    known = pl.col("before").is_not_null()
    agreed = pl.when(pl.col("session") == session).then(pl.lit(OPEN)).otherwise(pl.lit(NEW))
    state = pl.coalesce("before", agreed)
    moved = known & pl.col("due_before").ne_missing(pl.col("due"))
    return joined.filter(state.ne(pl.col("state")) | moved).with_columns(before=state).select(SINCE.names())
