"""Planned movements by the need that they serve: what figures of a need rest on."""

import polars as pl


def movements_by_need(movements: pl.DataFrame) -> pl.DataFrame:
    """Return, for each need that something is sent to (need), the ids of all that is sent (movements)."""
    return (
        movements.drop_nulls("need")
        .group_by("need", maintain_order=True)
        .agg(movements=pl.col("movement").sort())
    )
