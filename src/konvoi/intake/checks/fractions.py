"""Pieces that are not whole."""

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.table import QUANTITY

_WORDS = (
    "a whole number of pieces",
    "Correct the quantity or its unit; it counts unchanged.",
)


def pieces_not_whole(whole: Whole) -> tuple[Finding, ...]:
    """Report fractions of pieces."""
    broken = whole.entries.filter(
        (pl.col("unit") == "piece") & (pl.col("quantity") != pl.col("quantity").floor().cast(QUANTITY))
    )
    return by_place(
        told(
            Severity.WARNING,
            "pieces-not-whole",
            row,
            _WORDS,
            read=f"{row['line']}: {plain(decimal_of(row['quantity']), places=6)}",
        )
        for row in broken.iter_rows(named=True)
    )
