"""Readings that are kept in a folder: those of documents that were read together lie in one file."""

import json
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.wire import NotAReading, unpacked_readings
from konvoi.kit.digest import key
from konvoi.model.document import Document, Reading

_LENGTH = struct.Struct(">Q")
_SUFFIX = ".readings"
_LONGEST_HEAD = 64 << 20
_REFUSED = ""


def keep(folder: Path, names: Sequence[str], readings: Sequence[Reading], packed: bytes) -> None:
    """Keep packed readings by their names where that is possible; a folder that only lets itself be read is
    no fault.

    Those that are refused are kept by no name, so that their documents are read again.
    """
    # A file for each of thousands of small readings takes longer to make than the readings do.
    known = [_REFUSED if one.refused else name for name, one in zip(names, readings, strict=True)]
    head = json.dumps(known).encode()
    place = folder / f"{key(*names)}{_SUFFIX}"
    with suppress(Refused):
        files.write(place, b"".join([_LENGTH.pack(len(head)), head, packed]), sync=False)


def kept(folder: Path, wanted: Mapping[str, Document]) -> dict[str, Reading]:
    """Return the readings that are kept, by the names of their documents.

    wanted: documents by the names of their readings. A file that is damaged holds nothing.
    """
    found: dict[str, Reading] = {}
    for file in sorted(folder.glob(f"*{_SUFFIX}")):
        with suppress(OSError), file.open("rb") as opened:
            names = _names(opened)
            missing = {n: wanted[name] for n, name in enumerate(names) if name in wanted}
            if all(one.name in found for one in missing.values()):
                continue
            with suppress(NotAReading):
                readings = unpacked_readings(opened.read())
                for n, document in missing.items():
                    if n < len(readings) and _is_of(readings[n], document):
                        found[document.name] = readings[n]
    return found


def _is_of(reading: Reading, document: Document) -> bool:
    return (reading.document, reading.digest) == (document.name, document.digest)


def _names(opened: BinaryIO) -> list[str]:
    """Return the names at the head of a file; none if it is damaged."""
    with suppress(ValueError, struct.error):
        (length,) = _LENGTH.unpack(opened.read(_LENGTH.size))
        names = json.loads(opened.read(length)) if length <= _LONGEST_HEAD else []
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            return names
    return []
