"""Several documents of one sender, read in one child process."""

import struct
from collections.abc import Sequence
from importlib import import_module

from konvoi.intake.wire import packed_document, read_wire
from konvoi.model.document import Document
from konvoi.model.naming import columns_by_name
from konvoi.model.party import party_id
from konvoi.model.tables import TABLES

_LENGTH = struct.Struct(">Q")


def prepare() -> None:
    """Load what nearly every reading needs, before the first child is copied: no document is seen yet."""
    import_module("numpy")  # Polars does, with the first decimal.
    party_id("DE")
    for table in TABLES:
        columns_by_name(table)


def packed_batch(documents: Sequence[Document]) -> bytes:
    """Documents as bytes."""
    return _joined([packed_document(document) for document in documents])


def read_batch(sent: bytes) -> bytes:
    """Read the documents that were packed, and pack their readings: what runs in the child process."""
    return read_wire(_split(sent))


def unpacked_batch(sent: bytes, count: int) -> list[bytes] | None:
    """So many packed documents; None where there are fewer or more."""
    parts = _split(sent)
    return parts if len(parts) == count else None


def _joined(parts: Sequence[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(part)) + part for part in parts)


def _split(sent: bytes) -> list[bytes]:
    """The parts, as far as they are whole."""
    parts = []
    at = 0
    while at + _LENGTH.size <= len(sent):
        (length,) = _LENGTH.unpack_from(sent, at)
        at += _LENGTH.size
        if at + length > len(sent):
            break
        parts.append(sent[at : at + length])
        at += length
    return parts
