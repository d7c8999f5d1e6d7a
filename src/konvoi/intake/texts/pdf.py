"""The text layer of a PDF as lines: letters put together by where they lie, not by the order of drawing."""

import io
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException

from konvoi.intake.texts.lines import Line

BROKEN = (
    *(PSException, zlib.error, struct.error, EOFError, UnicodeError, OSError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(ArithmeticError, RecursionError, NotImplementedError),
)
"""Errors that the library raises for a file that is cut or altered."""

LOCKED = PDFPasswordIncorrect
_PAGES = 2_000
_DRAWN = 50_000
_FIGURE = 20
_UNPACKED = 20_000_000
_SPACE = 0.22
_THIN = 2.0
_MOSTLY = 0.8
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNKNOWN = "\ufffd"


class TooLarge(Exception):
    """A PDF beyond the limits of reading; its text names the limit."""


class _Device(PDFPageAggregator):
    """Collects what a page draws, and stops at a page that draws too much: figures can hold one another."""

    drawn = 0

    def begin_figure(self, *args: Any, **kwargs: Any) -> None:
        self._count(_FIGURE)
        super().begin_figure(*args, **kwargs)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self._count()
        super().paint_path(*args, **kwargs)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._count()
        return super().render_char(*args, **kwargs)

    def _count(self, weight: int = 1) -> None:
        self.drawn += weight
        if self.drawn > _DRAWN:
            raise TooLarge(f"> {_DRAWN} letters and strokes")


@dataclass
class Layer:
    """The lines of each page; pictures: pages with pictures only; unknown: letters without meaning."""

    pages: list[list[Line]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    unknown: dict[int, int] = field(default_factory=dict)


def layer(content: bytes) -> Layer:
    """The text layer of a PDF; raises what BROKEN lists, LOCKED for one with a password, or TooLarge."""
    found = Layer()
    device, interpreter = _reader()
    for number, page in enumerate(_pages(content), 1):
        drawn = _drawn_by(page, device, interpreter)
        letters = [one for one in drawn if isinstance(one, LTChar)]
        lines = _page_lines(drawn, letters, number)
        if not lines and any(isinstance(one, LTImage) for one in drawn):
            found.pictures.append(number)
        if unknown := sum(_letter(one) == _UNKNOWN for one in letters):
            found.unknown[number] = unknown
        found.pages.append(lines)
    return found


def page_lines(content: bytes, number: int) -> tuple[list[Line], int]:
    """The lines of one page, counted from 1, and the number of pages; raises what `layer` does.

    No lines for a page that is not there, or has no text layer.
    """
    pages = _pages(content)
    if not 1 <= number <= len(pages):
        return [], len(pages)
    drawn = _drawn_by(pages[number - 1], *_reader())
    return _page_lines(drawn, [one for one in drawn if isinstance(one, LTChar)], number), len(pages)


def _reader() -> tuple[_Device, PDFPageInterpreter]:
    resources = PDFResourceManager()
    device = _Device(resources, laparams=None)
    return device, PDFPageInterpreter(resources, device)


def _pages(content: bytes) -> list[PDFPage]:
    # One page more than may be: a document of more is refused whole, not cut in silence.
    pages = list(PDFPage.get_pages(io.BytesIO(content), maxpages=_PAGES + 1))
    if len(pages) > _PAGES:
        raise TooLarge(f"> {_PAGES} pages")
    return pages


def _drawn_by(page: PDFPage, device: _Device, interpreter: PDFPageInterpreter) -> list[LTComponent]:
    _bound(page)
    device.drawn = 0
    interpreter.process_page(page)
    return list(_drawn(device.get_result()))


def _page_lines(drawn: Sequence[LTComponent], letters: Sequence[LTChar], number: int) -> list[Line]:
    strokes = [one for one in drawn if isinstance(one, LTCurve) and one.height < _THIN]
    return list(_lines(letters, strokes, number))


def _bound(page: PDFPage) -> None:
    """Raise TooLarge if what the page is drawn from unpacks to too much: it is parsed sign by sign."""
    streams = [one for one in map(resolve1, page.contents) if isinstance(one, PDFStream)]
    size = sum(len(one.get_data()) for one in streams)
    if size > _UNPACKED:
        raise TooLarge(f"page {page.pageid}: {size} bytes")


def _drawn(box: Iterable[LTComponent]) -> Iterator[LTComponent]:
    for one in box:
        if isinstance(one, LTContainer):
            yield from _drawn(one)
        else:
            yield one


def _letter(one: LTChar) -> str:
    text = one.get_text()
    return _UNKNOWN if text.startswith("(cid:") else text.replace("\uf0b7", "•").replace("\u00ad", "-")


def _lines(letters: Sequence[LTChar], strokes: Sequence[LTCurve], page: int) -> Iterator[Line]:
    """Letters that stand on one base, from the top down, each line from left to right."""
    rows: list[list[LTChar]] = []
    for one in sorted((one for one in letters if _letter(one).strip()), key=_top):
        if rows and _same_row(rows[-1], one):
            rows[-1].append(one)
        else:
            rows.append([one])
    spaces = sorted((one for one in letters if one.get_text().isspace()), key=_middle)
    for number, row in enumerate(rows, 1):
        line = _line(sorted(row, key=lambda one: one.x0), spaces, page, number)
        yield replace(line, heading=True) if _underlined(line, strokes) else line


def _middle(one: LTChar) -> float:
    return (one.y0 + one.y1) / 2


def _top(one: LTChar) -> tuple[float, float]:
    return (-round(one.y0 + one.height / 2, 1), one.x0)


def _same_row(row: Sequence[LTChar], one: LTChar) -> bool:
    """Return True if a letter stands on the line of others: its middle lies within the height of their
    first.
    """
    middle = (one.y0 + one.y1) / 2
    first = max(row, key=lambda letter: letter.size)
    return first.y0 < middle < first.y1


def _line(row: Sequence[LTChar], spaces: Sequence[LTChar], page: int, number: int) -> Line:
    """A row of letters as a line; spaces: those of the page, sorted by their middle."""
    sizes = sorted(one.size for one in row)
    size = sizes[len(sizes) // 2]
    first = max(row, key=lambda one: one.size)
    low = bisect_right(spaces, first.y0, key=_middle)
    high = bisect_left(spaces, first.y1, lo=low, key=_middle)
    gaps = sorted((one.x0 + one.x1) / 2 for one in spaces[low:high])
    text = ""
    before = None
    at = 0
    for one in row:
        raised = one.size < 0.8 * size and one.y0 > first.y0 + 0.15 * first.size
        letter = _letter(one).translate(_SUPERSCRIPT) if raised else _letter(one)
        at, parted = _passed(gaps, at, one.x0 + 0.3 * one.width)
        if before is not None and (parted or one.x0 - before.x1 > _SPACE * size):
            text += " "
        text = text + letter
        before = one
    strong = sum(_strong(one) for one in row) >= 0.9 * len(row)
    return Line(text, row[0].x0, row[-1].x1, first.y0, size, strong, page, number)


def _underlined(line: Line, strokes: Sequence[LTCurve]) -> bool:
    """Return True if a stroke, or several, lie below nearly all of a line."""
    below = [one for one in strokes if -0.1 * line.size < one.y0 - line.base < 0.3 * line.size]
    covered = sum(min(one.x1, line.right) - max(one.x0, line.left) for one in below if one.x0 < line.right)
    return covered > _MOSTLY * (line.right - line.left)


def _passed(gaps: Sequence[float], at: int, left: float) -> tuple[int, bool]:
    """Return the number of spaces left of a place, and True if it is larger than before (`at`)."""
    begun = at
    while at < len(gaps) and gaps[at] < left:
        at += 1
    return at, at > begun


def _strong(one: LTChar) -> bool:
    name = one.fontname.casefold()
    return "bold" in name or "italic" in name or "oblique" in name
