"""The container of old office files (OLE, [MS-CFB]): the streams in it, read within the file's own bounds."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER = 512
_LAST = 0xFFFFFFFA
_IN_HEADER = 109
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class Damaged(ValueError):
    """Bytes that are no whole OLE file."""


@dataclass(frozen=True)
class _Container:
    """An OLE file: its bytes, the size of a sector, and which sector follows which."""

    content: bytes
    size: int
    next: tuple[int, ...]

    def sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.content):
            raise Damaged("a sector beyond the end")
        return self.content[start : start + self.size]

    def chain(self, first: int) -> bytes:
        return b"".join(self.sector(number) for number in _followed(first, self.next))


def stream(content: bytes, *names: str) -> bytes | None:
    """The stream of the first of these names that is there; None where none is. Raises Damaged."""
    try:
        return _stream(content, names)
    except struct.error as fault:
        raise Damaged("cut short") from fault


def _stream(content: bytes, names: tuple[str, ...]) -> bytes | None:
    container = _opened(content)
    first, cutoff, mini = struct.unpack_from("<I4xII", content, 48)
    entries = list(_entries(container.chain(first)))
    found = {name: (start, size) for name, kind, start, size in entries if kind == _STREAM}
    root = next((start for _, kind, start, _ in entries if kind == _ROOT), None)
    for name in names:
        if name not in found:
            continue
        start, size = found[name]
        if size >= cutoff:
            return container.chain(start)[:size]
        if root is None:
            raise Damaged("no root")
        return _small(container, mini, container.chain(root), start)[:size]
    return None


def _opened(content: bytes) -> _Container:
    """The container with its table of sectors, which may itself be spread."""
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in (9, 12):
        raise Damaged("no such size of sectors")
    size = 1 << shift
    most = len(content) // size + 1
    bare = _Container(content, size, ())
    tables = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    while more < _LAST and count and len(tables) <= most:
        part = struct.unpack(f"<{size // 4}I", bare.sector(more))
        tables += part[:-1]
        more, count = part[-1], count - 1
    numbers: list[int] = []
    for table in tables:
        if table < _LAST and len(numbers) <= most:
            numbers += struct.unpack(f"<{size // 4}I", bare.sector(table))
    return _Container(content, size, tuple(numbers))


def _followed(first: int, following: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; a circle or a leap to nowhere is damage."""
    number, steps = first, 0
    while number < _LAST:
        if number >= len(following) or steps > len(following):
            raise Damaged("a chain that leads nowhere")
        yield number
        number, steps = following[number], steps + 1


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of what the directory lists."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield name, kind, start, size


def _small(container: _Container, first: int, body: bytes, start: int) -> bytes:
    """A small stream, which lies in pieces of 64 bytes within a stream of its own."""
    table = container.chain(first)
    following = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
    return b"".join(body[64 * one : 64 * one + 64] for one in _followed(start, following))
