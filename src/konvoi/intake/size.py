"""Upper bounds on what a text document holds, counted in its bytes before a parser reads it."""

import io
import re

from konvoi.intake.container import refusal
from konvoi.intake.markup import TAG
from konvoi.model.document import Document
from konvoi.model.finding import Finding

# Rows and columns are those of a spreadsheet program: more cannot come from one, nor be checked in one.
ROWS = 1_048_576
COLUMNS = 16_384
TAGS = 4_000_000
VALUES = 5_000_000
OBJECTS = 200_000
NAMES = 1_000_000

_SEPARATORS = (b",", b";", b"\t")
# A tag is bounded rather than its attributes: parsers compare each attribute with all before it.
_LONG_TAG = re.compile(rb"<[^<>]{%d}" % (TAG + 1))
_STREAMED = b"<iati-activities"
_HEAD = 65_536


def oversized(document: Document) -> Finding | None:
    """Return the finding on a text document that holds too much to be read; None if it does not.

    The count is an upper bound that takes a fraction of a second: signs within texts count, too.
    """
    content = document.content
    start = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if start.startswith(b"<"):
        code = "xml-too-large"
        read = xml_excess(content, streamed=_STREAMED in start)
    elif b"%PDF-" in start[:1024]:
        objects = _more(content.count(b" obj"), OBJECTS, "objects")
        code = "pdf-too-large"
        read = objects or _more(content.count(b"/"), NAMES, "names")
    elif start[:1] in (b"{", b"["):
        values = sum(map(content.count, (b",", b"{", b"[")))
        code = "json-too-large"
        read = _more(values, VALUES, "values")
    else:
        code = "text-too-large"
        read = _rows_excess(content)
    return refusal(document, code, read=read) if read else None


def xml_excess(content: bytes, *, streamed: bool = False) -> str:
    """Return the limit that an XML document exceeds; empty if none.

    streamed: the document is read element by element, so that the number of its elements is no limit.
    """
    if not streamed and (excess := _more(content.count(b"<"), TAGS, "tags")):
        return excess
    return f"a tag of more than {TAG} bytes" if _LONG_TAG.search(content) else ""


def _rows_excess(content: bytes) -> str:
    rows = content.count(b"\n") or content.count(b"\r")
    if excess := _more(rows, ROWS, "rows"):
        return excess
    if all(content.count(separator) < COLUMNS for separator in _SEPARATORS):
        return ""
    lines = io.BytesIO(content)
    columns = max(1 + max(map(line.count, _SEPARATORS)) for line in lines)
    return _more(columns, COLUMNS, "columns")


def _more(count: int, most: int, what: str) -> str:
    return f"{count} {what}" if count > most else ""
