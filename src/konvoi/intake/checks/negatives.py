"""Numbers below zero that no correction explains."""

import re
from collections.abc import Iterator

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.kit.money import to_major
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.table import Column, Type
from konvoi.model.tables import BY_NAME

_CODE = "negative-without-correction"
_CELL = (
    "a number of at least 0; below 0 only what pays back or puts right",
    "Correct the sign if it is a slip; until then it counts unchanged and is taken off.",
)
_PLANNED = (
    "a number of at least 0",
    "Correct the number: no plan takes it unchanged.",
)
"""Sentences for the tables of needs, offers and the network, where a value below zero is no refund."""
_NO_REFUND = frozenset(
    {"needs", "offers", "goods", "lanes", "capacities", "caps", "stocks", "kits", "equivalences", "horizon"}
)
_MANY = (
    "amounts and quantities of at least 0; below 0 only what pays back or puts right",
    "It is {count} in this document, this the first; each counts unchanged and is taken off.",
)
_SIGNED = frozenset({"lat", "lon"})
_REFERENCE = re.compile(r"[\w./-]*\w")
_NUMBERS = frozenset({Type.NUMBER, Type.WHOLE, Type.MONEY})


def negatives_without_correction(whole: Whole) -> tuple[Finding, ...]:
    """Report values below zero that nothing marks as a refund or a correction: they may be slips.

    In our own tables each such cell is reported; in other formats, where refunds are written so, each
    document once. A package whose title names another package is its refund, with its line items.
    """
    refunds = _refunds(whole)
    return by_place(finding for reading in whole.readings for finding in _of(reading, refunds))


def _refunds(whole: Whole) -> frozenset[str]:
    """Return the references of packages whose title names another package of the documents.

    A reference of digits alone is left out: in a title it is a number of something.
    """
    tables = [one.tables["packages"] for one in whole.readings if "packages" in one.tables]
    titles = [pair for one in tables for pair in zip(one["package"], one["title"], strict=True)]
    every = {package for package, _ in titles} | set(whole.entries["package"].drop_nulls())
    known = {package for package in every if not package.isdigit()}
    return frozenset(
        package for package, title in titles if title and (known & set(_REFERENCE.findall(title))) - {package}
    )


def _of(reading: Reading, refunds: frozenset[str]) -> Iterator[Finding]:
    own = sorted(name for name in reading.tables if name in BY_NAME and reading.format.startswith("konvoi"))
    for name in own:
        for column in BY_NAME[name].columns:
            if (
                column.type in _NUMBERS
                and column.name not in _SIGNED
                and _below(reading.tables[name], column)
            ):
                yield from _cells(name, _unexplained(name, reading.tables[name], refunds), column)
    if not reading.format.startswith("konvoi"):
        yield from _entries(reading.entries)


def _below(rows: pl.DataFrame, column: Column) -> bool:
    """True if a number of a column is below zero."""
    least = rows[column.name].min()
    return least is not None and decimal_of(least) < 0


def _unexplained(table: str, rows: pl.DataFrame, refunds: frozenset[str]) -> pl.DataFrame:
    """Return the rows without those of refunds that name what they refund."""
    if table not in ("packages", "lines") or not refunds:
        return rows
    return rows.filter(~pl.col("package").is_in(sorted(refunds)).fill_null(False))


def _cells(table: str, rows: pl.DataFrame, column: Column) -> Iterator[Finding]:
    for row in rows.filter(pl.col(column.name) < 0).iter_rows(named=True):
        place = {
            "submission": row["_file"],
            "sheet": row["_sheet"],
            "row": row["_row"],
            "column": column.name,
        }
        words = _PLANNED if table in _NO_REFUND else _CELL
        yield told(Severity.WARNING, _CODE, place, words, read=_shown(row, column))


def _shown(row: dict[str, object], column: Column) -> str:
    value = row[column.name]
    currency = row.get("currency")
    if column.type != Type.MONEY or not isinstance(value, int):
        return plain(decimal_of(value), places=6)
    return plain(to_major(value, str(currency or "")))


def _entries(entries: pl.DataFrame) -> Iterator[Finding]:
    below = entries.filter(
        ((pl.col("amount_minor") < 0) | (pl.col("quantity") < 0)) & pl.col("corrects").is_null()
    ).sort("sheet", "row", "entry")
    for row in below.head(1).iter_rows(named=True):
        minor = row["amount_minor"]
        money = minor is not None and minor < 0
        value = to_major(minor, row["currency"] or "") if money else decimal_of(row["quantity"])
        read = f"{plain(value)} {row['currency' if money else 'unit'] or ''}".rstrip()
        yield told(Severity.NOTE, _CODE, row, _MANY, read=read, values={"count": str(below.height)})
