"""Rows of the coordination cell's tables that another reader sees: those whose every record is visible."""

from collections.abc import Callable, Collection

import polars as pl

from konvoi.flow.cut import DESCRIBING
from konvoi.flow.declare import Column, Derived
from konvoi.flow.view import View

Keys = Callable[[str], Collection[str]]
"""The keys of a table by its name."""


def shown_rows(declared: Derived, rows: pl.DataFrame, view: View, *, own: Keys, whole: Keys) -> pl.DataFrame:
    """Return the rows of a table of scope CELL that a reader sees, without the values of the cell alone.

    own: the records of a table that the reader is told of. whole: the coordination cell's. A row is shown
    where the reader is told of each record named in a column that refers to a table, and at least one is
    named. What a describing table (goods, sites, parties …) does not describe to anybody is no record.
    """
    if view.is_cell:
        return rows
    references = [column for column in declared.columns if column.refers]
    if declared.is_cell_only or not references:
        return rows.clear()
    visible = pl.DataFrame({one.name: _visible(one, rows[one.name], own, whole) for one in references})
    named = rows.select(pl.any_horizontal(pl.col(one.name).is_not_null() for one in references))
    kept = rows.filter(visible.select(pl.all_horizontal(pl.all())).to_series() & named.to_series())
    # A row without a marking of its own has that of the records it names, which are visible.
    kept = view.admitted(kept, marking="public")
    blank = [pl.lit(None, column.type).alias(column.name) for column in declared.columns if column.cell_only]
    return _one_each(declared, kept.with_columns(blank))


def _one_each(declared: Derived, rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each record where only columns of the cell tell its rows apart."""
    if not declared.added:
        return rows
    rest = pl.exclude(declared.identifier, *declared.added).first()
    found = rows.group_by(declared.identifier, maintain_order=True).agg(rest, pl.col(declared.added).sum())
    return found.select(rows.columns)


def _visible(column: Column, values: pl.Series, own: Keys, whole: Keys) -> pl.Series:
    """Return True for each value, or list of values, of which all records named are visible."""
    shown = set(own(column.refers))
    named = {one for value in values.drop_nulls() for one in (_several(value))}
    hidden = named & set(whole(column.refers)) if column.refers in DESCRIBING else named
    hidden -= shown
    return pl.Series(
        [value is None or not hidden.intersection(_several(value)) for value in values], dtype=pl.Boolean()
    )


def _several(value: object) -> list[str]:
    if isinstance(value, pl.Series):
        return [str(one) for one in value.drop_nulls()]
    return [str(value)]
