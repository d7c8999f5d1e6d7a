"""Lines of a page, as they lie on it, put together into blocks of text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from konvoi.intake.texts.block import Block

LABEL = re.compile(r"(?:\d{1,3}[.)]|[a-z]\)|[•▪●○◦–-]|o)\s")
_BULLET = re.compile(r"([•▪●○◦–-]|o)\s+")
_ENDS = re.compile(r"[.:;!?…”\"»)]$|[;,] (?:and|or)$|^\W*\d+\W*$")
_SMALL = 0.85
_GAP = 1.25
_DEEPER = 12.0
_FURTHER = 5.0


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, how far from the left it begins and ends, its height above the foot.

    size: of its letters, in points. heading: whether all of it is bold or in italics. row: from 1, from the
    top of the page. Lengths are points.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    heading: bool = False
    page: int = 1
    row: int = 1


def blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The lines of all pages as blocks; page numbers at the head or the foot are left out."""
    pages = _unnumbered(pages)
    every = [line for page in pages for line in page]
    if not every:
        return []
    size = median(line.size for line in every)
    gaps = [above.base - line.base for page in pages for above, line in pairwise(page)]
    page_of = _Page(size, median(gaps) if gaps else size * 1.2, max(line.right for line in every))
    notes = {id(line) for page in pages for line in _notes(page, size)}
    body = [line for line in every if id(line) not in notes]
    small = [line for line in every if id(line) in notes]
    return [*_joined(body, page_of, note=False), *_joined(small, page_of, note=True)]


@dataclass(frozen=True)
class _Page:
    """Layout of pages: the usual size of letters and step from line to line, and the right edge of lines."""

    size: float
    step: float
    right: float

    def begins(self, before: Line, line: Line) -> bool:
        """Return True if a line begins a block of its own, behind the line before it."""
        if line.heading != before.heading:
            return True
        ended = bool(_ENDS.search(before.text))
        if line.heading:
            return self._apart(before, line) or self._had_room(before, line)
        if LABEL.match(line.text) and (ended or self._apart(before, line) or _stands_out(before, line)):
            return True
        if before.page == line.page and self._apart(before, line):
            return True
        return ended and self._had_room(before, line)

    def _had_room(self, before: Line, line: Line) -> bool:
        """Return True if the first word of a line would still have stood on the line before it."""
        letter = (line.right - line.left) / max(1, len(line.text))
        return before.right + (len(line.text.split(" ", 1)[0]) + 1) * letter < self.right

    def _apart(self, before: Line, line: Line) -> bool:
        return before.page == line.page and before.base - line.base > _GAP * self.step


def _stands_out(before: Line, line: Line) -> bool:
    """Return True if a line begins with a bullet that no words begin with, or with one further in."""
    further = line.left > before.left + _FURTHER and bool(_BULLET.match(line.text))
    return line.text[0] in "•▪●○◦" or further


def _unnumbered(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without their numbers: digits alone on the first or last line that count on from page to page."""
    numbers = {id(line): int(found[1]) - line.page for page in pages for line, found in _alone(page)}
    usual, times = Counter(numbers.values()).most_common(1)[0] if numbers else (0, 0)
    gone = {line for line, number in numbers.items() if number == usual and (times > 1 or usual == 0)}
    return [[line for line in page if id(line) not in gone] for page in pages]


def _alone(page: Sequence[Line]) -> list[tuple[Line, re.Match[str]]]:
    ends = dict.fromkeys((page[0], page[-1])) if page else {}
    return [
        (line, found) for line in ends if (found := re.fullmatch(r"[\s–—-]*(\d{1,4})[\s–—-]*", line.text))
    ]


def _notes(page: Sequence[Line], size: float) -> list[Line]:
    """The lines at the foot of a page in smaller letters."""
    found: list[Line] = []
    for line in reversed(page):
        if line.size > _SMALL * size:
            break
        found.append(line)
    return found


def _joined(lines: Sequence[Line], page: _Page, *, note: bool) -> list[Block]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not page.begins(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    lefts = sorted({round(group[0].left) for group in groups if _BULLET.match(group[0].text)})
    return [_block(group, lefts, note=note) for group in groups]


def _block(group: Sequence[Line], lefts: Sequence[int], *, note: bool) -> Block:
    first = group[0]
    text = ""
    label = ""
    for line in group:
        text += line.text if not text or text.endswith("-") else f" {line.text}"
    if found := _BULLET.match(text):
        text = text[found.end() :]
        label = found[1]
    depth = sum(first.left - left > _DEEPER for left in lefts[:1]) if label else 0
    return Block(text, first.row, label, depth, first.heading, f"page {first.page}", note)
