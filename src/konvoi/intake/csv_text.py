"""Text files: their characters and, of separated values, their lines as rows."""

import csv
import io
from itertools import pairwise

from konvoi.intake.container import is_ole, is_zip
from konvoi.intake.sheet import Row
from konvoi.kit.text import shown
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

_SEPARATORS = (",", ";", "\t")
_LONGEST = 32_767 * 4
_START = 1_000
_MARKS = (
    *((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32")),
    *((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")),
)


def decoded(document: Document) -> tuple[str, list[Finding]]:
    """The text of a file: UTF-8, UTF-16 or UTF-32, else one of the Windows code pages with a warning."""
    content = document.content
    if codec := _wide(content):
        return content.decode(codec, errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        page, text = _code_page(content)
    line = next(line for line in text.splitlines() if not line.isascii())
    finding = Finding(
        Severity.WARNING,
        "text-not-utf-8",
        Place(document.name),
        shown(line),
        "text in UTF-8",
        "It was read as {page}; save it as UTF-8 if letters look wrong.",
        {"page": page},
    )
    return text, [finding]


def _wide(content: bytes) -> str:
    """Return the codec of a text in UTF-16 or UTF-32, by its mark or by where it has zeros; else empty."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    start = content[:_START]
    if len(content) % 2 or 5 * start.count(0) < len(start):
        return ""
    return "utf-16-le" if 0 not in start[::2] else "utf-16-be" if 0 not in start[1::2] else ""


def _code_page(content: bytes) -> tuple[str, str]:
    """Return the code page, of two, under which more of the high bytes are letters inside words."""
    cyrillic = content.decode("cp1251", errors="replace")
    latin = content.decode("cp1252", errors="replace")
    high = [index for index, byte in enumerate(content) if byte >= 0xC0]
    pairs = sum(1 for left, right in pairwise(high) if right == left + 1)
    # In Cyrillic text letters follow one another; in Latin text accented letters stand mostly alone.
    return ("cp1251", cyrillic) if 2 * pairs > len(high) else ("cp1252", latin)


def lines_of(document: Document, text: str, separator: str = "") -> tuple[list[Row], list[Finding]]:
    """The lines that hold something, numbered as a text editor does for plain lines.

    separator: of the cells; empty: the one that the first line holds most often.
    """
    separator = separator or max(_SEPARATORS, key=lambda sign: text.partition("\n")[0].count(sign))
    csv.field_size_limit(_LONGEST)
    lines = io.StringIO(text.replace("\0", "\ufffd"), newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[Row] = []
    findings: list[Finding] = []
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows, findings
        except csv.Error as error:
            findings.append(_unreadable(document, start, too_long="limit" in str(error)))
            continue
        if any(cell.strip() for cell in cells):
            rows.append(Row(start, tuple(cell or None for cell in cells)))


def _unreadable(document: Document, line: int, *, too_long: bool) -> Finding:
    quotes = (
        "a row of cells with closed quotation marks, each followed by a separator",
        "Correct the quotation marks from this line on; the lines enclosed were not imported.",
    )
    longest = (
        "cells of at most 131,068 characters",
        "Shorten the cell, or close its quotation marks; the line was not imported.",
    )
    expected, remedy = longest if too_long else quotes
    return Finding(Severity.ERROR, "csv-unreadable", Place(document.name, row=line), "", expected, remedy)


def is_binary(content: bytes) -> bool:
    """Return True for what is no text: an office file, or bytes of zero outside UTF-16 and UTF-32."""
    return is_zip(content) or is_ole(content) or (b"\0" in content[:_START] and not _wide(content))
