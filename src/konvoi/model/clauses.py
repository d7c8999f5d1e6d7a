"""A framework document as clauses: one row for each heading, paragraph and point, in their order."""

from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """Kind of a row of a document."""

    TITLE = "title"
    RECITAL = "recital"
    PART = "part"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    POINT = "point"
    CLOSING = "closing"
    NOTE = "note"


HEADINGS = (Kind.PART, Kind.SECTION)
OPERATIVE = (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT)
"""Kinds of clauses with operative text: neither the preamble, a heading, the signatures nor a note."""

CLAUSES = pl.Schema(
    {
        "clause": pl.String(),
        "kind": pl.String(),
        "label": pl.String(),
        "text": pl.String(),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each heading, paragraph and point.

clause: its id, part / section / number, each as the document numbers it; what has no number counts within its
place with a letter before it (`s` section, `p` paragraph, `i` point): `II/s1/6`. What stands below another
begins with that one's id. label: the number as it stands, or as the word processor computes it. text: heading
or words, without the label. _sheet: `page 3` in a PDF; _row: paragraph, line of the page or line of the file.
"""


def parent(clause: str) -> str:
    """Return the id of a clause's parent; empty at the top.

    >>> parent("II/s1/6"), parent("II")
    ('II/s1', '')
    """
    return clause.rpartition("/")[0]


def counted(clauses: pl.DataFrame) -> pl.DataFrame:
    """The rows that are clauses of their own: numbered or not, directly below a part or section."""
    return clauses.filter(pl.col("kind") == Kind.PARAGRAPH)
