"""Corrections that change an amount by a power of ten, as a slip of its unit does."""

from collections import Counter
from decimal import Decimal

import polars as pl

from konvoi.intake.check import by_place, plain
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity, told

CODE = "amount-changed-scale"

_NEAR = Decimal("0.01")
"""How far, as a part of itself, a factor of a thousand may lie from it: amounts are rounded."""

_SEVERAL = 2
"""So many records of a document that change by exactly ten or a hundred are no chance."""

_WORDS = (
    "an amount of the order of the one before, {before}; the new one is {times} of it",
    "Is the unit right? The newer amount counts until this is answered.",
)


def changed_scales(entries: pl.DataFrame, superseded: pl.DataFrame) -> tuple[Finding, ...]:
    """Return a finding for each amount in force that is a power of ten of the one that it replaced."""
    if superseded.is_empty():
        return ()
    old = superseded.select("currency", entry="by", before="amount_minor")
    pairs = entries.join(old, on=["entry", "currency"], how="inner").filter(
        pl.col("amount_minor") > 0, pl.col("before") > 0, pl.col("amount_minor") != pl.col("before")
    )
    rows = [(row, *_factor(row["before"], row["amount_minor"])) for row in pairs.iter_rows(named=True)]
    often = Counter((row["submission"], times, up) for row, times, up in rows if times)
    found = {}
    for row, times, up in rows:
        if not times or (times < 1000 and often[row["submission"], times, up] < _SEVERAL):
            continue
        currency = str(row["currency"])
        values = {
            "before": f"{plain(Decimal(to_major(row['before'], currency)), 2)} {currency}",
            "times": f"{times:,} ×" if up else f"1/{times:,}",
            "before_minor": str(row["before"]),
        }
        read = f"{plain(Decimal(to_major(row['amount_minor'], currency)), 2)} {currency}"
        at = row | {"column": "amount"}
        found[row["entry"]] = told(Severity.WARNING, CODE, at, _WORDS, read=read, values=values)
    return by_place(found.values())


def _factor(before: int, after: int) -> tuple[int, bool]:
    """Return the power of ten by which an amount changed, and True if it grew; 0 if by none."""
    ratio = Decimal(max(before, after)) / min(before, after)
    if abs(ratio / 1000 - 1) <= _NEAR:
        return 1000, after > before
    return (int(ratio) if ratio in (10, 100) else 0), after > before
