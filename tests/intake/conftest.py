"""Workbooks made on the spot, so that a test shows what is in them."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest
import xlsxwriter

Sheets = dict[str, Sequence[Sequence[object]]]


def _written(sheets: Sheets) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date) and not isinstance(value, datetime):
                    value = datetime(value.year, value.month, value.day)
                if value is not None:
                    sheet.write(at, column, value)
    book.close()
    return stream.getvalue()


@pytest.fixture(scope="session")
def workbook() -> Callable[[Sheets], bytes]:
    """Rows by sheet as the bytes of a workbook."""
    return _written
