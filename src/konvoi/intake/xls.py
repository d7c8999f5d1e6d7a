"""Old workbooks (.xls, [MS-XLS] BIFF8) as the rows of plain values that a new one gives; nothing is run."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from konvoi.intake.container import refusal
from konvoi.intake.ole import Damaged, stream
from konvoi.intake.sheets import Row, Sheet, Sheets
from konvoi.intake.values import FIRST_1900, FIRST_1904, Value, number_of, shows_day
from konvoi.model.document import Document

_CONTINUE, _END = 0x3C, 0x0A
_SHEET, _TEXTS, _FORMAT, _STYLE, _1904, _LOCKED = 0x85, 0xFC, 0x41E, 0xE0, 0x22, 0x2F
_TEXT, _NUMBER, _SHORT, _SHORTS, _FORMULA, _GIVEN, _BOOLEAN, _OLD_TEXT = (
    *(0xFD, 0x203, 0x27E, 0xBD),
    *(0x06, 0x207, 0x205, 0x204),
)
_WORKSHEET = 0
_MOST_CELLS = 5_000_000


@dataclass
class _Book:
    """What all sheets share: texts, which styles show days, where days begin, and where the sheets lie."""

    texts: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    first: datetime = FIRST_1900
    sheets: list[tuple[str, int, bool]] = field(default_factory=list)
    days: frozenset[int] = frozenset()


def old_sheets(document: Document) -> Sheets:
    """Read all sheets of an .xls; one that is locked, cut or older than Excel 97 is refused."""
    try:
        content = stream(document.content, "Workbook")
        if content is None:
            return Sheets(
                findings=(refusal(document, "workbook-old-or-encrypted", read="OLE"),), refused=True
            )
        book = _book(content)
        read = {name: Sheet(name, _rows(content, at, book), hidden) for name, at, hidden in book.sheets}
    except _Locked:
        return Sheets(findings=(refusal(document, "workbook-old-or-encrypted", read="OLE"),), refused=True)
    except (Damaged, struct.error, UnicodeDecodeError, OverflowError, IndexError, MemoryError):
        return Sheets(findings=(refusal(document, "workbook-damaged"),), refused=True)
    return Sheets(read)


class _Locked(Exception):
    """The workbook wants a password."""


def _records(content: bytes, at: int) -> Iterator[tuple[int, list[bytes]]]:
    """Kind and body of each record up to the end of its part; what continues a body stands beside it."""
    kind, parts = -1, [b""]
    while at + 4 <= len(content):
        found, length = struct.unpack_from("<HH", content, at)
        body = content[at + 4 : at + 4 + length]
        at += 4 + length
        if found == _CONTINUE:
            parts.append(body)
            continue
        if kind >= 0:
            yield kind, parts
        kind, parts = found, [body]
        if kind == _END:
            return
    raise Damaged("no end")


def _book(content: bytes) -> _Book:
    book = _Book()
    for kind, parts in _records(content, 0):
        body = parts[0]
        if kind == _LOCKED:
            raise _Locked
        if kind == _1904 and body[:2] == b"\x01\x00":
            book.first = FIRST_1904
        elif kind == _SHEET:
            at, hidden, type_ = struct.unpack_from("<IBB", body)
            if type_ == _WORKSHEET:
                book.sheets.append((_Texts([body[6:]]).text(wide=False), at, hidden != 0))
        elif kind == _FORMAT:
            book.formats[str(struct.unpack_from("<H", body)[0])] = _Texts([body[2:]]).text()
        elif kind == _STYLE:
            book.styles.append(str(struct.unpack_from("<H", body, 2)[0]))
        elif kind == _TEXTS:
            book.texts = _shared(parts)
    shown = (at for at, number in enumerate(book.styles) if shows_day(number, book.formats))
    book.days = frozenset(shown)
    return book


def _shared(parts: list[bytes]) -> list[str]:
    """The texts that cells refer to; each may run on into what continues the record."""
    (count,) = struct.unpack_from("<I", parts[0], 4)
    texts = _Texts([parts[0][8:], *parts[1:]])
    return [texts.text() for _ in range(min(count, sum(map(len, parts))))]


class _Texts:
    """Texts one after the other, in a record and what continues it."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 0

    def text(self, *, wide: bool = True) -> str:
        """The next text; `wide`: its length is two bytes, else one."""
        (length,) = struct.unpack("<H", self._take(2)) if wide else self._take(1)
        (flags,) = self._take(1)
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        more = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._characters(length, double=bool(flags & 1))
        self._skip(4 * runs + more)
        return text

    def _left(self) -> int:
        while self._at >= len(self._parts[self._part]):
            if self._part + 1 == len(self._parts):
                raise Damaged("a text that is cut")
            self._part, self._at = self._part + 1, 0
        return len(self._parts[self._part]) - self._at

    def _take(self, count: int) -> bytes:
        if self._left() < count:
            raise Damaged("a text that is cut")
        self._at += count
        return self._parts[self._part][self._at - count : self._at]

    def _skip(self, count: int) -> None:
        while count:
            step = min(count, self._left())
            self._at, count = self._at + step, count - step

    def _characters(self, length: int, *, double: bool) -> str:
        """So many characters; where they run on, the next part says anew how wide they are."""
        found: list[str] = []
        while length:
            if self._at >= len(self._parts[self._part]):
                self._left()
                (flags,) = self._take(1)
                double = bool(flags & 1)
            width = 2 if double else 1
            step = min(length, self._left() // width)
            if not step:
                raise Damaged("a text that is cut")
            found.append(self._take(step * width).decode("utf-16-le" if double else "latin-1", "replace"))
            length -= step
        return "".join(found)


def _rows(content: bytes, at: int, book: _Book) -> tuple[Row, ...]:
    cells: dict[int, dict[int, Value]] = {}
    count = 0
    for row, column, value in _cells(content, at, book):
        if value not in (None, ""):
            cells.setdefault(row, {})[column] = value
            count += 1
            if count > _MOST_CELLS:
                raise Damaged("too many cells")
    return tuple(
        Row(row + 1, tuple(cells[row].get(column) for column in range(max(cells[row]) + 1)))
        for row in sorted(cells)
    )


def _cells(content: bytes, at: int, book: _Book) -> Iterator[tuple[int, int, Value]]:
    """Row and column, from 0, and value of each filled cell of a sheet; of a formula what it last gave."""
    waiting: tuple[int, int] | None = None
    for kind, parts in _records(content, at):
        body = parts[0]
        if kind == _GIVEN and waiting:
            yield *waiting, _Texts(parts).text()
            waiting = None
        if kind == _SHORTS:
            row, first = struct.unpack_from("<HH", body)
            for offset in range(4, len(body) - 6, 6):
                style, number = struct.unpack_from("<HI", body, offset)
                yield row, first + offset // 6, _number(_short(number), style, book)
        if kind not in (_TEXT, _NUMBER, _SHORT, _FORMULA, _BOOLEAN, _OLD_TEXT):
            continue
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _TEXT:
            yield row, column, book.texts[struct.unpack_from("<I", body, 6)[0]]
        elif kind == _NUMBER or (kind == _FORMULA and body[12:14] != b"\xff\xff"):
            yield row, column, _number(struct.unpack_from("<d", body, 6)[0], style, book)
        elif kind == _SHORT:
            yield row, column, _number(_short(struct.unpack_from("<I", body, 6)[0]), style, book)
        elif kind == _FORMULA and body[6] == 0:
            waiting = row, column
        elif kind == _BOOLEAN and body[7] == 0:
            yield row, column, bool(body[6])
        elif kind == _OLD_TEXT:
            yield row, column, _Texts([body[6:], *parts[1:]]).text()


def _short(number: int) -> float:
    """A number in its short form: 30 bits of a float or of a whole number, perhaps in hundredths."""
    if number & 2:
        value = float((number >> 2) - (1 << 30 if number & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", number & 0xFFFFFFFC))
    return value / 100 if number & 1 else value


def _number(number: float, style: int, book: _Book) -> Value:
    return number_of(number, style in book.days, book.first)
