"""Lists of member states beside the Union's, and lists of one purpose, in the coverage matrix.

In a member state the Union's measures hold, too: its cell is that of the Union or of its own list. A list of
terrorism freezes only whom it names for that: who is not on it may be frozen elsewhere for any other reason,
so that it opens no alignment gap, on either side.
"""

from collections.abc import Mapping

import polars as pl

from konvoi.align.frames import Frames
from konvoi.align.matrix import LACKS, MATRIX, Cell

TERRORISM = "terrorism"
"""The name of a list that is kept for terrorism alone."""

_PLACE = ("party", "order")
_LISTED = (Cell.LISTED.value, Cell.EXPIRED.value)


def with_union(matrix: pl.DataFrame, frames: Frames, within: Mapping[str, str]) -> pl.DataFrame:
    """Return MATRIX as member states and lists of one purpose require it.

    within: member state → the regime whose measures hold there, too. Its cell is listed where either lists
    the party, not listed where both are known not to, else not known. Lists of terrorism are not compared.
    """
    states = [name for name in matrix["regime"].unique() if name in within]
    if matrix.is_empty() or not (states or _narrow(frames).height):
        return matrix
    told = _compared(matrix, frames)
    own = told.filter(pl.col("regime").is_in(states))
    rest = told.filter(~pl.col("regime").is_in(states))
    over = pl.col("regime").replace_strict(dict(within), default="").alias("above")
    both = own.with_columns(over).join(
        told, left_on=(*_PLACE, "above"), right_on=(*_PLACE, "regime"), how="left", suffix="_above"
    )
    return pl.concat([rest, _either(both)]).sort("party", "regime", "order")


def _narrow(frames: Frames) -> pl.DataFrame:
    """regime, order: measures that only lists of terrorism of a regime order."""
    of = frames.measures.join(
        frames.listings.select("listing", "regime", "list").unique("listing"), on="listing"
    )
    wide = pl.col("list") != TERRORISM
    orders = of.group_by("regime", "order").agg(wide=wide.any())
    return orders.filter(~pl.col("wide")).select("regime", "order")


def _compared(matrix: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """Cells of lists of terrorism: whom they name stays listed, not compared; of others they say nothing."""
    narrow = _narrow(frames).with_columns(narrow=pl.lit(value=True))
    rows = matrix.join(narrow, on=("regime", "order"), how="left")
    only = pl.col("narrow").fill_null(value=False)
    lacks = only & pl.col("cell").is_in([one.value for one in LACKS])
    return rows.with_columns(
        cell=pl.when(lacks).then(pl.lit(Cell.NOT_KNOWN.value)).otherwise("cell"),
        covered=pl.col("covered") & ~only,
    ).select(MATRIX.names())


def _either(both: pl.DataFrame) -> pl.DataFrame:
    """The cells of member states: their own list's, or that of the regime above."""
    cells = [pl.col("cell"), pl.col("cell_above").fill_null(Cell.NOT_KNOWN.value)]
    own, above = ((one == Cell.LISTED.value) for one in cells)
    absent = cells[0].is_in([Cell.NOT_LISTED.value, Cell.EXPIRED.value]) & cells[1].is_in(
        [Cell.NOT_LISTED.value, Cell.EXPIRED.value]
    )
    expired = absent & ((cells[0] == Cell.EXPIRED.value) | (cells[1] == Cell.EXPIRED.value))
    cell = (
        pl.when(own | above)
        .then(pl.lit(Cell.LISTED.value))
        .when(expired)
        .then(pl.lit(Cell.EXPIRED.value))
        .when(absent)
        .then(pl.lit(Cell.NOT_LISTED.value))
        .otherwise(pl.lit(Cell.NOT_KNOWN.value))
    )
    second = above & ~own
    taken = {
        name: pl.when(second).then(pl.col(f"{name}_above")).otherwise(pl.col(name))
        for name in ("since_first", "since_last", "since_known", "until", "day")
    }
    texts = {
        name: pl.when(own & above)
        .then(pl.concat_str(pl.col(name), pl.col(f"{name}_above"), separator="; ").str.strip_chars("; "))
        .when(second)
        .then(f"{name}_above")
        .otherwise(name)
        for name in ("acts", "listings")
    }
    covered = (
        pl.when(own | above)
        .then((own & pl.col("covered")) | (above & pl.col("covered_above")))
        .otherwise(pl.col("covered") & pl.col("covered_above"))
    )
    possible = pl.concat_str("possible", "possible_above", separator="; ", ignore_nulls=True).str.strip_chars(
        "; "
    )
    hidden = pl.when(own | above).then(pl.lit("")).otherwise(possible)
    return both.with_columns(
        cell=cell, covered=covered.fill_null(value=False), possible=hidden, **taken, **texts
    ).select(MATRIX.names())
