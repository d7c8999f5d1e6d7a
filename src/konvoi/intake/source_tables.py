"""Tables of any shape in a partner's own file: sheets, a text file, lists of objects in JSON."""

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from konvoi.intake.cell import text_of
from konvoi.intake.container import is_ole, is_zip
from konvoi.intake.csv_text import decoded, is_binary, lines_of
from konvoi.intake.json_text import parsed, plain
from konvoi.intake.sheet import Row, Value
from konvoi.intake.workbook import workbook_sheets
from konvoi.kit.text import fold
from konvoi.model.document import Document
from konvoi.model.finding import Finding

_WITHIN = 30
_DEPTH = 5
_SEPARATORS = (",", ";", "\t", "|")
_MOST_PATHS = 2_000


@dataclass(frozen=True)
class SourceTable:
    """Rows of a file as they stand: name of the sheet or path of the list, and rows above and below a head.

    head: of a list in JSON, the paths of all its objects; None for sheets, whose head stands among the rows.
    findings: on the file as it was opened. currencies: those stored with amounts, by row and column from 1.
    """

    name: str
    rows: Sequence[Row]
    head: Row | None = None
    findings: tuple[Finding, ...] = ()
    currencies: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def headed(self, headings: Sequence[str]) -> "tuple[Row, Sequence[Row]] | None":
        """Return the row that holds all headings, and the rows below it; None where no row does."""
        wanted = {fold(one) for one in headings}
        if self.head is not None:
            return (self.head, self.rows) if wanted <= _texts(self.head) else None
        for at, row in enumerate(self.rows[:_WITHIN]):
            if wanted <= _texts(row):
                return row, self.rows[at + 1 :]
        return None


def _texts(row: Row) -> set[str]:
    return {fold(text_of(value)) for value in row.cells if value is not None}


def source_tables(document: Document, *, separator: str = "") -> tuple[SourceTable, ...]:
    """Return the tables of a file; none where it is no table, or cannot be read.

    separator: of a text file; empty: the one that most of its first lines share.
    """
    content = document.content
    if is_zip(content) or is_ole(content):
        book = workbook_sheets(document)
        return tuple(
            SourceTable(
                *(name, one.rows),
                findings=tuple(told for told in book.findings if told.place.sheet in ("", name)),
                currencies=one.currencies,
            )
            for name, one in book.by_name.items()
            if one.rows
        )
    if is_binary(content):
        return ()
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start in (b"{", b"["):
        return tuple(_of_json(document))
    if start == b"<":
        return ()
    text, notes = decoded(document)
    rows, faults = lines_of(document, text, separator or separator_of(text))
    return (SourceTable("", rows, findings=(*notes, *faults)),) if rows else ()


def separator_of(text: str) -> str:
    """Return the sign that parts the cells of a text: the one that most of its first lines hold as often.

    >>> separator_of("Title, of a list\\na;b;c\\n1,5;2;3\\n2,5;3;4")
    ';'
    """
    lines = [line for line in text.splitlines()[:_WITHIN] if line.strip()]

    def rank(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if sign in line]
        usual = max(set(counts), key=lambda one: (counts.count(one), one)) if counts else 0
        return counts.count(usual), usual

    return max(_SEPARATORS, key=rank) if lines else ","


def _of_json(document: Document) -> Iterator[SourceTable]:
    """Yield the lists of objects in a JSON document by their paths; lines of JSON are one list."""
    for name, objects in _lists(_content(document), "", 0):
        flat = [dict(_flat(one, "", 0)) for one in objects]
        paths = tuple(dict.fromkeys(path for one in flat for path in one))[:_MOST_PATHS]
        rows = tuple(Row(at, tuple(one.get(path) for path in paths)) for at, one in enumerate(flat, start=1))
        yield SourceTable(name, rows, Row(0, paths))


def _content(document: Document) -> object:
    whole = parsed(document)
    if whole.refusal is None:
        return whole.value
    found = []
    for line in document.content.splitlines():
        if line.strip():
            one = parsed(replace(document, content=line))
            if one.refusal is not None:
                return None
            found.append(one.value)
    return found


def _lists(value: object, path: str, depth: int) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    """Yield each list of objects with its path; an object whose members are all objects is one, too."""
    if isinstance(value, list):
        objects: list[Mapping[str, object]] = [one for one in value if isinstance(one, dict)]
        if objects and 2 * len(objects) >= len(value):
            yield path, objects
        return
    if not isinstance(value, dict) or depth > _DEPTH:
        return
    members = list(value.values())
    if len(members) > 1 and all(isinstance(one, dict) for one in members):
        shapes = [frozenset(one) for one in members]
        if 2 * len(frozenset.intersection(*shapes)) >= len(frozenset.union(*shapes)):
            keyed: list[Mapping[str, object]] = [{"(key)": name, **one} for name, one in value.items()]
            yield path, keyed
            return
    for name, one in value.items():
        yield from _lists(one, f"{path}.{name}" if path else name, depth + 1)


def _flat(value: Mapping[str, object], path: str, depth: int) -> Iterator[tuple[str, Value]]:
    """Yield the plain values of an object by their paths; lists of plain values are joined by semicolons."""
    for name, one in value.items():
        here = f"{path}.{name}" if path else name
        if isinstance(one, dict):
            if depth < _DEPTH:
                yield from _flat(one, here, depth + 1)
        elif isinstance(one, list):
            texts = [plain(part) for part in one]
            if all(text is not None for text in texts):
                yield here, "; ".join(text for text in texts if text) or None
            elif depth < _DEPTH:
                for at, part in enumerate(one):
                    if isinstance(part, dict):
                        yield from _flat(part, f"{here}.{at}", depth + 1)
        else:
            yield here, _plain(one)


def _plain(value: object) -> Value:
    if isinstance(value, bool | int | Decimal | date):
        return value
    return plain(value)


def stem(document: Document) -> str:
    """Return the name of a file without folder and extension."""
    return posixpath.splitext(posixpath.basename(document.name))[0]


def as_text(value: Value) -> str:
    """Return a value as it is shown in a sample."""
    return json.dumps(value) if isinstance(value, bool) else text_of(value)
