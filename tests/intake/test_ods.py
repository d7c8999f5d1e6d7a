"""OpenDocument spreadsheets: values, days, repeated cells and rows; damage and excess are refused."""

import io
import zipfile
from datetime import date

import pytest

from konvoi.intake.ods import is_ods, ods_sheets
from konvoi.model.document import Document

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def book(rows: str, *, mime: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    """An ODS with one sheet."""
    content = (
        f'<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name="List">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr("mimetype", mime)
        zipped.writestr("content.xml", content)
    return made.getvalue()


def read(rows: str) -> list[tuple[int, tuple[object, ...]]]:
    found = ods_sheets(Document("list.ods", book(rows)))
    assert not found.refused
    return [(row.number, row.cells) for row in found.by_name["List"].rows]


def test_texts_days_numbers_and_lines_within_a_cell_are_read() -> None:
    day = cell("1-2-2031", 'office:value-type="date" office:date-value="2031-02-01"')
    number = cell("12", 'office:value-type="float" office:value="12"')
    two = "<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
    assert read(f"<table:table-row>{day}{number}{two}</table:table-row>") == [
        (1, (date(2031, 2, 1), 12, "a\nb"))
    ]


def test_what_repeats_is_there_as_often_and_empty_rows_only_count() -> None:
    twice = 'table:number-columns-repeated="2"'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell('x', twice)}"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{cell("y")}</table:table-row>'
    )
    assert read(rows) == [(4, ("x", "x")), (5, ("y",)), (6, ("y",))]


def test_it_is_known_by_its_type_and_a_workbook_is_none() -> None:
    assert is_ods(book(""))
    assert not is_ods(book("", mime="application/zip"))
    assert not is_ods(b"PK\x03\x04")


@pytest.mark.parametrize("at", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_is_refused_with_what_to_do(at: float) -> None:
    whole = book(f"<table:table-row>{cell('x')}</table:table-row>")
    found = ods_sheets(Document("list.ods", whole[: int(len(whole) * at)]))
    assert found.refused
    assert [(one.place.file, bool(one.remedy)) for one in found.findings] == [("list.ods", True)]


def test_cells_that_repeat_without_end_are_refused() -> None:
    wide = cell("x", 'table:number-columns-repeated="1000"')
    rows = f'<table:table-row table:number-rows-repeated="1000">{wide}</table:table-row>' * 6
    found = ods_sheets(Document("list.ods", book(rows)))
    assert [one.code for one in found.findings] == ["container-too-large"]
