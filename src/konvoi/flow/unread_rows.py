"""Rows that limit a plan and were left out for an unreadable cell, beside the rows of their tables."""

from collections.abc import Iterable, Mapping

import polars as pl

from konvoi.model.limiting import UNREAD, UNREAD_ROWS, cells_of, packed, unpacked
from konvoi.model.tables import BY_NAME
from konvoi.model.unreadable import Why

_LEFT_OUT = "_left_out"

Tables = Mapping[str, pl.DataFrame]


def with_left_out(tables: Tables) -> dict[str, pl.DataFrame]:
    """Return the tables of a document, each with its rows that were left out, which a column marks.

    So they take part in the choice of the row that stands: a later statement that could not be read replaces
    an earlier one, and is replaced by a later one. Rows that repeat a key of their own document do not.
    """
    found = {name: rows for name, rows in tables.items() if name != UNREAD_ROWS}
    for name, rows in unpacked(tables.get(UNREAD_ROWS)).items():
        apart = rows.filter(~_repeats(rows, name)).with_columns(pl.lit(value=True).alias(_LEFT_OUT))
        if apart.height:
            known = found.get(name, BY_NAME[name].empty())
            found[name] = pl.concat(
                [known.with_columns(pl.lit(value=False).alias(_LEFT_OUT)), apart], how="diagonal"
            )
    return found


def _repeats(rows: pl.DataFrame, table: str) -> pl.Series:
    found = [
        any(one.why == Why.REPEATED for one in cells_of(table, cells).values()) for cells in rows[UNREAD]
    ]
    return pl.Series(found, dtype=pl.Boolean)


def without_left_out(tables: Tables, of_documents: Iterable[pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the rows that stand, those that were left out apart, with rows that repeat a key that stands.

    of_documents: the rows that were left out of each document.
    """
    found: dict[str, pl.DataFrame] = {}
    apart: list[pl.DataFrame] = []
    for name, rows in tables.items():
        found[name] = rows
        if _LEFT_OUT in rows.columns:
            marked = pl.col(_LEFT_OUT).fill_null(value=False)
            found[name] = rows.filter(~marked).drop(_LEFT_OUT)
            apart.append(packed(rows.filter(marked).drop(_LEFT_OUT), name))
    alone = unpacked(pl.concat(apart)) if apart else {}
    for document in of_documents:
        for name, rows in unpacked(document).items():
            key = [*BY_NAME[name].key, "_file"]
            again = rows.filter(_repeats(rows, name))
            standing = [one[name].select(key) for one in (found, alone) if name in one]
            if again.height and standing:
                stands = again.join(pl.concat(standing), on=key, how="semi", nulls_equal=True)
                apart.append(packed(stands, name))
    left_out = [rows for rows in apart if rows.height]
    return found | ({UNREAD_ROWS: pl.concat(left_out)} if left_out else {})
