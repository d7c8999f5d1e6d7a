"""Cell texts of single rows of a document as submitted, for people who compare two of them."""

import csv
import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from konvoi.intake.batch import packed_batch, unpacked_batch
from konvoi.intake.cell import text_of
from konvoi.intake.container import is_ole, is_zip
from konvoi.intake.csv_text import decoded, lines_of
from konvoi.intake.heading import heading
from konvoi.intake.json_text import parsed, plain
from konvoi.intake.sheet import Row, letters
from konvoi.intake.table_text import understood, written
from konvoi.intake.wire import unpacked_document
from konvoi.intake.workbook import workbook_sheets
from konvoi.kit.text import shown, tidy
from konvoi.model.document import Document
from konvoi.model.sheet_names import table_of

Spot = tuple[str, int]
"""A sheet (or the path of a list in JSON) and a row in it, from 1."""

Excerpt = tuple[tuple[str, str], ...]
"""The content of a row: the heading and text of each filled cell."""

CELLS = 60
"""So many cells of a row are shown."""
LONG = 400
"""Letters of a text that are shown."""


def packed_ask(document: Document, spots: Sequence[Spot]) -> bytes:
    """A document, and the rows of it that are wanted, as bytes."""
    return packed_batch([document, Document("spots", json.dumps(list(spots)).encode())])


def read_excerpts(sent: bytes) -> bytes:
    """The wanted rows of a document that was packed, as JSON: what runs in the child process."""
    parts = unpacked_batch(sent, 2) or []
    document, asked = (unpacked_document(part) for part in parts)
    spots = [(str(sheet), int(row)) for sheet, row in json.loads(asked.content)]
    found = excerpts(document, spots)
    return written([found.get(spot, ()) for spot in spots])


def unpacked_excerpts(answer: bytes | None, spots: Sequence[Spot]) -> dict[Spot, Excerpt]:
    """The rows that came back; none of those that did not, or that are no rows."""
    try:
        rows: Any = understood(answer or b"[]")
        pairs = [
            tuple((shown(str(head), LONG), shown(str(text), LONG)) for head, text in row) for row in rows
        ]
    except (ValueError, TypeError):
        return {}
    return {spot: row for spot, row in zip(spots, pairs, strict=False) if row}


def excerpts(document: Document, spots: Sequence[Spot]) -> dict[Spot, Excerpt]:
    """Return the content of rows of a document: the cells of a sheet or of a CSV file under their headings,
    the plain members of an object in JSON, the line of any other text.
    """
    if is_zip(document.content) or is_ole(document.content):
        book = workbook_sheets(document)
        return _of_sheets(spots, {name: book[name].rows for name in book.by_name})
    if document.content.lstrip()[:1] in (b"{", b"["):
        return _of_json(document, spots)
    text, _ = decoded(document)
    extension = posixpath.splitext(document.name)[1].lower()
    if extension in (".csv", ".tsv"):
        return _of_sheets(spots, dict.fromkeys((sheet for sheet, _ in spots), _csv(document, text)))
    lines = text.splitlines()
    return {
        (sheet, row): (("", tidy(lines[row - 1])[:LONG]),) for sheet, row in spots if 0 < row <= len(lines)
    }


def _csv(document: Document, text: str) -> Sequence[Row]:
    try:
        return lines_of(document, text)[0]
    except csv.Error:
        return ()


def _of_sheets(spots: Sequence[Spot], rows: Mapping[str, Sequence[Row]]) -> dict[Spot, Excerpt]:
    found: dict[Spot, Excerpt] = {}
    for sheet in sorted({sheet for sheet, _ in spots} & set(rows)):
        by_number = {row.number: row for row in rows[sheet]}
        head = _head(sheet, rows[sheet])
        for spot in spots:
            if spot[0] == sheet and (row := by_number.get(spot[1])):
                found[spot] = tuple(_cells(row, head))[:CELLS]
    return found


def _head(sheet: str, rows: Sequence[Row]) -> Row | None:
    """The row that names the columns: of a table of ours as it is found in reading, else the first."""
    table = table_of(sheet)
    if not rows:
        return None
    return heading(table, rows).top if table else rows[0]


def _cells(row: Row, head: Row | None) -> Iterator[tuple[str, str]]:
    for at, value in enumerate(row.cells):
        if value is not None:
            named = text_of(head[at]) if head and head.number != row.number and head[at] is not None else ""
            yield named.removesuffix(" *")[:LONG] or letters(at + 1), text_of(value)[:LONG]


def _of_json(document: Document, spots: Sequence[Spot]) -> dict[Spot, Excerpt]:
    found: dict[Spot, Excerpt] = {}
    whole = parsed(document).value
    for path, row in spots:
        held: object = whole
        for name in path.split("."):
            held = held.get(name) if isinstance(held, dict) else None
        if isinstance(held, list) and 0 < row <= len(held) and isinstance(held[row - 1], dict):
            members = ((name, plain(value)) for name, value in held[row - 1].items())
            found[path, row] = tuple((name, tidy(text)[:LONG]) for name, text in members if text)[:CELLS]
    return found
