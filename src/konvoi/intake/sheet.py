"""A sheet of a workbook as rows of plain values, and the names of its cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache

Value = str | bool | int | float | Decimal | date | datetime | None

Box = tuple[int, int, int, int]
"""First row and column, last row and column, from 1."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Row:
    """One row that holds something: its number from 1, and its values from column A on (None: empty)."""

    number: int
    cells: tuple[Value, ...]

    def __getitem__(self, column: int) -> Value:
        """The value in a column counted from 0; None beyond the last filled one."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows that hold something, in order; `hidden` where a person would not see it.

    merged: the boxes of merged cells, as first row and column, last row and column, from 1. hidden_rows,
    hidden_columns: numbers from 1 of those that hold something and that a person would not see. currencies:
    by row and column from 1, the currency that a workbook stores with an amount.
    """

    name: str
    rows: tuple[Row, ...] = ()
    hidden: bool = False
    merged: tuple[Box, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    currencies: Mapping[tuple[int, int], str] = field(default_factory=dict)


def coordinates(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a cell's reference; None where it is none that Excel knows.

    >>> coordinates("AB12"), coordinates("XFD1048576"), coordinates("A0")
    ((12, 28), (1048576, 16384), None)
    """
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    row = int(found[2])
    column = _column(found[1])
    return (row, column) if row <= 1_048_576 and column <= 16_384 else None


@cache
def _column(letters: str) -> int:
    """Return the number, from 1, of a column of at most three letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def letters(column: int) -> str:
    """The name of a column counted from 1.

    >>> letters(1), letters(28), letters(16384)
    ('A', 'AB', 'XFD')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
