"""What was written, read back: the tables and entries that come of it, for every form of papers."""

from collections.abc import Iterable, Sequence

import polars as pl
from tests.report.papers.cases import DAY

from konvoi.intake.papers.posting import rows_of
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.paper import Paper
from konvoi.report.paper import PaperWriter, writable

KEYS = {
    "movements": ["movement"],
    "receipts": ["receipt"],
    "serials": ["paper", "serial", "state"],
}


def read_back(papers: Sequence[Paper], writer: PaperWriter) -> list[Reading]:
    """The readings of the files that papers become; those that the writer has no form for are left out."""
    files = writer.write([paper for paper in papers if writable(paper, writer)], DAY)
    return [read(Document(name, content)) for name, content in files.items()]


def tables(readings: Iterable[Reading]) -> dict[str, pl.DataFrame]:
    """The tables of all readings together, without where they stood."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for reading in readings:
        for name in KEYS.keys() & reading.tables.keys():
            parts.setdefault(name, []).append(reading.tables[name])
    return _plain({name: pl.concat(rows) for name, rows in parts.items()})


def meant(papers: Iterable[Paper], writer: PaperWriter) -> dict[str, pl.DataFrame]:
    """The tables that papers stand for, as far as the writer has a form for them."""
    return _plain(rows_of(paper for paper in papers if writable(paper, writer)))


def _plain(found: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    origin = ("_file", "_sheet", "_row", "_until")
    return {
        name: found[name].drop(origin, strict=False).sort(key)
        for name, key in KEYS.items()
        if name in found and found[name].height
    }


def differences(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> list[str]:
    """The names of tables that are not the same in both, the values in them compared exactly."""
    return sorted(
        name
        for name in one.keys() | other.keys()
        if name not in one or name not in other or not one[name].equals(other[name])
    )


def writable_by(papers: Iterable[Paper], writer: PaperWriter) -> list[Paper]:
    """The papers that a writer has a form for."""
    return [paper for paper in papers if writable(paper, writer)]
