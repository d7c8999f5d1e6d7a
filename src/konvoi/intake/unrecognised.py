"""Files that no format recognises: what was seen in them, and what they may be meant for."""

import csv
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from konvoi.intake.cell import text_of
from konvoi.intake.container import is_ole, is_zip
from konvoi.intake.csv_text import decoded, is_binary, lines_of
from konvoi.intake.foreign_heads import foreign_column
from konvoi.intake.heading import head_name, named_columns
from konvoi.intake.json_text import parsed
from konvoi.intake.sheet import Row
from konvoi.intake.unread import near_table
from konvoi.intake.workbook import workbook_sheets
from konvoi.kit.text import listed, shown
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.sheet_names import table_of
from konvoi.model.table import Table
from konvoi.model.tables import TABLES

_WITHIN = 10
_NAMED = 3
"""So many columns that a head may mean, in whatever language, make a table likely."""

_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,60})[\s/>]")
_EXPECTED = "a Konvoi workbook, one of its tables as CSV, or another format of docs/reference/formats"
CHECK_FILE = "Check that it is the file you meant; `konvoi template` writes a workbook to fill in."
"""The remedy for a file of which nothing can be said."""
_TABLES = (
    "Sheets and CSV files are known by the name of a table, such as packages or lines.csv, and columns by "
    "their names in English, German or Ukrainian; `konvoi template` writes a workbook to fill in. Files with "
    "other columns are mapped once: konvoi map FILE --from PARTY."
)
_FILE = (
    "It looks like the table {table} (? marks columns that are not known): {columns}. Map it: konvoi map "
    "FILE --from PARTY; or name the file {table}.csv, and its columns in English, German or Ukrainian."
)
_SHEET = (
    "The sheet {sheet} looks like the table {table}. Name its columns in English, German or Ukrainian (? "
    "marks those that are not known): {columns}. Then name the sheet {table}, or accept it: "
    'konvoi add FILE --from PARTY --sheet "{sheet}"={table}.'
)
_JSON = (
    "JSON is read as OCDS, OC4IDS, EPCIS, flows of FTS or needs of OCHA; these keys are of none of them. "
    "Map it: konvoi map FILE --from PARTY, or fill in the workbook of `konvoi template`."
)
_XML = (
    "XML is read as activities of IATI, UBL, EPCIS or Akoma Ntoso; this root element is of none of them. "
    "Check that it is the file you meant."
)


@dataclass(frozen=True)
class _Likely:
    """A table that a sheet or file may be meant for, and the column that each head means; empty if none."""

    table: Table
    columns: Mapping[str, str]

    @property
    def known(self) -> int:
        """Return how many heads mean a column."""
        return sum(bool(column) for column in self.columns.values())


def unrecognised(document: Document) -> Finding:
    """Return the finding on a file that no format recognises: its heads, keys or root, and what to do."""
    content = document.content
    if is_zip(content) or is_ole(content):
        return _of_workbook(document)
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start in (b"{", b"["):
        return _finding(document, listed(_keys(document)), _JSON)
    if start == b"<":
        root = _ROOT.search(content[:100_000])
        return _finding(document, f"<{root[1].decode(errors='replace')}>" if root else document.name, _XML)
    if is_binary(content):
        return _finding(document, document.name, CHECK_FILE)
    return _of_text(document)


def _of_workbook(document: Document) -> Finding:
    book = workbook_sheets(document)
    for name, sheet in book.by_name.items():
        likely = _likely(name, sheet.rows)
        if likely is not None:
            return _finding(document, _heads(sheet.rows), _SHEET, likely, name)
    first = next((sheet for sheet in book.by_name.values() if sheet.rows), None)
    if first is None:
        return _finding(document, document.name, CHECK_FILE)
    names = listed(book.by_name)
    return _finding(document, f"{names}: {_heads(first.rows)}", _TABLES)


def _of_text(document: Document) -> Finding:
    stem = posixpath.splitext(posixpath.basename(document.name))[0]
    text, _ = decoded(document)
    try:
        rows = lines_of(document, text)[0]
    except csv.Error:
        rows = []
    if not rows:
        return _finding(document, document.name, CHECK_FILE)
    likely = _likely(stem, rows)
    if likely is not None:
        return _finding(document, _heads(rows), _FILE, likely)
    return _finding(document, _heads(rows), _TABLES)


def _likely(name: str, rows: Sequence[Row]) -> _Likely | None:
    """Return the table of whose columns most heads may mean one; the one that the name means, if any."""
    named = table_of(name) or near_table(name)
    found = (_mapped(table, row) for table in ((named,) if named else TABLES) for row in rows[:_WITHIN])
    likely = [one for one in found if one.known >= _NAMED and 2 * one.known >= len(one.columns)]
    return max(likely, key=lambda one: one.known, default=None)


def _mapped(table: Table, row: Row) -> _Likely:
    cells = [value for value in row.cells if isinstance(value, str) and text_of(value)]
    heads = [(text_of(value), head_name(value)) for value in cells]
    names = named_columns(head for _, head in heads).get(table.name, {})
    columns: dict[str, str] = {}
    for text, head in heads:
        column = names.get(head) or foreign_column(table, head)
        columns[text] = "" if column in columns.values() else column
    return _Likely(table, columns)


def _heads(rows: Sequence[Row]) -> str:
    return listed(text for value in rows[0].cells if (text := text_of(value)))


def _keys(document: Document) -> Iterator[str]:
    value = parsed(document).value
    first = value[0] if isinstance(value, list) and value else value
    yield from map(str, first) if isinstance(first, dict) else (document.name,)


def _finding(
    document: Document, read: str, remedy: str, likely: _Likely | None = None, sheet: str = ""
) -> Finding:
    values: dict[str, str] = {}
    if likely is not None:
        values = {
            "table": likely.table.name,
            "columns": _pairs(likely.columns),
            "sheet": shown(sheet),
        }
    place = Place(document.name, sheet)
    return Finding(Severity.ERROR, "format-unknown", place, shown(read, 200), _EXPECTED, remedy, values)


def _pairs(columns: Mapping[str, str]) -> str:
    return listed((f"{head} → {column or '?'}" for head, column in columns.items()), 400)
