"""Readings as bytes and back: tables and all the rest as text, nothing that could run."""

import json
import struct
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from konvoi.intake.format import refused
from konvoi.intake.read import read
from konvoi.intake.table_text import table_text, text_table, understood, written
from konvoi.kit.digest import digest
from konvoi.model.document import Document, Reading, Separators, Unread
from konvoi.model.entries import CLAIMS, ENTRIES, RELATIONS, SCOPES, empty
from konvoi.model.finding import Finding, Place, Severity

_LENGTH = struct.Struct(">Q")
_DIGEST = 32
_MOST = (1 << 63) - 1
_SCHEMAS = {"entries": ENTRIES, "scopes": SCOPES, "relations": RELATIONS, "claims": CLAIMS}
_ALTERED = (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError)


class NotAReading(ValueError):
    """Bytes that are no reading: the other side ended early or was subverted."""


def read_wire(documents: Sequence[bytes]) -> bytes:
    """Read documents that were packed, and pack their readings: what runs in the child process."""
    return packed_readings([read(unpacked_document(one)) for one in documents])


def read_together(
    documents: Sequence[Document], sent_back: bytes | None, *, why: str = ""
) -> tuple[Reading, ...]:
    """Return the readings that came back for documents; none where each of several is to be read alone."""
    if len(documents) == 1:
        return (read_apart(documents[0], sent_back, why=why),)
    try:
        readings = unpacked_readings(sent_back or b"")
    except NotAReading:
        return ()
    if len(readings) != len(documents):
        return ()
    return tuple(map(_own, documents, readings))


def read_apart(document: Document, sent_back: bytes | None, *, why: str = "", digest: str = "") -> Reading:
    """Return the reading that came back for a document; refused if there is none, with `why` as the reason.

    digest: that of a document whose content is not at hand.
    """
    if sent_back is None:
        return refused(document, _refusal(document, why))
    try:
        reading = unpacked_reading(sent_back)
    except NotAReading:
        return refused(document, _refusal(document, "its reader sent back nothing that can be understood"))
    return _own(document, reading, digest)


def _own(document: Document, reading: Reading, digest: str = "") -> Reading:
    """Return the reading of a document; refused where it is that of another."""
    if (reading.document, reading.digest) != (document.name, digest or document.digest):
        return refused(document, _refusal(document, "its reader answered for another file"))
    return reading


def packed_document(document: Document) -> bytes:
    """A document as bytes."""
    head = {
        "name": document.name,
        "party": document.party,
        "marking": document.marking,
        "sheets": document.sheets,
        "decimal": document.decimal,
        "hidden": document.hidden,
        "mappings": document.mappings,
    }
    return _joined([json.dumps(head).encode(), document.content])


def unpacked_document(sent: bytes) -> Document:
    """The document that was packed."""
    head, content = _split(sent)
    said = json.loads(head)
    sheets = tuple((str(sheet), str(table)) for sheet, table in said.pop("sheets"))
    hidden = tuple((str(sheet), int(row)) for sheet, row in said.pop("hidden"))
    mappings = tuple(map(str, said.pop("mappings")))
    return Document(content=content, sheets=sheets, hidden=hidden, mappings=mappings, **said)


def packed_reading(reading: Reading) -> bytes:
    """A reading as bytes."""
    return packed_readings([reading])


def packed_readings(readings: Sequence[Reading]) -> bytes:
    """Readings as bytes, behind their digest.

    Tables of one name and one schema are written as one, since many tables of few rows take long to write
    and to read.
    """
    stacks = _Stacks()
    heads = [_head(reading, stacks) for reading in readings]
    content = _joined([written(heads), *stacks.texts()])
    return bytes.fromhex(digest(content)) + content


def unpacked_reading(sent: bytes) -> Reading:
    """The reading that was packed; NotAReading for anything else."""
    readings = unpacked_readings(sent)
    if len(readings) != 1:
        raise NotAReading("other than one reading")
    return readings[0]


def unpacked_readings(sent: bytes) -> tuple[Reading, ...]:
    """The readings that were packed; NotAReading for anything else.

    Whatever was sent, nothing of it is run and nothing raises or ends the process that opens it. The digest
    tells bytes that were altered by accident; a child that was subverted can send any reading.
    """
    if bytes.fromhex(digest(sent[_DIGEST:])) != sent[:_DIGEST]:
        raise NotAReading("cut or altered")
    try:
        head, *parts = _split(sent[_DIGEST:])
        heads: Any = understood(head)
        tables = _Tables([text_table(part) for part in parts])
        return tuple(_reading(one, tables) for one in heads)
    except _ALTERED as fault:
        raise NotAReading("no readings") from fault


class _Stacks:
    """Tables of readings, those of one name and one schema together."""

    def __init__(self) -> None:
        self._tables: list[list[pl.DataFrame]] = []
        self._numbers: dict[tuple[str, tuple[tuple[str, pl.DataType], ...]], int] = {}

    def put(self, name: str, table: pl.DataFrame) -> list[object]:
        """Put a table to those that are like it; return its name, the number of these, and its height."""
        number = self._numbers.setdefault((name, tuple(table.schema.items())), len(self._tables))
        if number == len(self._tables):
            self._tables.append([])
        self._tables[number].append(table)
        return [name, number, table.height]

    def texts(self) -> list[bytes]:
        return [table_text(pl.concat(tables)) for tables in self._tables]


class _Tables:
    """The tables that came back, from which each reading takes its rows, one after the other."""

    def __init__(self, tables: Sequence[pl.DataFrame]) -> None:
        self._tables = tables
        self._taken = [0] * len(tables)
        # Schemas of many columns take long to compare, so each is compared once.
        self._fixed = [
            [name for name, schema in _SCHEMAS.items() if table.schema == schema] for table in tables
        ]

    def is_fixed(self, number: int, name: str) -> bool:
        """Return True if a table has the schema that all readings have under a name."""
        return name in self._fixed[number]

    def take(self, number: int, height: int) -> pl.DataFrame:
        """Return the next rows of a table."""
        start = self._taken[number]
        if not 0 <= height <= self._tables[number].height - start:
            raise NotAReading("other rows than those that were sent")
        self._taken[number] += height
        return self._tables[number].slice(start, height)


def _head(reading: Reading, stacks: _Stacks) -> dict[str, object]:
    """Return all of a reading that is no table, and where its tables lie."""
    fixed = [(name, getattr(reading, name)) for name in _SCHEMAS]
    return {
        "document": reading.document,
        "digest": reading.digest,
        "format": reading.format,
        "party": reading.party,
        "boundary": reading.boundary,
        "currency": reading.currency,
        "refused": reading.refused,
        "facts": dict(reading.facts),
        "headings": {sheet: dict(names) for sheet, names in reading.headings.items()},
        "findings": [_plain(finding) for finding in reading.findings],
        "unread": [
            [one.sheet, one.table, one.rows, one.amount_minor, one.currency] for one in reading.unread
        ],
        "separators": [reading.separators.shown, reading.separators.unclear, reading.separators.remembered],
        "fixed": [stacks.put(name, table) for name, table in fixed if table.height],
        "tables": [stacks.put(name, reading.tables[name]) for name in sorted(reading.tables)],
        "left_out": [stacks.put(name, reading.left_out[name]) for name in sorted(reading.left_out)],
        "interdependent": reading.interdependent,
    }


def _reading(plain: Any, tables: _Tables) -> Reading:
    fixed = {name: empty(schema) for name, schema in _SCHEMAS.items()}
    for name, number, height in plain["fixed"]:
        if not tables.is_fixed(number, name):
            raise NotAReading("other tables than those of a reading")
        fixed[name] = tables.take(number, height)
    shown, unclear, remembered = plain["separators"]
    facts = {str(name): str(value) for name, value in plain["facts"].items()}
    if day := facts.get("day"):
        date.fromisoformat(day)
    return Reading(
        document=str(plain["document"]),
        digest=str(plain["digest"]),
        format=str(plain["format"]),
        party=str(plain["party"]),
        entries=fixed["entries"],
        scopes=fixed["scopes"],
        relations=fixed["relations"],
        claims=fixed["claims"],
        tables={str(name): tables.take(number, height) for name, number, height in plain["tables"]},
        findings=tuple(map(_finding, plain["findings"])),
        boundary=str(plain["boundary"]),
        currency=str(plain["currency"]),
        refused=plain["refused"] is True,
        facts=facts,
        headings={
            str(sheet): {str(name): str(text) for name, text in names.items()}
            for sheet, names in plain["headings"].items()
        },
        unread=tuple(_unread(*one) for one in plain["unread"]),
        separators=Separators(str(shown), unclear is True, str(remembered)),
        left_out={str(name): tables.take(number, height) for name, number, height in plain["left_out"]},
        interdependent=plain["interdependent"] is not False,
    )


def _unread(sheet: object, table: object, rows: object, amount: object, currency: object) -> Unread:
    known = None if amount is None else _whole(amount)
    return Unread(str(sheet), str(table), _whole(rows), known, str(currency))


def _whole(value: object) -> int:
    """Return a whole number that a table can hold."""
    if not isinstance(value, int) or not -_MOST <= value <= _MOST:
        raise NotAReading("no whole number")
    return value


def _plain(finding: Finding) -> list[object]:
    place = finding.place
    return [
        str(finding.severity),
        finding.code,
        [place.file, place.sheet, place.row, place.column, place.heading],
        finding.read,
        finding.expected,
        finding.remedy,
        dict(finding.values),
    ]


def _finding(plain: Any) -> Finding:
    severity, code, (file, sheet, row, column, heading), read_, expected, remedy, values = plain
    place = Place(str(file), str(sheet), _whole(row), str(column), str(heading))
    named = {str(name): str(value) for name, value in values.items()}
    return Finding(Severity(severity), str(code), place, str(read_), str(expected), str(remedy), named)


def _joined(parts: list[bytes]) -> bytes:
    return b"".join(piece for part in parts for piece in (_LENGTH.pack(len(part)), part))


def _split(sent: bytes) -> list[bytes]:
    parts: list[bytes] = []
    at = 0
    while at < len(sent):
        if at + _LENGTH.size > len(sent):
            raise NotAReading("cut")
        (length,) = _LENGTH.unpack_from(sent, at)
        at += _LENGTH.size
        if at + length > len(sent):
            raise NotAReading("cut")
        parts.append(sent[at : at + length])
        at += length
    return parts


def _refusal(document: Document, why: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "file-refused",
        Place(document.name),
        f"{len(document.content)} B",
        "a file that can be read within the limits of memory and time",
        "Not imported: {why}. Save the file again or split it. Do not open files from unknown senders.",
        {"why": why},
    )
