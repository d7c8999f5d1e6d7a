"""Contacts of an OpenDocument spreadsheet: their rows, and other texts in their cells."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from konvoi.intake import markup
from konvoi.intake.ods import ods_sheets
from konvoi.intake.sheet import Row
from konvoi.model.document import Document
from konvoi.model.sheet_names import table_of
from konvoi.model.tables.words import CONTACTS
from konvoi.report.marking.office import Office

CONTENT = "content.xml"
_AUTHORS = "meta.xml"
_PICTURE = "Thumbnails/thumbnail.png"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PERSONS = ("initial-creator", "creator", "printed-by")
_ROWS, _COLUMNS = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_KEPT = frozenset({f"{_TABLE}style-name", f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"})
"""Attributes of a cell that do not tell what stands in it."""

Cells = Mapping[int, Mapping[int, str]]
"""Texts by row, counted from 1, and index of the column, counted from 0."""


def rows_of_contacts(content: bytes) -> list[tuple[str, list[Row]]]:
    """Return the sheets that hold contacts, by name, with their rows; none where it cannot be read."""
    read = ods_sheets(Document("contacts.ods", content))
    return [(name, list(one.rows)) for name, one in read.by_name.items() if table_of(name) == CONTACTS]


def with_cells(content: bytes, sheets: Mapping[str, Cells]) -> bytes:
    """Return a spreadsheet with other texts in cells, without earlier states of it and who made it."""
    office = Office(content)
    root = markup.root(office[CONTENT])
    for table in _tables(root):
        _put(table, sheets.get(table.get(f"{_TABLE}name", ""), {}))
    for history in list(root.iter(f"{_TABLE}tracked-changes")):
        _remove(history)
    office[CONTENT] = _written(root)
    if _AUTHORS in office:
        told = markup.root(office[_AUTHORS])
        for one in told.iter("{*}*"):
            if etree.QName(one).localname in _PERSONS:
                one.text = None
        office[_AUTHORS] = _written(told)
    if _PICTURE in office:
        # A picture of the first page may show them.
        office[_PICTURE] = b""
    return office.written()


def texts_of_sheets(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet with all that stands in it, then each other part."""
    office = Office(content)
    root = markup.root(office[CONTENT])
    for table in list(_tables(root)):
        yield table.get(f"{_TABLE}name", ""), etree.tostring(table, encoding="unicode")
        _remove(table)
    yield CONTENT, etree.tostring(root, encoding="unicode")
    for info in office.container.infolist():
        if info.filename != CONTENT:
            yield info.filename, office[info.filename].decode("utf-8", "replace")


def _tables(root: etree._Element) -> Iterator[etree._Element]:
    return root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _put(table: etree._Element, cells: Cells) -> None:
    """Put texts into the cells of a sheet; rows and cells that repeat are written one by one where needed."""
    number = 0
    for row in [one for one in table.iter(f"{_TABLE}table-row") if _sheet_of(one) is table]:
        again = _count(row.get(_ROWS))
        inside = sorted(one for one in cells if number < one <= number + again)
        if inside:
            _put_rows(row, number + 1, again, {one: cells[one] for one in inside})
        number += again


def _sheet_of(row: etree._Element) -> etree._Element | None:
    """Return the table in which a row stands: a cell may hold a table of its own."""
    return next(row.iterancestors(f"{_TABLE}table"), None)


def _put_rows(row: etree._Element, first: int, again: int, cells: Cells) -> None:
    """Put texts into a row that stands for several: each that changes is one of its own."""
    at = first
    for number in sorted(cells):
        if number > at:
            _copy_before(row, _ROWS, number - at)
        _put_cells(_copy_before(row, _ROWS, 1), cells[number])
        at = number + 1
    if rest := first + again - at:
        _copy_before(row, _ROWS, rest)
    _remove(row)


def _copy_before(element: etree._Element, repeated: str, again: int) -> etree._Element:
    """Put a copy before an element, which stands for so many; return it."""
    copy = deepcopy(element)
    copy.tail = None
    if repeated in copy.attrib:
        del copy.attrib[repeated]
    if again > 1:
        copy.set(repeated, str(again))
    element.addprevious(copy)
    return copy


def _put_cells(row: etree._Element, texts: Mapping[int, str]) -> None:
    at = 0
    for cell in [one for one in row if one.tag in _CELLS]:
        again = _count(cell.get(_COLUMNS))
        inside = sorted(one for one in texts if at <= one < at + again)
        if inside:
            here = at
            for column in inside:
                if column > here:
                    _copy_before(cell, _COLUMNS, column - here)
                _put_text(_copy_before(cell, _COLUMNS, 1), texts[column])
                here = column + 1
            if rest := at + again - here:
                _copy_before(cell, _COLUMNS, rest)
            _remove(cell)
        at += again


def _put_text(cell: etree._Element, text: str) -> None:
    """Put a text into a cell in place of all that stands in it, notes too; its style stays."""
    for child in list(cell):
        cell.remove(child)
    for name in [str(one) for one in cell.attrib if str(one) not in _KEPT]:
        del cell.attrib[name]
    if text:
        cell.set(f"{_OFFICE}value-type", "string")
        etree.SubElement(cell, f"{_TEXT}p").text = text


def _count(text: str | None) -> int:
    return min(int(text), 10**9) if text and text.isdecimal() and len(text) < 12 else 1
