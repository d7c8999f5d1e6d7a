"""The container of an office file, inspected before any parser reads its parts."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity


@dataclass(frozen=True)
class Bounds:
    """The most that a container may hold; beyond it the document is refused.

    ratio: expanded to packed, for each part of more than `floor` bytes. cells: of the box that a sheet's
    filled cells span, and of all sheets together. texts: shared by the cells of a workbook. styles: of cells,
    and formats of numbers. merged: areas of one sheet. Sizes are bytes. old_workbook: of an .xls.
    """

    entries: int = 2_000
    expanded: int = 500_000_000
    ratio: int = 100
    floor: int = 1_000_000
    cells: int = 5_000_000
    sheets: int = 1_000
    merged: int = 50_000
    texts: int = 1_000_000
    styles: int = 100_000
    old_workbook: int = 20_000_000


BOUNDS = Bounds()

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, OSError, ValueError, OverflowError),
)
"""Errors that the standard library raises for a container that is cut, altered, or of unknown packing."""

_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".xlsx", ".xlsm", ".docx", ".pptx", ".ods")
_LISTED = b"PK\x01\x02"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MACROS_OLE = "_VBA_PROJECT".encode("utf-16-le")


def is_zip(content: bytes) -> bool:
    """Return True if the first bytes are those of a zip container."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def is_ole(content: bytes) -> bool:
    """Return True if the first bytes are those of an OLE file: an old or an encrypted office document."""
    return content[:8] == _OLE


def names(content: bytes) -> tuple[str, ...]:
    """The names of a container's parts; empty where it cannot be opened."""
    if not is_zip(content):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return tuple(container.namelist())
    except BROKEN:
        return ()


def part(content: bytes, name: str) -> bytes:
    """One part, unpacked to at most its declared length; raises what BROKEN lists, or KeyError."""
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return container.read(name)


def inspected(document: Document, bounds: Bounds = BOUNDS) -> tuple[Finding, ...]:
    """Return the findings on an office container: an error refuses it, a note reports ignored parts.

    Of an old workbook (OLE) only macros are found; a password and damage are met when it is read.
    """
    if is_ole(document.content):
        macros = _MACROS_OLE in document.content
        return (refusal(document, "workbook-macros", read="VBA"),) if macros else ()
    # Counted in the bytes: listing a million parts takes seconds and hundreds of megabytes.
    parts = document.content.count(_LISTED)
    if parts > bounds.entries:
        return (refusal(document, "container-too-many-parts", read=str(parts)),)
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as container:
            entries = container.infolist()
    except BROKEN:
        return (refusal(document, "container-broken", read=f"{len(document.content)} B"),)
    refused = next(_refusals(document, entries, bounds), None)
    return (refused,) if refused else tuple(_notes(document, [entry.filename for entry in entries]))


def refusal(document: Document, code: str, *, read: str = "", place: Place | None = None) -> Finding:
    """The error that refuses a document, in the words that belong to its code."""
    expected, remedy = _WORDS[code]
    return Finding(Severity.ERROR, code, place or Place(document.name), read, expected, remedy)


def _refusals(document: Document, entries: list[zipfile.ZipInfo], bounds: Bounds) -> Iterator[Finding]:
    expanded = sum(entry.file_size for entry in entries)
    if expanded > bounds.expanded:
        yield refusal(document, "container-too-large", read=f"{expanded} B")
    for entry in entries:
        place = Place(document.name, entry.filename)
        if entry.flag_bits & 1:
            yield refusal(document, "workbook-old-or-encrypted", place=place)
        if entry.file_size > max(bounds.floor, bounds.ratio * max(entry.compress_size, 1)):
            read = f"{entry.compress_size} → {entry.file_size} B"
            yield refusal(document, "container-bomb", read=read, place=place)
        if entry.filename.lower().endswith(_ARCHIVES):
            yield refusal(document, "container-nested", read=entry.filename, place=place)
        if "vbaproject" in entry.filename.lower() or entry.filename.lower().startswith("xl/macrosheets"):
            yield refusal(document, "workbook-macros", read=entry.filename, place=place)


def _notes(document: Document, parts: list[str]) -> Iterator[Finding]:
    """Yield notes on other contents of a workbook than cells; none of them is opened."""
    for folder, code in (
        ("xl/externalLinks/", "workbook-links-ignored"),
        ("xl/embeddings/", "workbook-objects"),
    ):
        found = [name for name in parts if name.startswith(folder) and not name.endswith(".rels")]
        if found:
            expected, remedy = _WORDS[code]
            yield Finding(Severity.NOTE, code, Place(document.name), str(len(found)), expected, remedy)


_WORDS = {
    "workbook-old-or-encrypted": (
        "a workbook without a password, saved as .xlsx",
        "Open it, remove the password, and save it as an Excel workbook (.xlsx).",
    ),
    "container-broken": (
        "a whole file; this one is cut short or altered",
        "Send the file again, and compare its size at both ends.",
    ),
    "container-too-many-parts": (
        "a workbook of at most 2,000 parts",
        "Remove pictures and old sheets, and save it again.",
    ),
    "container-too-large": (
        "a file of at most 500 MB when unpacked",
        "Split it into several files.",
    ),
    "container-bomb": (
        "a part that unpacks to at most 100 times its packed size",
        "Save the workbook again in a spreadsheet program; if it stays so, do not open it.",
    ),
    "container-nested": (
        "a workbook without an archive or another document inside",
        "Remove the embedded file and submit it separately.",
    ),
    "workbook-macros": (
        "a workbook without macros",
        "Save it as .xlsx, which leaves the macros out.",
    ),
    "workbook-links-ignored": (
        "values stored in the workbook",
        "Links to other files are not followed; the values last stored are read.",
    ),
    "workbook-objects": (
        "cells only",
        "Embedded objects are not opened; write what matters into cells.",
    ),
    "workbook-damaged": (
        "a workbook whose sheets can be read to the end",
        "Open it in a spreadsheet program, save it as a new .xlsx, and hand that in.",
    ),
    "workbook-doctype": (
        "parts without a document type declaration",
        "Save the workbook again in a spreadsheet program.",
    ),
    "workbook-far-cell": (
        "adjacent filled cells, in a range of at most 5,000,000 cells",
        "Delete the stray cell (find it with Ctrl+End) and save the workbook again.",
    ),
    "workbook-too-large": (
        "a workbook of at most 1,000 sheets, 5,000,000 cells, 1,000,000 different texts, 100,000 formats and "
        "50,000 merged areas a sheet",
        "Delete what is not needed, or split the workbook into several.",
    ),
    "workbook-old-too-large": (
        "an old workbook (.xls) of at most 20 MB",
        "Save it as an Excel workbook (.xlsx).",
    ),
    "text-too-large": (
        "a text or table of at most 1,048,576 rows and 16,384 columns",
        "Delete empty columns and rows, or split the file into several.",
    ),
    "json-too-large": (
        "a JSON document of at most 5,000,000 values",
        "Split the file into several.",
    ),
    "xml-too-large": (
        "an XML document of at most 2,000,000 elements, and no tag longer than 1 MB",
        "Split the file into several.",
    ),
    "pdf-too-large": (
        "a PDF of at most 200,000 objects, 1,000,000 names and 2,000 pages, each of at most 20 MB and 50,000 "
        "letters and strokes",
        "Submit the text itself (DOCX), or split the file into several.",
    ),
    "workbook-count-differs": (
        "the same number of filled cells by two readers",
        "Save the workbook again in a spreadsheet program, and hand that in.",
    ),
    "workbook-wrong-type": (
        "an Excel workbook (.xlsx)",
        "Save it as an Excel workbook (.xlsx).",
    ),
}
