"""Listings in two halves, each party in one: the program was developed in sight of one half alone."""

import polars as pl

from konvoi.kit.digest import key

HALVES = ("development", "held")


def half(listing: str) -> str:
    """Return the half of a listing."""
    return HALVES[int(key("screened", listing)[:6], 16) % 2]


def of_half(rows: pl.DataFrame, wanted: str) -> pl.DataFrame:
    """Return the rows (listing, …) of a half."""
    return rows.filter(pl.col("listing").map_elements(half, return_dtype=pl.String) == wanted)


def spread(rows: pl.DataFrame, most: int) -> pl.DataFrame:
    """Return so many rows, spread evenly over all."""
    step = max(rows.height // most, 1)
    return rows.gather_every(step).head(most)
