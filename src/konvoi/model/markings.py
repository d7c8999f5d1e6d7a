"""Markings: which readers a record is released to."""

import re
from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from konvoi.model.document import COALITION, PUBLIC

_SEPARATORS = re.compile(r"[,;\s]+")


def admits(marking: str, parties: Sequence[str], reader: str, *, partner: bool = True) -> bool:
    """Return whether a marking admits a reader: `public`, `coalition`, or a party by its id.

    parties: those to whom the record belongs; they always see it. Of several parts each must admit the
    public or the coalition: a wide word beside a narrow one widens nothing. An empty marking admits only
    those to whom the record belongs. partner: whether a party is a partner of the coalition.
    """
    return _admits(marking, tuple(parties), reader, partner)


@lru_cache(maxsize=4096)
def _admits(marking: str, parties: tuple[str, ...], reader: str, partner: bool) -> bool:
    parts = [part for part in _SEPARATORS.split(marking.strip()) if part]
    wide = bool(parts) and all(part in (PUBLIC, COALITION) for part in parts)
    public = wide and COALITION not in parts
    if reader == PUBLIC:
        return public
    if reader == COALITION:
        return wide
    return (wide if partner else public) or reader in parts or reader in parties


def admitted(
    rows: pl.DataFrame, *, marking: str, holder: str, reader: str, partner: bool = True
) -> pl.DataFrame:
    """Return the rows of one document that a reader may see, in their order.

    rows: columns `marking` and `party` are used where they are there; a row without a marking has that of
    its document. marking, holder: of the document.
    """
    if rows.is_empty():
        return rows
    own = pl.col("marking").str.strip_chars() if "marking" in rows.columns else pl.lit("")
    party = pl.col("party").cast(pl.String) if "party" in rows.columns else pl.lit("")
    known = rows.select(_marking=own.fill_null(""), _party=party.fill_null("")).with_row_index("_at")
    pairs = known.select("_marking", "_party").unique(maintain_order=True)
    seen = [admits(one or marking, (who, holder), reader, partner=partner) for one, who in pairs.iter_rows()]
    pairs = pairs.filter(pl.Series(seen, dtype=pl.Boolean()))
    return rows[known.join(pairs, on=["_marking", "_party"], how="semi")["_at"].sort()]
