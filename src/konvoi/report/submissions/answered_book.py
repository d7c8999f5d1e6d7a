"""The workbook of answers that a form took in: the same head and sheet as the workbook of questions."""

from collections.abc import Mapping, Sequence
from datetime import date

from konvoi.model.answers import ANSWERS, SHEET
from konvoi.report.submissions.form_book import form_book


def answered_book(party: str, day: date, language: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the workbook as XLSX; equal answers give equal bytes.

    rows: texts by column of the table `answers`, as they were written into the form.
    """
    head = {"party": party, "day": day.isoformat(), "marking": "coalition"}
    return form_book(ANSWERS, SHEET, head, rows, language)
