"""The rows of a figure add up to the row that states their total."""

from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, plain
from konvoi.model.finding import Finding, Severity, told

_TOLERANCE = Decimal("0.001")
_WORDS = (
    "the sum of the rows above, {sum} {unit}; the difference is {rest}",
    "Correct the row of the total, or add the row that is missing.",
)


def rows_do_not_sum(whole: Whole) -> tuple[Finding, ...]:
    """The rows of a figure must add up to its own total.

    Claims of one sheet and measure: those of a party against the one without a party, of the same good,
    stage and unit. Where there is none without a party, or no row of a party, nothing is compared.
    """
    found: list[Finding] = []
    keys = ["sheet", "measure", "stage", "good", "unit"]
    for reading in (one for one in whole.readings if one.claims.height):
        sums = reading.claims.group_by(keys, maintain_order=True).agg(
            total=pl.col("value").filter(pl.col("party").is_null()),
            at=pl.struct("row", "column").filter(pl.col("party").is_null()).first(),
            sum=pl.col("value").filter(pl.col("party").is_not_null()).sum(),
            parties=pl.col("party").is_not_null().sum(),
        )
        for row in sums.iter_rows(named=True):
            total = row["total"][0] if len(row["total"]) == 1 else None
            if total is None or not row["parties"]:
                continue
            rest = total - row["sum"]
            if abs(rest) <= _TOLERANCE * max(abs(total), Decimal("0.001")):
                continue
            place = row | row["at"] | {"submission": reading.document}
            values = {"sum": plain(row["sum"]), "unit": row["unit"] or "", "rest": plain(rest)}
            read = f"{row['measure'].replace('|', ' ')}: {plain(total)}"
            found.append(told(Severity.WARNING, "rows-do-not-sum", place, _WORDS, read=read, values=values))
    return by_place(found)
