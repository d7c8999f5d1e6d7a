"""Write a small old workbook (BIFF8 in an OLE container)."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

Cell = str | float | bool
SECTOR = 512


def old_workbook(
    sheets: dict[str, Sequence[Sequence[Cell | None]]],
    *,
    locked: bool = False,
    head: Sequence[bytes] = (),
    more: Sequence[bytes] = (),
    hidden: Mapping[str, int] = MappingProxyType({}),
) -> bytes:
    """An .xls with these sheets. A bool that is True is written as a day: the 26th of November 1972.

    head: further records of the workbook. more: further records of each sheet. hidden: 1 or 2 for the sheets
    that a person does not see.
    """
    texts = sorted(
        {cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, str)}
    )
    bodies = [_sheet(rows, texts, more) for rows in sheets.values()]
    first = [*([record(0x2F, bytes(6))] if locked else []), *head]
    for _ in range(2):
        # The second pass knows where the sheets begin.
        at = len(_globals(sheets, [0] * len(sheets), texts, first, hidden))
        starts = [at + sum(map(len, bodies[:number])) for number in range(len(bodies))]
        whole = _globals(sheets, starts, texts, first, hidden)
    return ole(whole + b"".join(bodies))


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _globals(
    names: Iterable[str],
    starts: list[int],
    texts: list[str],
    first: Sequence[bytes],
    hidden: Mapping[str, int],
) -> bytes:
    parts = [record(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0) + bytes(8)), *first]
    parts.append(record(0x41E, struct.pack("<H", 164) + unicode("dd/mm/yyyy")))
    parts += [record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 164)]
    for name, start in zip(names, starts, strict=True):
        about = struct.pack("<IBBBB", start, hidden.get(name, 0), 0, len(name), 0)
        parts.append(record(0x85, about + name.encode("latin-1")))
    parts.append(_shared(texts))
    return b"".join((*parts, record(0x0A, b"")))


def _shared(texts: list[str]) -> bytes:
    """All texts; the last runs on into a record that continues the first, half way through its letters."""
    head = struct.pack("<II", len(texts), len(texts))
    body = head + b"".join(unicode(text) for text in texts)
    last = texts[-1] if texts else ""
    half = 2 * (len(last) // 2)
    if not half:
        return record(0xFC, body)
    return record(0xFC, body[:-half]) + record(0x3C, b"\x01" + body[-half:])


def unicode(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _sheet(rows: Sequence[Sequence[Cell | None]], texts: list[str], more: Sequence[bytes]) -> bytes:
    parts = [record(0x809, struct.pack("<HHHH", 0x600, 0x10, 0, 0) + bytes(8))]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", number, column, int(cell is True))
            if isinstance(cell, str):
                parts.append(record(0xFD, at + struct.pack("<I", texts.index(cell))))
            elif cell is True:
                parts.append(record(0x203, at + struct.pack("<d", 26629)))
            elif isinstance(cell, float):
                parts.append(record(0x203, at + struct.pack("<d", cell)))
            elif cell is not None:
                parts.append(record(0x27E, at + struct.pack("<I", (int(cell) << 2) | 2)))
    return b"".join((*parts, *more, record(0x0A, b"")))


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """A stream in a container of its own: header, table, directory, sectors."""
    stream += bytes(max(0, 4096 - len(stream)))
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (SECTOR // 4 - len(table))
    assert len(table) == SECTOR // 4
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"\xff" * (SECTOR - len(header))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    directory += _entry(name, 2, 2, len(stream)) + 2 * _entry("", 0, 0, 0)
    return header + struct.pack(f"<{len(table)}I", *table) + directory + stream


def _entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF) -> bytes:
    """An entry of the directory: no entry beside it, and `child` below it."""
    text = name.encode("utf-16-le")
    head = text + bytes(64 - len(text)) + struct.pack("<HB", len(text) + 2, kind)
    head += struct.pack("<BIII", 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(116 - len(head)) + struct.pack("<IQ", start, size)
