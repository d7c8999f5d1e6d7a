"""Clauses for tests: a document in a few words."""

from collections.abc import Sequence

import polars as pl

from konvoi.intake.texts.block import Block
from konvoi.intake.texts.clauses import clauses
from konvoi.intake.texts.reading import table
from konvoi.model.document import Document


def document(*texts: str, name: str = "a.md") -> pl.DataFrame:
    """The clauses of a document; what begins with # is a heading."""
    blocks = [
        Block(text.removeprefix("# "), row, heading=text.startswith("# "))
        for row, text in enumerate(texts, 1)
    ]
    return table(Document(name, b""), clauses(blocks))


def said(frame: pl.DataFrame, *columns: str) -> Sequence[tuple[object, ...]]:
    """Rows of a frame with these columns alone."""
    return frame.select(columns).rows()
