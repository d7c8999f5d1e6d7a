"""The workbook of rows that a form took in: a head, and one sheet of one table."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from konvoi.model.head import HEAD
from konvoi.model.naming import localized
from konvoi.model.table import Table

_LONGEST = 32_000


def form_book(
    table: Table, sheet: str, head: Mapping[str, str], rows: Sequence[Mapping[str, str]], language: str
) -> bytes:
    """Return the workbook as XLSX; equal rows give equal bytes.

    sheet: name of the sheet in English. head: by line of the head; its `day` is an ISO day. rows: texts by
    column, as they were written into the form; they are read like the cells of every other workbook.
    """
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    day = date.fromisoformat(head["day"])
    workbook.set_properties(
        {"title": "Konvoi", "created": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    )
    first = workbook.add_worksheet("Konvoi")
    told = {**head, "language": language}
    for at, column in enumerate(HEAD.columns, start=2):
        first.write_string(at, 0, localized("head", column.name, language))
        first.write_string(at, 1, told.get(column.name, ""))
    body = workbook.add_worksheet(_title(localized("table", sheet, language)))
    for at, column in enumerate(table.columns):
        body.write_string(0, at, _title(localized("column", column.name, language)))
        for row, values in enumerate(rows, start=1):
            if text := values.get(column.name, ""):
                body.write_string(row, at, text[:_LONGEST])
    body.freeze_panes(1, 1)
    workbook.close()
    return stream.getvalue()


def _title(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
