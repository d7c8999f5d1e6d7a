"""Old workbooks (.xls, BIFF5 and BIFF8) as the rows of plain values that a new one gives, read by xlrd."""

import io
import struct
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from konvoi.intake.container import BOUNDS, Bounds, refusal
from konvoi.intake.sheet import Box, Row, Sheet, Value
from konvoi.intake.sheets import Sheets
from konvoi.intake.values import FIRST_1900, FIRST_1904, number_of, shows_day
from konvoi.model.document import Document
from konvoi.model.finding import Place

if TYPE_CHECKING:
    import xlrd

# The messages of xlrd for a workbook with a password and for an OLE file without a workbook; an encrypted
# .xlsx is such a file, too.
_LOCKED = ("Workbook is encrypted", "Can't find workbook in OLE2 compound document")
_BROKEN = (
    *(struct.error, EOFError, UnicodeError, LookupError, ValueError, TypeError, AttributeError),
    *(AssertionError, ArithmeticError, RecursionError, NotImplementedError, OSError),
)


def old_names(document: Document, bounds: Bounds = BOUNDS) -> tuple[str, ...]:
    """Return the names of the worksheets of an .xls in its order; empty where they cannot be read."""
    # Loaded here: xlrd meets only files, and those only in the child process that reads them.
    import xlrd
    from xlrd.compdoc import CompDocError

    if len(document.content) > bounds.old_workbook:
        return ()
    try:
        with xlrd.open_workbook(file_contents=document.content, logfile=_Silent(), on_demand=True) as book:
            return tuple(book.sheet_names())
    except (xlrd.XLRDError, CompDocError, *_BROKEN):
        return ()


def old_sheets(document: Document, bounds: Bounds = BOUNDS) -> Sheets:
    """Read all sheets of an .xls; one that is locked, damaged or beyond the bounds is refused.

    Values are those of `Sheets`: dates follow the cell's number format and the workbook's date system, of a
    formula it is the value last stored, and errors such as #REF! are strings.
    """
    # Loaded here: xlrd meets only files, and those only in the child process that reads them.
    import xlrd
    from xlrd.compdoc import CompDocError

    if len(document.content) > bounds.old_workbook:
        read = f"{len(document.content)} B"
        return _refused(document, "workbook-old-too-large", read=read)
    try:
        with xlrd.open_workbook(
            file_contents=document.content,
            logfile=_Silent(),
            # Number formats identify dates; merged boxes are read with them alone.
            formatting_info=True,
            # Else every row is filled up to the last column of the sheet.
            ragged_rows=True,
            on_demand=True,
        ) as book:
            return _sheets(document, book, bounds)
    except xlrd.XLRDError as error:
        if str(error) in _LOCKED:
            return _refused(document, "workbook-old-or-encrypted", read="OLE")
    except (CompDocError, *_BROKEN):
        pass
    return _refused(document, "workbook-damaged")


class _Silent(io.StringIO):
    """Output stream that discards the messages of xlrd."""

    def write(self, text: str, /) -> int:
        """Drop a message."""
        return len(text)


def _refused(document: Document, code: str, *, read: str = "", place: Place | None = None) -> Sheets:
    return Sheets(findings=(refusal(document, code, read=read, place=place),), refused=True)


def _sheets(document: Document, book: "xlrd.Book", bounds: Bounds) -> Sheets:
    """All worksheets of an opened workbook; only one is in memory in the form of xlrd at a time."""
    formats = {str(key): format.format_str for key, format in book.format_map.items()}
    styles = enumerate(book.xf_list)
    days = frozenset(style for style, format in styles if shows_day(str(format.format_key), formats))
    first = FIRST_1904 if book.datemode else FIRST_1900
    found: dict[str, Sheet] = {}
    cells = 0
    if book.nsheets > bounds.sheets:
        return _refused(document, "workbook-too-large", read=f"{book.nsheets} sheets")
    for number, name in enumerate(book.sheet_names()):
        sheet = book.sheet_by_index(number)
        cells += sum(map(sheet.row_len, range(sheet.nrows)))
        if cells > bounds.cells:
            place = Place(document.name, name)
            return _refused(document, "workbook-too-large", read=f"{cells} cells", place=place)
        rows = tuple(_rows(sheet, days, first))
        found[name] = Sheet(
            *(name, rows, bool(sheet.visibility), tuple(_merged(sheet))),
            hidden_rows=tuple(row.number for row in rows if _is_hidden(sheet.rowinfo_map, row.number - 1)),
            hidden_columns=tuple(
                at + 1
                for at, column in sorted(sheet.colinfo_map.items())
                if column.hidden and at < sheet.ncols
            ),
        )
        book.unload_sheet(number)
    return Sheets(found)


def _is_hidden(rows: "Mapping[int, xlrd.sheet.Rowinfo]", at: int) -> bool:
    return at in rows and bool(rows[at].hidden)


def _rows(sheet: "xlrd.sheet.Sheet", days: frozenset[int], first: datetime) -> Iterator[Row]:
    for number in range(sheet.nrows):
        cells = [_value(cell, days, first) for cell in sheet.row(number)]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield Row(number + 1, tuple(cells))


def _value(cell: "xlrd.sheet.Cell", days: frozenset[int], first: datetime) -> Value:
    from xlrd import biffh

    if cell.ctype in (biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE):
        return number_of(cell.value, cell.xf_index in days, first)
    if cell.ctype == biffh.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == biffh.XL_CELL_ERROR:
        return str(biffh.error_text_from_code.get(cell.value, "#VALUE!"))
    return str(cell.value) or None


def _merged(sheet: "xlrd.sheet.Sheet") -> Iterator[Box]:
    """The boxes of merged cells; xlrd counts from 0 and names the row and column after the last."""
    for top, bottom, left, right in sheet.merged_cells:
        yield top + 1, left + 1, bottom, right
