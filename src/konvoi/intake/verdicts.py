"""A workbook of pairs that comes back: its rows as text, each with its place."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.sheet import Row, Sheet
from konvoi.intake.sheets import sheets
from konvoi.intake.wire import packed_reading, unpacked_document
from konvoi.kit.text import fold
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.naming import meanings
from konvoi.model.review import READ

FORMAT = "konvoi-review"
TABLE = "verdicts"
_WITHIN = 10
_MUST = ("verdict", "left", "right", "relation", "values seen", "check")

VERDICTS = pl.Schema(
    dict.fromkeys(READ, pl.String()) | {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}
)
"""One line for each row below the head, its cells as text; null where a cell is empty."""


class _Head(NamedTuple):
    """The row that names the columns, and the name of each column by its index."""

    row: Row
    columns: Mapping[int, str]


def read_verdicts(sent: bytes) -> bytes:
    """Read a workbook that was packed, and pack the reading: what runs in the child process."""
    return packed_reading(verdicts(unpacked_document(sent)))


def verdicts(document: Document) -> Reading:
    """The rows of VERDICTS as a reading with one table; refused where none of its sheets holds pairs."""
    book = sheets(document)
    for sheet in book.by_name.values():
        if head := _head(sheet.rows):
            rows = _rows(document, sheet, head)
            names = {name: text_of(head.row[at]) for at, name in head.columns.items()}
            return _reading(document, book.findings, rows, {sheet.name: names})
    if book.refused:
        return _reading(document, book.findings, None, {})
    finding = Finding(
        Severity.ERROR,
        "review-workbook-unknown",
        Place(document.name),
        expected="a workbook that konvoi review --out wrote, with its hidden columns",
        remedy="send the workbook back as it was written; no decision was taken from this one",
    )
    return _reading(document, (*book.findings, finding), None, {})


def _reading(
    document: Document,
    findings: tuple[Finding, ...],
    rows: pl.DataFrame | None,
    headings: Mapping[str, Mapping[str, str]],
) -> Reading:
    return Reading(
        document=document.name,
        digest=document.digest,
        format=FORMAT,
        tables={} if rows is None else {TABLE: rows},
        findings=findings,
        refused=rows is None,
        headings=headings,
    )


def _head(rows: Sequence[Row]) -> _Head | None:
    """Return the head of a sheet of pairs, in any language; None if it has none."""
    known = meanings("column", READ)
    for row in rows[:_WITHIN]:
        named: dict[int, str] = {}
        for at, value in enumerate(row.cells):
            name = known.get(fold(text_of(value))) if value is not None else None
            if name and name not in named.values():
                named[at] = name
        if set(_MUST) <= set(named.values()):
            return _Head(row, named)
    return None


def _rows(document: Document, sheet: Sheet, head: _Head) -> pl.DataFrame:
    found = [
        {
            **{name: None if unknown(row[at]) else text_of(row[at]) for at, name in head.columns.items()},
            "_file": document.name,
            "_sheet": sheet.name,
            "_row": row.number,
        }
        for row in sheet.rows
        if row.number > head.row.number
    ]
    columns = {name: [row.get(name) for row in found] for name in VERDICTS}
    return pl.DataFrame(columns, schema=VERDICTS, strict=True)
