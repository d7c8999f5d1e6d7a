"""A second table on a sheet, below the first or beside it, and repetitions of the first table's head."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from konvoi.intake.cell import text_of
from konvoi.intake.heading import head_name, named_columns
from konvoi.intake.sheet import Row
from konvoi.model.table import Column, Table
from konvoi.model.tables import TABLES

_NAMED = 3
"""So many names of columns make a row a head, if they are most of it."""

_BESIDE = 3
"""So many columns that stand twice are a table beside the first."""


class Below(NamedTuple):
    """The rows below a head, parted where another table begins.

    rows: of the first table. again: numbers of rows that repeat its head. second: the table whose head comes
    next, if any; head: its row. left: the head and every row below it, with a caption above it.
    """

    rows: Sequence[Row]
    again: tuple[int, ...] = ()
    second: Table | None = None
    head: Row | None = None
    left: Sequence[Row] = ()


def below(columns: Mapping[int, Column], body: Sequence[Row]) -> Below:
    """Part the rows below a head with these columns by index."""
    again: list[int] = []
    for at, row in enumerate(body):
        found = _table_of_head(row)
        if found is None:
            continue
        if _repeats(columns, row):
            again.append(row.number)
            continue
        first = at - 1 if at and sum(value is not None for value in body[at - 1].cells) == 1 else at
        rows = [one for one in body[:first] if one.number not in again]
        return Below(rows, tuple(again), found, row, body[first:])
    return Below([one for one in body if one.number not in again] if again else body, tuple(again))


def begins_beside(doubles: Mapping[int, Column]) -> int | None:
    """Return the index of the first of several columns that stand twice; None if they are few."""
    return min(doubles) if len(doubles) >= _BESIDE else None


def _repeats(columns: Mapping[int, Column], row: Row) -> bool:
    filled = {at: head_name(row[at]) for at in columns if row[at] is not None}
    named = named_columns(filled.values()).values()
    return bool(filled) and all(
        any(of_table.get(head) == columns[at].name for of_table in named) for at, head in filled.items()
    )


def _table_of_head(row: Row) -> Table | None:
    """Return the table of which most cells of a row name columns; None for a row of values."""
    filled = [value for value in row.cells if value is not None]
    if len(filled) < _NAMED or not all(isinstance(value, str) for value in filled):
        return None
    # References and amounts have digits: most rows of values need no look at their words.
    if any(character.isdigit() for character in text_of(filled[0])):
        return None
    named = named_columns(head_name(value) for value in filled)
    counts = {table: len(columns) for table, columns in named.items()}
    most = max(counts.values(), default=0)
    if most < _NAMED or 2 * most <= len(filled):
        return None
    return next(table for table in TABLES if counts.get(table.name) == most)
