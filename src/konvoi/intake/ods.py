"""The sheets of an OpenDocument spreadsheet (ODS) as rows of plain values, read within bounds."""

from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from konvoi.intake import markup
from konvoi.intake.container import BOUNDS, BROKEN, Bounds, inspected, names, part, refusal
from konvoi.intake.sheet import Row, Sheet, Value
from konvoi.intake.sheets import Sheets
from konvoi.model.document import Document

_CONTENT = "content.xml"
_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = 5_000_000
"""Most cells of a document: rows and cells that repeat are written once."""

_COLUMNS = 1_000
"""Most columns that are read of a row; spreadsheets repeat an empty last cell up to the edge of the sheet."""


def is_ods(content: bytes) -> bool:
    """Return True if a zip container is an OpenDocument spreadsheet."""
    return _CONTENT in names(content) and _MIME in content[:200]


def ods_sheets(document: Document, bounds: Bounds = BOUNDS) -> Sheets:
    """The sheets of an ODS by name; refused where it cannot be read to its end or goes beyond the bounds."""
    notes = inspected(document, bounds)
    if any(one.severity == "error" for one in notes):
        return Sheets(findings=notes, refused=True)
    try:
        root = markup.root(part(document.content, _CONTENT))
    except (*BROKEN, *markup.BROKEN, KeyError):
        return Sheets(findings=(refusal(document, "workbook-damaged"),), refused=True)
    found: dict[str, Sheet] = {}
    left = _CELLS
    for table in root.iterfind(f".//{_TABLE}table"):
        rows = []
        for row in _rows(table):
            left -= len(row.cells)
            if left < 0:
                refused = refusal(document, "container-too-large", read=f"> {_CELLS} cells")
                return Sheets(findings=(refused,), refused=True)
            rows.append(row)
        name = table.get(f"{_TABLE}name", "")
        found[name] = Sheet(name, tuple(rows))
    return Sheets(found, notes)


def _rows(table: etree._Element) -> Iterator[Row]:
    """Yield the rows that hold something; a row that repeats is there as often as it says."""
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(row))
        while cells and cells[-1] is None:
            cells.pop()
        again = _count(row.get(f"{_TABLE}number-rows-repeated"))
        if cells:
            yield from (Row(number + at, tuple(cells)) for at in range(min(again, _COLUMNS)))
        number += again


def _cells(row: etree._Element) -> Iterator[Value]:
    width = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        again = min(_count(cell.get(f"{_TABLE}number-columns-repeated")), _COLUMNS - width)
        width += again
        yield from [_value(cell)] * again


def _value(cell: etree._Element) -> Value:
    """Return a cell's value: a day, a number, or its text with a line for each paragraph."""
    if stated := cell.get(f"{_OFFICE}date-value"):
        try:
            day = datetime.fromisoformat(stated)
        except ValueError:
            return stated
        return day if "T" in stated and (day.hour or day.minute or day.second) else date(*day.timetuple()[:3])
    text = "\n".join("".join(map(str, p.itertext())) for p in cell.iterfind(f"{_TEXT}p")).strip()
    number = cell.get(f"{_OFFICE}value")
    if (
        number
        and cell.get(f"{_OFFICE}value-type") == "float"
        and text.isdecimal()
        and not text.startswith("0")
    ):
        return int(text)
    return text or number


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
