"""Claims of documents about themselves, with the document of each, as a table of the case."""

from collections.abc import Sequence

import polars as pl

from konvoi.model.document import Reading
from konvoi.model.entries import CLAIMS

CLAIMED = pl.Schema({**CLAIMS, "_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()})
"""CLAIMS with the place of each; `_file` is the document's name."""


def claimed(readings: Sequence[Reading]) -> pl.DataFrame:
    """Return CLAIMED of documents: figures to compare with, never posted."""
    parts = [
        one.claims.with_columns(_file=pl.lit(one.document), _sheet="sheet", _row="row")
        for one in readings
        if one.claims.height
    ]
    return pl.concat(
        [pl.DataFrame(schema=CLAIMED), *(one.select(list(CLAIMED)).cast(CLAIMED) for one in parts)]
    )
