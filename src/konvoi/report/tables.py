"""Tables of the workbook as CSV that Konvoi reads again."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import polars as pl

from konvoi.model.limiting import STATED, UNREAD, UNREAD_ROWS, unpacked
from konvoi.model.table import Table, Type
from konvoi.model.tables import TABLES
from konvoi.report.case import Case
from konvoi.report.money_columns import major


def csv_files(tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """NAME.csv for each of the workbook's tables that has rows, in the rows' order.

    Rows that limit a plan and were left out for a cell that could not be read follow; such cells stand in a
    column of their own, in which they are read again.
    """
    apart = unpacked(tables.get(UNREAD_ROWS))
    found = {}
    for table in TABLES:
        parts = [rows for rows in (tables.get(table.name), apart.get(table.name)) if rows is not None]
        if any(rows.height for rows in parts):
            found[f"{table.name}.csv"] = _csv(table, pl.concat(parts, how="diagonal_relaxed"))
    return found


def frame_csv(
    rows: pl.DataFrame,
    money: Mapping[str, str] = MappingProxyType({}),
    tags: Sequence[str] = (),
) -> bytes:
    """Any table as CSV: decimals without idle zeros, days as ISO 8601, unknown as empty.

    money: columns in minor units, each with the column of its currency; they are written in major units.
    tags: of HXL, one for each column, as the second row; none without them.
    """
    cells = (
        [_money(value, row[money[name]]) if name in money else _cell(value) for name, value in row.items()]
        for row in rows.iter_rows(named=True)
    )
    return _written(rows.columns, [*([list(tags)] if tags else []), *cells])


def _csv(table: Table, rows: pl.DataFrame) -> bytes:
    columns = [column for column in table.columns if column.name in rows.columns]
    cells = [
        [
            _money(row[column.name], row.get("currency"))
            if column.type == Type.MONEY
            else _cell(row[column.name])
            for column in columns
        ]
        for row in rows.iter_rows(named=True)
    ]
    head = [column.name for column in columns]
    if UNREAD in rows.columns and rows[UNREAD].is_not_null().any():
        head.append(STATED.name)
        cells = [[*row, unread or ""] for row, unread in zip(cells, rows[UNREAD], strict=True)]
    return _written(head, cells)


def _written(head: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def _money(minor: Decimal | int | None, currency: str | None) -> str:
    return "" if minor is None else _number(format(major(minor, currency), "f"))


def _number(text: str) -> str:
    """A number that nobody can take for thousands: three places after the point become four.

    >>> _number("7.032"), _number("7.03")
    ('7.0320', '7.03')
    """
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return _number(format(value.normalize(), "f"))
        case date():
            return value.isoformat()
        case _:
            return str(value)


def problem_files(case: Case, tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """The tables of a problem as CSV, by name; those of an exercise say so to what is made of them alone."""
    found = csv_files(tables)
    if case.exercise:
        found["konvoi.csv"] = f"coalition,{_csv_cell(case.title)} (exercise)\n".encode()
    return found


def _csv_cell(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if set(text) & set(',"\n') else text
