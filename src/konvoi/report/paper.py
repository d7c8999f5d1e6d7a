"""Writers of papers: forms in which despatches, arrivals and receipts are issued."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from konvoi.model.paper import Paper
from konvoi.model.stages import Stage


@dataclass(frozen=True)
class PaperWriter:
    """A form of papers.

    name: its stable key. stages: what it has a paper for. planned: whether it can tell what has not happened
    yet. undated: whether it can leave open on which day something happened. write: the files by name, from
    papers of those stages and the day of making; the same papers give the same bytes, and what was written
    is read back as the same movements, receipts, serials and entries.
    """

    name: str
    stages: tuple[Stage, ...]
    planned: bool
    undated: bool
    write: Callable[[Sequence[Paper], date], Mapping[str, bytes]]


def writable(paper: Paper, writer: PaperWriter) -> bool:
    """Return True if a writer has a form for a paper."""
    dated = writer.undated or paper.day is not None
    return paper.stage in writer.stages and dated and (writer.planned or not paper.planned)


def file_name(stem: str, suffix: str, taken: Mapping[str, bytes]) -> str:
    """A name for a file that works on every machine and is not taken.

    >>> file_name("W/7 ü", "xml", {"W_7.xml": b""})
    'W_7-2.xml'
    """
    bare = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "_" for c in stem).strip("_.")[:80]
    name = bare or "paper"
    number = 1
    while f"{name if number == 1 else f'{name}-{number}'}.{suffix}" in taken:
        number += 1
    return f"{name if number == 1 else f'{name}-{number}'}.{suffix}"
