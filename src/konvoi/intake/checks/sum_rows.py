"""Rows of a sheet whose amount is the sum of others, so that they may be their total."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.intake.total_rows import MAY_BE_TOTAL, begins_like_total
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity, told

_OTHERS = 3
_EXACT_OTHERS = 2
"""So many other rows suffice; two suffice if the amount is not round, for round ones often add up."""

_ROUND = 2
"""Significant digits up to which an amount is round."""

_REMEDY = (
    "Is this row the total of the others? Then delete it; until then it counts as a separate commitment."
)
_OF_ALL = "an amount that is not the sum of the {count} other rows of this party and sheet"
_OF_GROUP = "an amount that is not the sum of the {count} rows of this party above it"

Place = tuple[str, str, int]
"""Document, sheet and row."""


def rows_that_sum_the_others(whole: Whole) -> tuple[Finding, ...]:
    """No row of a party in a sheet must be the sum of those above it, nor the first or last of all others.

    The rows above are all of them, or those since the last such row. Compared are amounts of packages in one
    currency; of several stages of a row the first. Where a row states how it stands to others (`relates`) or
    that it is a total to date (`since`), nothing is asked. Round amounts add up by chance: between others
    they are asked about only where the title begins with a word of total.
    """
    packages = whole.entries.filter(
        pl.col("line").is_null(),
        pl.col("amount_minor").is_not_null(),
        pl.col("row").is_not_null(),
        pl.col("sheet").is_not_null(),
    ).unique(["submission", "sheet", "row"], keep="first", maintain_order=True)
    related = set(_related(whole))
    asked = {
        (one.place.file, one.place.sheet, one.place.row)
        for reading in whole.readings
        for one in reading.findings
        if one.code == MAY_BE_TOTAL
    }
    titled = set(_titled(whole))
    groups = packages.group_by("submission", "sheet", "party", "currency", maintain_order=True)
    return by_place(
        finding
        for _, rows in groups
        if rows.height > _EXACT_OTHERS
        and not related & set(rows.select("submission", "sheet", "row").iter_rows())
        for finding in _sums(
            [row for row in rows.sort("row").rows(named=True) if _place(row) not in asked], titled
        )
    )


def _place(row: Mapping[str, object]) -> Place:
    return str(row["submission"]), str(row["sheet"]), int(str(row["row"]))


def _related(whole: Whole) -> Iterator[Place]:
    """Yield the places of packages that state how they stand to others, or since when they count."""
    for reading in whole.readings:
        rows = reading.tables.get("packages")
        if rows is not None and {"relates", "since"} <= set(rows.columns):
            if rows["relates"].null_count() == rows["since"].null_count() == rows.height:
                continue
            told_so = pl.col("relates").is_not_null() | pl.col("since").is_not_null()
            yield from rows.filter(told_so).select("_file", "_sheet", "_row").iter_rows()


def _titled(whole: Whole) -> Iterator[Place]:
    """Yield the places of packages whose title begins like that of a total."""
    for reading in whole.readings:
        rows = reading.tables.get("packages")
        if rows is not None and "title" in rows.columns:
            titles = enumerate(rows["title"].to_list())
            begun = [n for n, title in titles if title is not None and begins_like_total(title)]
            if begun:
                yield from rows.select("_file", "_sheet", "_row")[begun].iter_rows()


def _sums(rows: Sequence[Mapping[str, object]], titled: set[Place]) -> Iterator[Finding]:
    """Yield the findings on rows that are the sum of a group above them, or else on the first of all."""
    amounts = [int(decimal_of(row["amount_minor"])) for row in rows]
    if not amounts or min(amounts) <= 0:
        return
    found = False
    whole = 0
    whole_rows = 0
    group = 0
    group_rows = 0
    for row, amount in zip(rows, amounts, strict=True):
        last = row is rows[-1]
        sure = _place(row) in titled
        if amount == group and _enough(amount, group_rows, last=last, titled=sure):
            yield _finding(row, group_rows, of_all=last and group_rows == len(rows) - 1)
            found = True
            group = 0
            group_rows = 0
        elif amount == whole and _enough(amount, whole_rows, last=last, titled=sure):
            yield _finding(row, whole_rows, of_all=False)
            found = True
            group = 0
            group_rows = 0
        else:
            whole += amount
            whole_rows += 1
            group += amount
            group_rows += 1
    others = len(rows) - 1
    if not found and 2 * amounts[0] == sum(amounts) and _enough(amounts[0], others, last=True, titled=False):
        yield _finding(rows[0], others, of_all=True)


def _enough(amount: int, others: int, *, last: bool, titled: bool) -> bool:
    """Return True if so many rows hardly add up to an amount by chance."""
    if titled:
        return others >= 1
    exact = len(str(amount).rstrip("0")) > _ROUND
    return others >= _EXACT_OTHERS if exact else last and others >= _OTHERS


def _finding(row: Mapping[str, object], others: int, *, of_all: bool) -> Finding:
    currency = str(row["currency"])
    return told(
        Severity.WARNING,
        MAY_BE_TOTAL,
        dict(row) | {"column": "amount"},
        (_OF_ALL if of_all else _OF_GROUP, _REMEDY),
        read=f"{plain(Decimal(to_major(int(decimal_of(row['amount_minor'])), currency)), 2)} {currency}",
        values={"count": str(others)},
    )
