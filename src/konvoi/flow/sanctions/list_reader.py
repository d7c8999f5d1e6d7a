"""The code of the child process that reads one list: files are opened, and its regime reads them."""

import codecs
import gzip
import io
import zlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from importlib import import_module

import polars as pl

from konvoi.align.frames import Frames, frames
from konvoi.align.list_findings import told
from konvoi.align.regime import Found, Opened
from konvoi.align.regimes import REGIMES
from konvoi.intake import markup
from konvoi.intake.batch import packed_batch, unpacked_batch
from konvoi.intake.container import is_ole, is_zip
from konvoi.intake.ods import is_ods, ods_sheets
from konvoi.intake.sheets import Sheets, sheets
from konvoi.intake.size import oversized
from konvoi.intake.wire import packed_reading, unpacked_document
from konvoi.intake.xls import old_sheets
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place

READER = "konvoi.flow.sanctions.list_reader:read_list"
OWN = "own day"
FIRST = "data from"
LAST = "data to"
"""Facts of a reading that are days, where the list has them."""

WHOLE = "-"
"""In place of a reading's digest: a list has several files, each with its own in the manifest."""

_MOST = 500_000_000
_BY_NAME = {regime.name: regime for regime in REGIMES}


def prepare() -> None:
    """Load the modules that each reading needs, before the first child is copied: no file is seen yet."""
    import_module("numpy")
    import_module("lxml.etree")
    import_module("xlrd")


def packed_list(regime: str, day: date, documents: Sequence[Document]) -> bytes:
    """A list's files as bytes, behind a document that says of which regime and day they are."""
    return packed_batch([Document(regime, day.isoformat().encode()), *documents])


def read_list(sent: bytes) -> bytes:
    """Read a list that was packed; its tables come back as those of a reading."""
    parts = unpacked_batch(sent, _count(sent)) or []
    head, *documents = (unpacked_document(part) for part in parts)
    return packed_reading(reading(head.name, date.fromisoformat(head.content.decode()), documents))


def _count(sent: bytes) -> int:
    at = count = 0
    while at + 8 <= len(sent):
        at = at + 8 + int.from_bytes(sent[at : at + 8], "big")
        count = count + 1
    return count


def reading(regime: str, day: date, documents: Sequence[Document]) -> Reading:
    """Return a regime's reading of its files; refuse where one of them cannot be opened."""
    opened = [_opened(document) for document in documents]
    whole = [one for one in opened if isinstance(one, Opened)]
    broken = tuple(finding for one in opened if not isinstance(one, Opened) for finding in one)
    found = Found(findings=broken, refused=True) if broken else _BY_NAME[regime].read(whole, day)
    guessed = tuple(told("list-encoding", Place(one.name)) for one in whole if one.guessed)
    made = frames(regime, found.listings)
    return Reading(
        document=f"{regime} {day.isoformat()}",
        digest=WHOLE,
        format=regime,
        tables={one.name: getattr(made, one.name) for one in fields(Frames)},
        findings=(*guessed, *found.findings),
        refused=found.refused,
        facts={name: str(count) for name, count in found.facts.items()} | _days(found),
    )


def tables(reading: Reading) -> Frames:
    """The tables of a list that was read."""
    return Frames(**{one.name: pl.DataFrame(reading.tables[one.name]) for one in fields(Frames)})


def _days(found: Found) -> dict[str, str]:
    spoken = found.spoken
    days = {OWN: found.day, FIRST: spoken and spoken.first, LAST: spoken and spoken.last}
    return {name: day.isoformat() for name, day in days.items() if day}


def _opened(document: Document) -> Opened | tuple[Finding, ...]:
    """A file opened within bounds; the findings that say why not, where it cannot be."""
    content = document.content
    name = document.name
    if content[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(_MOST + 1)
        except (OSError, EOFError, zlib.error) as error:
            return (_broken(name, str(error)),)
        if len(content) > _MOST:
            return (_broken(name, f"> {_MOST} bytes"),)
        document = Document(name, content)
    if is_zip(content) or is_ole(content):
        read = old_sheets if is_ole(content) else ods_sheets if is_ods(content) else sheets
        return _book(name, read(document))
    if (excess := oversized(document)) is not None:
        return (excess,)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        try:
            return Opened(name, root=markup.root(content))
        except markup.BROKEN as error:
            return (_broken(name, str(error)),)
    text, guessed = _text(content)
    return Opened(name, text=text, guessed=guessed)


def _book(name: str, found: Sheets) -> Opened | tuple[Finding, ...]:
    if found.refused:
        return found.findings
    rows = {one.name: [(row.number, row.cells) for row in one.rows] for one in found.by_name.values()}
    return Opened(name, sheets=rows)


def _broken(name: str, why: str) -> Finding:
    return told("list-broken", Place(name), why=why)


def _text(content: bytes) -> tuple[str, bool]:
    """A text in UTF-8, or in UTF-16 that says so; else as Windows writes Western Europe, which is a guess."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), True
