"""The sheets of an OpenDocument spreadsheet (ODS) as rows of plain values, read within bounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from konvoi.intake import markup
from konvoi.intake.container import BOUNDS, BROKEN, Bounds, inspected, names, part, refusal
from konvoi.intake.sheet import Box, Row, Sheet, Value, letters
from konvoi.intake.sheets import Sheets
from konvoi.intake.size import COLUMNS, ROWS, xml_excess
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_KIND_OF_LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_MACROS = ("Basic/", "Scripts/")
_GROUPS = frozenset({f"{_TABLE}table-row-group", f"{_TABLE}table-header-rows", f"{_TABLE}table-rows"})
_COLUMN_GROUPS = frozenset(
    {f"{_TABLE}table-column-group", f"{_TABLE}table-header-columns", f"{_TABLE}table-columns"}
)
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_ERROR = re.compile(r"#\w[\w/!?]*|Err:\d+")


class _TooLarge(ValueError):
    """A sheet with more cells, rows or merged areas than the bounds allow."""


@dataclass
class _Left:
    """The cells that may still be read of a document."""

    cells: int


@dataclass
class _Table:
    """A sheet that is being read."""

    rows: list[Row] = field(default_factory=list)
    currencies: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    number: int = 0


@dataclass(frozen=True)
class _Cell:
    """A cell and how often it repeats; currency: the code that is stored with an amount."""

    value: Value
    again: int
    currency: str = ""
    rows: int = 1
    columns: int = 1
    unread: bool = False


def is_ods(content: bytes) -> bool:
    """Return True if a zip container is an OpenDocument spreadsheet."""
    return _CONTENT in names(content) and _MIME in content[:200]


def ods_names(document: Document) -> tuple[str, ...]:
    """Return the names of the sheets in their order; empty where they cannot be read."""
    try:
        content = part(document.content, _CONTENT)
        if xml_excess(content):
            return ()
        return tuple(table.get(f"{_TABLE}name", "") for table in _tables(markup.root(content)))
    except (*BROKEN, *markup.BROKEN, KeyError):
        return ()


def ods_sheets(document: Document, bounds: Bounds = BOUNDS) -> Sheets:
    """Return the sheets of an ODS by name; refused where it cannot be read to its end or exceeds the bounds.

    Numbers are those stored (office:value), not those shown; `Sheet.currencies` holds the currencies that are
    stored with them. Rows and cells that repeat are read as often, within the bounds.
    """
    notes = inspected(document, bounds)
    if any(one.severity == Severity.ERROR for one in notes):
        return Sheets(findings=notes, refused=True)
    if macro := next((one for one in names(document.content) if one.startswith(_MACROS)), ""):
        return _refused(document, "workbook-macros", macro)
    try:
        if b"encryption-data" in _part(document, _MANIFEST):
            return _refused(document, "workbook-old-or-encrypted")
        content = part(document.content, _CONTENT)
        if excess := xml_excess(content):
            return _refused(document, "workbook-too-large", excess)
        root = markup.root(content)
        tables = list(_tables(root))
        if len(tables) > bounds.sheets:
            return _refused(document, "workbook-too-large", f"{len(tables)} sheets")
        left = _Left(bounds.cells)
        unseen = _unseen(root)
        read = [_sheet(table, unseen, left, bounds) for table in tables]
    except _TooLarge as large:
        return _refused(document, "workbook-too-large", str(large))
    except markup.Forbidden:
        return _refused(document, "workbook-doctype")
    except (*BROKEN, *markup.BROKEN, KeyError):
        return _refused(document, "workbook-damaged")
    found = [one for sheet, unread in read for one in _unread(document, sheet.name, unread)]
    return Sheets({sheet.name: sheet for sheet, _ in read}, (*notes, *found))


def _refused(document: Document, code: str, read: str = "") -> Sheets:
    return Sheets(findings=(refusal(document, code, read=read),), refused=True)


def _part(document: Document, name: str) -> bytes:
    return part(document.content, name) if name in names(document.content) else b""


def _tables(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the sheets; tables of links to other documents stand elsewhere."""
    return root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")


def _unseen(root: etree._Element) -> frozenset[str]:
    """Return the styles of sheets that are not shown."""
    return frozenset(
        str(style.get(f"{_STYLE}name"))
        for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
        for table in style.iterfind(f"{_STYLE}table-properties")
        if table.get(f"{_TABLE}display") == "false"
    )


def _sheet(
    table: etree._Element, unseen: frozenset[str], left: _Left, bounds: Bounds
) -> tuple[Sheet, list[tuple[int, int]]]:
    """Return a sheet, and its formulas without a stored value."""
    read = _Table()
    for row in _within(table, f"{_TABLE}table-row", _GROUPS):
        _row(read, row, left)
        if len(read.merged) > bounds.merged:
            raise _TooLarge(f"> {bounds.merged} merged areas")
    last = max((len(row.cells) for row in read.rows), default=0)
    sheet = Sheet(
        name=table.get(f"{_TABLE}name", ""),
        rows=tuple(read.rows),
        hidden=table.get(f"{_TABLE}style-name") in unseen,
        merged=tuple(read.merged),
        hidden_rows=tuple(read.hidden_rows),
        hidden_columns=tuple(one for one in _hidden_columns(table) if one <= last),
        currencies=read.currencies,
    )
    return sheet, read.unread


def _within(parent: etree._Element, tag: str, groups: frozenset[str]) -> Iterator[etree._Element]:
    """Yield rows or columns, also in groups; those of tables inside cells are none of the sheet's."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _within(child, tag, groups)


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    number = 1
    for column in _within(table, f"{_TABLE}table-column", _COLUMN_GROUPS):
        again = _count(column.get(f"{_TABLE}number-columns-repeated"))
        if column.get(f"{_TABLE}visibility") in _HIDDEN:
            yield from range(number, min(number + again, COLUMNS + 1))
        number += again


def _row(read: _Table, row: etree._Element, left: _Left) -> None:
    """Read a row as often as it repeats; rows without a value only count."""
    number = read.number + 1
    again = _count(row.get(f"{_TABLE}number-rows-repeated"))
    read.number += again
    cells = list(_cells(row))
    while cells and cells[-1].value is None and not cells[-1].unread:
        cells.pop()
    if not cells:
        return
    if number + again - 1 > ROWS:
        raise _TooLarge(f"{number + again - 1} rows")
    width = sum(cell.again for cell in cells)
    left.cells -= width * again
    if left.cells < 0 or width > COLUMNS:
        raise _TooLarge(f"> {min(left.cells + width * again, COLUMNS)} cells")
    values = tuple(value for cell in cells for value in [cell.value] * cell.again)
    for at in range(number, number + again):
        read.rows.append(Row(at, values))
        if row.get(f"{_TABLE}visibility") in _HIDDEN:
            read.hidden_rows.append(at)
        _marks(read, at, cells)


def _marks(read: _Table, row: int, cells: list[_Cell]) -> None:
    """Note the currencies, merged areas and unread formulas of a row."""
    column = 1
    for cell in cells:
        for at in range(column, column + cell.again) if cell.currency or cell.unread else ():
            if cell.currency:
                read.currencies[row, at] = cell.currency
            else:
                read.unread.append((row, at))
        if (cell.rows, cell.columns) != (1, 1):
            read.merged.append((row, column, row + cell.rows - 1, column + cell.columns - 1))
        column += cell.again


def _cells(row: etree._Element) -> Iterator[_Cell]:
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        value = _value(cell)
        again = _count(cell.get(f"{_TABLE}number-columns-repeated"))
        if value is None:
            formula = cell.get(f"{_TABLE}formula") is not None and cell.get(f"{_OFFICE}value-type") is None
            yield _Cell(None, min(again, COLUMNS), unread=formula)
            continue
        rows = _count(cell.get(f"{_TABLE}number-rows-spanned"))
        columns = _count(cell.get(f"{_TABLE}number-columns-spanned"))
        yield _Cell(value, again, _currency(cell), rows, columns)


def _currency(cell: etree._Element) -> str:
    if cell.get(f"{_OFFICE}value-type") != "currency":
        return ""
    return str(cell.get(f"{_OFFICE}currency", "")).strip().upper()


def _value(cell: etree._Element) -> Value:
    """Return the stored value of a cell: a day, a number, a truth, or its text, one line a paragraph."""
    kind = cell.get(f"{_OFFICE}value-type")
    if stated := cell.get(f"{_OFFICE}date-value"):
        return _day(stated)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    text = "\n".join(_paragraph(p) for p in cell.iterfind(f"{_TEXT}p")).strip()
    if cell.get(_KIND_OF_LIBREOFFICE) == "error":
        return text if _ERROR.fullmatch(text) and text.startswith("#") else "#VALUE!"
    number = cell.get(f"{_OFFICE}value")
    if number is not None and kind in ("float", "percentage", "currency"):
        return _number(number)
    return text or cell.get(f"{_OFFICE}string-value") or number


def _day(stated: str) -> Value:
    try:
        day = datetime.fromisoformat(stated)
    except ValueError:
        return stated
    timed = "T" in stated and (day.hour or day.minute or day.second)
    return day if timed else date(day.year, day.month, day.day)


def _number(text: str) -> Value:
    """Return a stored number: as a float where that keeps it exactly, else as the decimal written."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    if not exact.is_finite() or abs(exact.adjusted()) > 300:
        return text
    if exact == exact.to_integral_value() and exact.adjusted() < 18:
        return int(exact)
    near = float(exact)
    return near if Decimal(repr(near)) == exact else exact


def _paragraph(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, with the spaces, tabs and line breaks that are elements."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_count(child.get(f"{_TEXT}c")), 1_000))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif str(child.tag).startswith(_TEXT):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _unread(document: Document, sheet: str, cells: list[tuple[int, int]]) -> Iterator[Finding]:
    for row, column in cells:
        yield Finding(
            Severity.WARNING,
            "workbook-formula-unread",
            Place(document.name, sheet, row, letters(column)),
            "",
            "a formula with the value it gave",
            "Open the workbook in a spreadsheet program and save it, so that values are stored.",
        )


def _count(text: str | None) -> int:
    return min(int(text), 10**9) if text and text.isdecimal() and len(text) < 12 else 1
