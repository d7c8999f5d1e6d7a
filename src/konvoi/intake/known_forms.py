"""Files of forms that are known by sight and not read: what each is, and the way in."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from konvoi.intake.container import is_zip, names
from konvoi.intake.json_text import parsed
from konvoi.kit.text import shown
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

_START = 4_096
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]{0,60})([^>]{0,4000})")
_CELL = re.compile(rb"<t[dh][\s>]")
_CELLS = 4
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")


@dataclass(frozen=True)
class KnownForm:
    """A form that is known by sight: what it is, what is read instead, and what to do.

    seen: True for a file of this form.
    """

    name: str
    expected: str
    remedy: str
    seen: Callable[[Document], bool]


def known_form(document: Document, forms: Iterable[KnownForm]) -> Finding | None:
    """Return the refusal of a file of one of some forms; None for all others."""
    form = next((one for one in forms if one.seen(document)), None)
    if form is None:
        return None
    return Finding(
        Severity.ERROR,
        "format-not-read",
        Place(document.name),
        shown(posixpath.basename(document.name)),
        form.expected,
        form.remedy,
        {"form": form.name},
    )


def _xml_root(document: Document) -> tuple[str, bytes]:
    """Return the local name of the root element and its attributes; empty for what is no XML."""
    start = document.content[: 16 * _START].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start.startswith(b"<"):
        return "", b""
    for found in _ROOT.finditer(start):
        return found[1].decode("ascii", "replace"), found[2]
    return "", b""


def _is_flat_spreadsheet(document: Document) -> bool:
    root, attributes = _xml_root(document)
    return root == "document" and b"opendocument.spreadsheet" in attributes


def _is_web_page(document: Document) -> bool:
    start = document.content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _is_page_of_cells(document: Document) -> bool:
    """Return True for a table that was written as a web page, and often named .xls; a form is none."""
    text = document.content[: 16 * _START].lower()
    return _is_web_page(document) and b"<form" not in text and len(_CELL.findall(text)) >= _CELLS


def _is_feed(document: Document) -> bool:
    return _xml_root(document)[0] in ("rss", "feed")


def _is_map(document: Document) -> bool:
    return any(one.get("type") == "FeatureCollection" for one in _objects(document))


def _objects(document: Document) -> Iterator[dict[str, object]]:
    """Yield the object of a JSON document, the one in its member `data`, and the first of a list."""
    if document.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        return
    value = parsed(document).value
    data = value.get("data") if isinstance(value, dict) else None
    for one in (value, data):
        first = one[0] if isinstance(one, list) and one else one
        if isinstance(first, dict):
            yield first


def _is_rtf(document: Document) -> bool:
    return document.content.startswith(b"{\\rtf")


def _is_image(document: Document) -> bool:
    return document.content.startswith(_IMAGES)


def _is_binary_workbook(document: Document) -> bool:
    return "xl/workbook.bin" in names(document.content)


def _is_numbers(document: Document) -> bool:
    return any(one.startswith("Index/") and one.endswith(".iwa") for one in names(document.content))


def _is_archive(document: Document) -> bool:
    parts = names(document.content)
    office = any(one in parts for one in ("[Content_Types].xml", "mimetype", "content.xml"))
    return (is_zip(document.content) and bool(parts) and not office) or document.content[:2] == b"\x1f\x8b"


def _is_message(document: Document) -> bool:
    start = document.content[:_START]
    return b"\nMIME-Version:" in start or (
        start.startswith((b"From:", b"Received:")) and b"\nSubject:" in start
    )


FORMS: tuple[KnownForm, ...] = (
    KnownForm(
        "Flat OpenDocument spreadsheet",
        expected="a workbook as .xlsx or .ods; this is a flat OpenDocument spreadsheet",
        remedy="Open it in a spreadsheet program and save it as .ods or .xlsx.",
        seen=_is_flat_spreadsheet,
    ),
    KnownForm(
        "Table as a web page",
        expected="a workbook as .xlsx or .ods; this is a table written as a web page",
        remedy="Open it in a spreadsheet program and save it as .ods or .xlsx.",
        seen=_is_page_of_cells,
    ),
    KnownForm(
        "Web page",
        expected="the file itself; this is a web page",
        remedy="It may be a login or error page that was saved in its place. Download the file again.",
        seen=_is_web_page,
    ),
    KnownForm(
        "News feed",
        expected="the data themselves; this is a news feed",
        remedy="Submit the file to which the feed links.",
        seen=_is_feed,
    ),
    KnownForm(
        "GeoJSON",
        expected="a table of ours, or a mapped file; this is GeoJSON",
        remedy="Map its properties: konvoi map FILE --from PARTY --sheet features.",
        seen=_is_map,
    ),
    KnownForm(
        "Rich text",
        expected="a text as DOCX or PDF; this is rich text (RTF)",
        remedy="Open it in a word processor and save it as DOCX.",
        seen=_is_rtf,
    ),
    KnownForm(
        "Image",
        expected="text or a table; this is an image",
        remedy="Submit the document itself, or enter its content in the workbook of `konvoi template`.",
        seen=_is_image,
    ),
    KnownForm(
        "Binary Excel workbook (.xlsb)",
        expected="a workbook as .xlsx or .ods; this is a binary Excel workbook (.xlsb)",
        remedy="Open it in a spreadsheet program and save it as .ods or .xlsx.",
        seen=_is_binary_workbook,
    ),
    KnownForm(
        "Apple Numbers workbook",
        expected="a workbook as .xlsx or .ods; this is an Apple Numbers workbook",
        remedy="Export it as an Excel workbook (.xlsx).",
        seen=_is_numbers,
    ),
    KnownForm(
        "Archive",
        expected="the files themselves; this is an archive",
        remedy="Unpack it and submit its files, or their folder.",
        seen=_is_archive,
    ),
    KnownForm(
        "E-mail message",
        expected="the file attached to it; this is an e-mail message",
        remedy="Save the attachment and submit it.",
        seen=_is_message,
    ),
)
"""Forms that are known by sight; the first that is seen is told."""
