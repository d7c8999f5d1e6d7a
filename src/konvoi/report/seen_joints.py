"""Joints from word to receipt and what is stalled, as far as all that they rest on may be seen."""

from collections.abc import Mapping

import polars as pl

from konvoi.accord.joints import joint_name
from konvoi.model.tables import BY_NAME

Tables = Mapping[str, pl.DataFrame]

_DRAWN = ("joints", "stalled")


def seen_joints(shown: Tables, entries: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables, of `joints` and `stalled` only the rows that rest on nothing hidden.

    shown: the other tables, and entries, as they are seen. What a row says of what has not come would be
    false beside a hidden contract: then the row is left out, whatever else it rests on.
    """
    found = dict(shown)
    for name in _DRAWN:
        if name in shown and shown[name].height:
            known = pl.concat([entries.select(said="entry"), *_rows(shown)]).unique()
            found[name] = _resting_on(shown[name], known)
    return found


def _rows(shown: Tables) -> list[pl.DataFrame]:
    """The rows of tables that joints rest on, as they name them."""
    names = [name for name in ("undertakings", "allocations", "contracts", "call_offs") if name in shown]
    return [
        shown[name].select(said=pl.format("{}/{}", pl.lit(name), pl.col(BY_NAME[name].columns[0].name)))
        for name in names
    ]


def _resting_on(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    numbered = rows.with_row_index("_nr")
    lost = (
        numbered.select("_nr", said="behind")
        .explode("said")
        .drop_nulls("said")
        .join(known, on="said", how="anti")
    )
    return numbered.join(lost, on="_nr", how="anti").drop("_nr")


def unseen_joints(every: Tables, shown: Tables) -> frozenset[str]:
    """The names of the joints that are hidden."""
    if "joints" not in every:
        return frozenset()
    kept = {joint_name(row) for row in shown["joints"].iter_rows(named=True)}
    return frozenset(joint_name(row) for row in every["joints"].iter_rows(named=True)) - kept
