"""Rows of a sheet whose amount is the sum of all others, so that they may be its total."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity, told

CODE = "row-may-be-total"

_OTHERS = 3
_EXACT_OTHERS = 2
"""So many other rows suffice; two suffice if the amount is not round, for round ones often add up."""

_ROUND = 2
"""Significant digits up to which an amount is round."""

_WORDS = (
    "an amount that is not the sum of the {count} other rows of this party and sheet",
    "Is this row the total of the others? Then delete it; until then it counts as a commitment of its own.",
)


def rows_that_sum_the_others(whole: Whole) -> tuple[Finding, ...]:
    """The first or last row of a party in a sheet must not be the sum of all its other rows there.

    Compared are amounts of packages in one currency; of several stages of a row the first. Where a row
    states how it stands to others (`relates`) or that it is a total to date (`since`), nothing is asked.
    """
    packages = whole.entries.filter(
        pl.col("line").is_null(),
        pl.col("amount_minor").is_not_null(),
        pl.col("row").is_not_null(),
        pl.col("sheet").is_not_null(),
    ).unique(["submission", "sheet", "row"], keep="first", maintain_order=True)
    related = set(_related(whole))
    groups = packages.group_by("submission", "sheet", "party", "currency", maintain_order=True)
    return by_place(
        finding
        for _, rows in groups
        if rows.height > _EXACT_OTHERS
        and not related & set(rows.select("submission", "sheet", "row").iter_rows())
        for finding in _sums(rows.sort("row").rows(named=True))
    )


def _related(whole: Whole) -> Iterator[tuple[str, str, int]]:
    """Yield the places of packages that state how they stand to others, or since when they count."""
    for reading in whole.readings:
        rows = reading.tables.get("packages")
        if rows is not None and {"relates", "since"} <= set(rows.columns):
            told_so = pl.col("relates").is_not_null() | pl.col("since").is_not_null()
            yield from rows.filter(told_so).select("_file", "_sheet", "_row").iter_rows()


def _sums(rows: Sequence[Mapping[str, object]]) -> Iterator[Finding]:
    """Return the findings on the first and last of several rows; on one of them at most."""
    amounts = [int(decimal_of(row["amount_minor"])) for row in rows]
    for at in (len(rows) - 1, 0):
        amount = amounts[at]
        if amount <= 0 or 2 * amount != sum(amounts) or min(amounts) <= 0:
            continue
        others = len(rows) - 1
        if others < _OTHERS and len(str(amount).rstrip("0")) <= _ROUND:
            continue
        currency = str(rows[at]["currency"])
        yield told(
            Severity.WARNING,
            CODE,
            dict(rows[at]) | {"column": "amount"},
            _WORDS,
            read=f"{plain(Decimal(to_major(amount, currency)), 2)} {currency}",
            values={"count": str(others)},
        )
        return
