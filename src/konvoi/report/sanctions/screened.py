"""The tables of a case that screening fills."""

import polars as pl

SUM = pl.Schema(
    {
        "on": pl.Date(),
        "parties": pl.Int64(),
        "blocked": pl.Int64(),
        "open": pl.Int64(),
        "warned": pl.Int64(),
        "clean": pl.Int64(),
        "most": pl.Int64(),
    }
)
"""One row: the day, how many parties were screened, how many are blocked, hits to decide, warned of, in no
list; and how many days old a list may be."""

AGES = pl.Schema({"regime": pl.String(), "day": pl.Date(), "age": pl.Int64()})
"""Each list in force, its day and its age."""

HITS = pl.Schema(
    {
        "hit": pl.String(),
        "party": pl.String(),
        "name": pl.String(),
        "said": pl.String(),
        "how": pl.String(),
        "score": pl.Float64(),
        "state": pl.String(),
        "disposition": pl.String(),
        "stops": pl.Boolean(),
        "blocks": pl.List(pl.String()),
        "regime": pl.String(),
        "reference": pl.String(),
        "listed": pl.String(),
        "day": pl.Date(),
        "age": pl.Int64(),
        "measures": pl.List(pl.String()),
        "stands": pl.List(pl.String()),
        "since": pl.Date(),
        "for": pl.List(pl.String()),
        "against": pl.List(pl.String()),
        "chain": pl.List(pl.String()),
        "reason": pl.String(),
        "reviewers": pl.List(pl.String()),
        "decided": pl.String(),
        "earlier": pl.String(),
        "reopened": pl.List(pl.String()),
        "marking": pl.String(),
    }
)
"""A row for each party and listing that were brought together; as far as an audience may see them."""
