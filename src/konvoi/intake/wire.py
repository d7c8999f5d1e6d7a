"""A reading as bytes and back: frames as Arrow, the rest as JSON, nothing that could run."""

import io
import json
import struct
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from konvoi.intake.format import refused
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading, Separators, Unread
from konvoi.model.entries import CLAIMS, ENTRIES, RELATIONS, SCOPES
from konvoi.model.finding import Finding, Place, Severity

_LENGTH = struct.Struct(">Q")
_SCHEMAS = {"entries": ENTRIES, "scopes": SCOPES, "relations": RELATIONS, "claims": CLAIMS}


class NotAReading(ValueError):
    """Bytes that are no reading: the other side ended early or was subverted."""


def read_wire(sent: bytes) -> bytes:
    """Read a document that was packed, and pack the reading: what runs in the child process."""
    return packed_reading(read(unpacked_document(sent)))


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
    }
    return _joined([json.dumps(head).encode(), document.content])


def unpacked_document(sent: bytes) -> Document:
    """The document that was packed."""
    head, content = _split(sent)
    said = json.loads(head)
    sheets = tuple((str(sheet), str(table)) for sheet, table in said.pop("sheets"))
    hidden = tuple((str(sheet), int(row)) for sheet, row in said.pop("hidden"))
    return Document(content=content, sheets=sheets, hidden=hidden, **said)


def packed_reading(reading: Reading) -> bytes:
    """A reading as bytes."""
    tables = sorted(reading.tables)
    left_out = sorted(reading.left_out)
    head = {
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
        "tables": tables,
        "left_out": left_out,
        "interdependent": reading.interdependent,
    }
    frames = [getattr(reading, name) for name in _SCHEMAS]
    frames += [reading.tables[name] for name in tables]
    frames += [reading.left_out[name] for name in left_out]
    return _joined([json.dumps(head).encode(), *(_arrow(frame) for frame in frames)])


def unpacked_reading(sent: bytes) -> Reading:
    """The reading that was packed; NotAReading for anything else."""
    try:
        parts = _split(sent)
        head = json.loads(parts[0])
        tables = head.pop("tables")
        left_out = [str(name) for name in head.pop("left_out")]
        findings = tuple(_finding(plain) for plain in head.pop("findings"))
        head["unread"] = tuple(_unread(*plain) for plain in head["unread"])
        shown, unclear, remembered = head["separators"]
        head["separators"] = Separators(str(shown), unclear is True, str(remembered))
        frames = [pl.read_ipc(io.BytesIO(part)) for part in parts[1:]]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, pl.exceptions.PolarsError) as fault:
        raise NotAReading("cut or altered") from fault
    fixed = frames[: len(_SCHEMAS)]
    more = frames[len(_SCHEMAS) :]
    wrong = [frame for frame, schema in zip(fixed, _SCHEMAS.values(), strict=False) if frame.schema != schema]
    if wrong or len(fixed) != len(_SCHEMAS) or len(more) != len(tables) + len(left_out):
        raise NotAReading("other tables than those of a reading")
    named = dict(zip(tables, more[: len(tables)], strict=True))
    found = _reading(head, dict(zip(_SCHEMAS, fixed, strict=True)), named, findings)
    return replace(
        found,
        left_out=dict(zip(left_out, more[len(tables) :], strict=True)),
        interdependent=head.get("interdependent") is not False,
    )


def _reading(
    head: Mapping[str, object],
    fixed: Mapping[str, pl.DataFrame],
    tables: Mapping[str, pl.DataFrame],
    findings: tuple[Finding, ...],
) -> Reading:
    facts = head["facts"]
    headings = head.get("headings")
    if not isinstance(facts, dict) or not isinstance(headings, dict):
        raise NotAReading("facts of another kind")
    if not all(isinstance(names, dict) for names in headings.values()):
        raise NotAReading("headings of another kind")
    return Reading(
        document=str(head["document"]),
        digest=str(head["digest"]),
        format=str(head["format"]),
        party=str(head["party"]),
        boundary=str(head["boundary"]),
        currency=str(head["currency"]),
        entries=fixed["entries"],
        scopes=fixed["scopes"],
        relations=fixed["relations"],
        claims=fixed["claims"],
        tables=tables,
        findings=findings,
        refused=head["refused"] is True,
        facts={str(name): str(value) for name, value in facts.items()},
        headings={
            str(sheet): {str(name): str(text) for name, text in names.items()}
            for sheet, names in headings.items()
        },
        unread=head["unread"] if isinstance(head["unread"], tuple) else (),
        separators=separators if isinstance(separators := head["separators"], Separators) else Separators(),
    )


def _unread(sheet: object, table: object, rows: object, amount: object, currency: object) -> Unread:
    if not isinstance(rows, int) or not isinstance(amount, int | None):
        raise NotAReading("sheets of another kind")
    return Unread(str(sheet), str(table), rows, amount, str(currency))


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
    place = Place(str(file), str(sheet), int(row), str(column), str(heading))
    named = {str(name): str(value) for name, value in values.items()}
    return Finding(Severity(severity), str(code), place, str(read_), str(expected), str(remedy), named)


def _arrow(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_ipc(stream)
    return stream.getvalue()


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
        "Nothing of it was read: {why}. Save it anew or split it; from a stranger, do not open it.",
        {"why": why},
    )
