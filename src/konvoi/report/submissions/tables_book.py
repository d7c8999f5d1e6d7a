"""Tables as a workbook that is read back as they are: each cell as the text of its value."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import xlsxwriter

from konvoi.intake.table import CLEARED, cleared
from konvoi.kit.days import month
from konvoi.kit.money import to_major
from konvoi.model.entries import UNTIL
from konvoi.model.head import HEAD
from konvoi.model.limiting import STATED, UNREAD
from konvoi.model.table import Table, Type
from konvoi.model.tables import BY_NAME

_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_THOUSAND = 3


def tables_book(head: Mapping[str, str], tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Return the workbook as XLSX; equal rows give equal bytes.

    head: by line of the head. tables: rows by name of the table, with the columns as they were read.
    """
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    workbook.set_properties({"title": "Konvoi", "created": _MADE})
    first = workbook.add_worksheet(HEAD.name)
    for at, column in enumerate(HEAD.columns):
        first.write_string(at, 0, column.name)
        first.write_string(at, 1, head.get(column.name, ""))
    for name, rows in tables.items():
        table = BY_NAME[name]
        sheet = workbook.add_worksheet(name)
        heads = [column.name for column in table.columns]
        heads += [STATED.name] if UNREAD in rows.columns and rows[UNREAD].null_count() < rows.height else []
        for at, text in enumerate(heads):
            sheet.write_string(0, at, text)
        for number, row in enumerate(rows.iter_rows(named=True), start=1):
            for at, text in enumerate(_cells(table, row)):
                if text and at < len(heads):
                    sheet.write_string(number, at, text)
    workbook.close()
    return stream.getvalue()


def _cells(table: Table, row: Mapping[str, object]) -> list[str]:
    """Return the texts of a row by the columns of its table, then the cells that could not be read."""
    clear = cleared(row) if CLEARED in row else frozenset[str]()
    found = []
    for column in table.columns:
        value = row.get(column.name)
        if value is None:
            found.append("-" if column.name in clear else "")
        elif column.type == Type.MONEY:
            found.append(_number(to_major(int(str(value)), str(row.get("currency") or ""))))
        elif column.name == "day" and isinstance(row.get(UNTIL), date) and isinstance(value, date):
            found.append(_span(value, row[UNTIL]))
        else:
            found.append(_text(value))
    return [*found, _text(row.get(UNREAD))]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: Decimal) -> str:
    """Return a number that can be read in one way: three places would also be a separator of thousands.

    >>> _number(Decimal("1.250000")), _number(Decimal("1.125")), _number(Decimal("1200"))
    ('1.25', '1.1250', '1200')
    """
    text = f"{value:f}"
    if "." not in text:
        return text
    whole, _, places = text.partition(".")
    places = places.rstrip("0")
    if not places:
        return whole
    return f"{whole}.{places}0" if len(places) == _THOUSAND else f"{whole}.{places}"


def _span(first: date, until: object) -> str:
    """Return a month, a year, or a day as people write them.

    >>> _span(date(2031, 2, 1), date(2031, 2, 28)), _span(date(2031, 1, 1), date(2031, 12, 31))
    ('2031-02', '2031')
    """
    if not isinstance(until, date) or until == first:
        return first.isoformat()
    if until - first > timedelta(days=31):
        return f"{until:%Y}"
    whole = month(until.year, until.month)
    return f"{until:%Y-%m}" if whole.last == until else first.isoformat()
