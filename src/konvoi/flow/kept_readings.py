"""Readings that are kept in a folder: those of documents that were read together lie in one file."""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key

_LENGTH = struct.Struct(">Q")
_SUFFIX = ".readings"
_LONGEST_HEAD = 64 << 20


class Kept(NamedTuple):
    """A packed reading in a file of several."""

    file: Path
    start: int
    length: int

    def content(self) -> bytes | None:
        """Return the bytes; None where the file is gone or cut."""
        try:
            with self.file.open("rb") as file:
                file.seek(self.start)
                found = file.read(self.length)
        except OSError:
            return None
        return found if len(found) == self.length else None


def keep(folder: Path, readings: Mapping[str, bytes]) -> None:
    """Keep packed readings by their names where that is possible; a folder that only lets itself be read is
    no fault.
    """
    # A file for each of thousands of small readings takes longer to make than the readings do.
    head = json.dumps([[name, len(content)] for name, content in readings.items()]).encode()
    place = folder / f"{key(*readings)}{_SUFFIX}"
    with suppress(Refused):
        files.write(place, b"".join([_LENGTH.pack(len(head)), head, *readings.values()]), sync=False)


def kept(folder: Path) -> dict[str, list[Kept]]:
    """Return where the readings of each name lie: in more than one file where one was found damaged."""
    found: dict[str, list[Kept]] = {}
    for file in sorted(folder.glob(f"*{_SUFFIX}")):
        at, parts = _head(file)
        for name, length in parts:
            found.setdefault(name, []).append(Kept(file, at, length))
            at += length
    return found


def _head(file: Path) -> tuple[int, Sequence[tuple[str, int]]]:
    """Return where the readings of a file begin, and their names and lengths; none if it is damaged."""
    try:
        with file.open("rb") as opened:
            (length,) = _LENGTH.unpack(opened.read(_LENGTH.size))
            if length > _LONGEST_HEAD:
                return 0, ()
            return _LENGTH.size + length, tuple(_parts(json.loads(opened.read(length))))
    except (OSError, ValueError, TypeError, struct.error):
        return 0, ()


def _parts(told: object) -> Iterator[tuple[str, int]]:
    for name, length in told if isinstance(told, list) else ():
        yield str(name), int(length)
