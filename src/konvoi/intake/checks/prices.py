"""Units without a price, among lines that are valued by prices."""

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import Stage

_WORDS = (
    "a price, as for the other items of this document",
    "Enter the unit price; until then the item has no value.",
)


def units_without_price(whole: Whole) -> tuple[Finding, ...]:
    """A line with a known quantity should have a price where its document values lines by prices."""
    committed = whole.entries.filter(
        pl.col("line").is_not_null()
        & (pl.col("stage") == Stage.COMMITTED)
        & (pl.col("quantity") > 0)
        & pl.col("submission").is_not_null()
    )
    priced = committed.filter(pl.col("valuation") == "by price").select("submission").unique()
    bare = committed.filter(pl.col("amount_minor").is_null()).join(priced, on="submission", how="semi")
    return by_place(
        told(
            Severity.NOTE,
            "unit-without-price",
            row,
            _WORDS,
            read=f"{row['line']}: {plain(decimal_of(row['quantity']))} {row['unit'] or ''}".rstrip(),
        )
        for row in bare.iter_rows(named=True)
    )
