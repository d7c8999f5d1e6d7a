"""The workbook of answers that a form took in: the same head and sheet as the workbook of questions."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from konvoi.model.answers import ANSWERS, SHEET
from konvoi.model.head import HEAD
from konvoi.model.naming import localized


def answered_book(party: str, day: date, language: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the workbook as XLSX; equal answers give equal bytes.

    rows: texts by column of the table `answers`, as they were written into the form.
    """
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    workbook.set_properties(
        {"title": "Konvoi", "created": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    )
    first = workbook.add_worksheet("Konvoi")
    told = {"party": party, "day": day.isoformat(), "marking": "coalition", "language": language}
    for at, column in enumerate(HEAD.columns, start=2):
        first.write_string(at, 0, localized("head", column.name, language))
        first.write_string(at, 1, told.get(column.name, ""))
    sheet = workbook.add_worksheet(_title(localized("table", SHEET, language)))
    for at, column in enumerate(ANSWERS.columns):
        sheet.write_string(0, at, _title(localized("column", column.name, language)))
        for row, values in enumerate(rows, start=1):
            if text := values.get(column.name, ""):
                sheet.write_string(row, at, text[:32_000])
    sheet.freeze_panes(1, 1)
    workbook.close()
    return stream.getvalue()


def _title(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
