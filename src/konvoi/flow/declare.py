"""Declarations of tables: what each is made of, for whom it is computed, and what its columns hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

import polars as pl

MINOR = "minor units"
"""Unit of amounts of money; people read them in major units (Column.currency)."""

SETTINGS = "settings"
DAY = "day"
READER_IS_CELL = "reader_is_cell"
LISTS = "lists"
SCREENING = "screening"
PROBLEM = "problem"
PLAN = "plan"
FORECAST = "forecast"


class Scope(StrEnum):
    """For whom a table is computed."""

    READER = "reader"
    """From what the reader of the view may see, and from other tables of this scope alone."""

    CELL = "cell"
    """Once, for the coordination cell; other readers get the rows of which every reference is visible."""

    CELL_CUT = "cell cut"
    """For each reader, from visible inputs and the rows of CELL tables that the reader sees."""


GIVEN: Mapping[str, Scope] = {
    SETTINGS: Scope.READER,
    DAY: Scope.READER,
    READER_IS_CELL: Scope.READER,
    LISTS: Scope.READER,
    SCREENING: Scope.CELL,
    PROBLEM: Scope.CELL,
    PLAN: Scope.CELL,
    FORECAST: Scope.CELL,
}
"""Inputs that are no tables, each with the scope of what it is made of.

settings: of the workspace, which every reader shares. day: of the view, None where nothing is dated.
reader_is_cell: whether the reader is the coordination cell. lists: the sanctions lists of the workspace,
which are public; None without lists. screening, problem, plan, forecast: the coordination cell's; None
where there is nothing to screen, plan or forecast."""


@dataclass(frozen=True)
class Adds:
    """Rows that add up to a measure: a column of a table, over the rows that a column of sources names.

    sources: the column that holds their keys, separated by `;`.
    """

    sources: str
    table: str
    column: str


@dataclass(frozen=True)
class Column:
    """One column of a derived table.

    refers: the table whose key it holds. measure: a figure to which source rows add up. adds: where the rows
    that a column of sources names hold what adds up to it. cell_only: shown to
    the coordination cell alone. currency: of an amount in minor units, the column that names its currency;
    for people it is written in major units. A column in minor units whose name says so (`_minor`) has none.
    """

    name: str
    type: pl.DataType
    help: str
    refers: str = ""
    unit: str = ""
    measure: bool = False
    adds: Adds | None = None
    cell_only: bool = False
    currency: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a table: its default, what it means, and values with which tests compute the table."""

    name: str
    default: str
    help: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derived:
    """One table: its columns, the tables it is made of, and the pure function that makes it.

    compute: `package.module:function`, resolved on use; it takes its inputs and parameters by name and gives
    a frame of exactly these columns, or several frames by the names of tables that are computed together and
    declare the same inputs. An empty one: the table is an input, read from the documents in force.
    key: the columns that tell its rows apart. sources: the columns that name the source rows of a row; in a
    table of scope CELL each of them refers to a table, since it decides who sees the row. added: columns that
    add up for another reader over the rows of one record, which only columns of the cell tell apart.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    scope: Scope
    inputs: tuple[str, ...] = ()
    compute: str = ""
    key: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    added: tuple[str, ...] = ()

    def schema(self) -> pl.Schema:
        """Return the schema of the table."""
        return pl.Schema({column.name: column.type for column in self.columns})

    def money(self) -> dict[str, str]:
        """Return the columns that are written in major units, each with the column of its currency."""
        return {column.name: column.currency for column in self.columns if column.currency}

    @property
    def identifier(self) -> str:
        """Return the column that other tables refer to: the first of the key, otherwise of all."""
        return self.key[0] if self.key else self.columns[0].name

    @property
    def is_cell_only(self) -> bool:
        """True if every column is shown to the coordination cell alone."""
        return all(column.cell_only for column in self.columns)

    def function(self) -> Any:
        """Return the function that computes the table."""
        module, _, name = self.compute.partition(":")
        return getattr(import_module(module), name)


class Undeclared(Exception):
    """A declaration that does not hold; the program does not start with it."""


def catalogue(tables: Iterable[Derived]) -> Mapping[str, Derived]:
    """Return tables by name, checked: whatever is not declared, or declared wrongly, raises Undeclared."""
    found: dict[str, Derived] = {}
    for table in tables:
        if table.name in found or table.name in GIVEN:
            raise Undeclared(f"two tables are called {table.name}")
        found[table.name] = table
    for table in found.values():
        _check(table, found)
    for table in found.values():
        _check_scope(table, found, ())
    return found


def _check(table: Derived, known: Mapping[str, Derived]) -> None:
    names = [column.name for column in table.columns]
    if len(set(names)) != len(names):
        raise Undeclared(f"{table.name}: two columns have one name")
    strange = [
        *(f"input {name}" for name in table.inputs if name not in known and name not in GIVEN),
        *(f"reference to {one.refers}" for one in table.columns if one.refers and one.refers not in known),
        *(f"column {name}" for name in (*table.key, *table.sources) if name not in names),
        *(f"parameter {one.name} without samples" for one in table.parameters if not one.samples),
        *(f"currency of {one.name}" for one in table.columns if not _is_money_readable(one, names)),
    ]
    if strange:
        raise Undeclared(f"{table.name}: not declared: {', '.join(strange)}")
    if bool(table.inputs) != bool(table.compute):
        raise Undeclared(f"{table.name}: inputs and the function that takes them go together")
    if table.scope == Scope.CELL:
        _check_references(table)


def _is_money_readable(column: Column, names: list[str]) -> bool:
    """Return True unless an amount in minor units neither says so in its name nor names its currency."""
    if column.currency:
        return column.unit == MINOR and column.currency in names
    return column.unit != MINOR or column.name.endswith("_minor")


def _check_references(table: Derived) -> None:
    """Check that visible records decide who sees a row of the coordination cell's table."""
    by_name = {one.name: one for one in table.columns}
    for name in table.sources:
        if not by_name[name].refers:
            raise Undeclared(f"{table.name}: column {name} names source rows and refers to no table")
    if not any(column.refers for column in table.columns) and not table.is_cell_only:
        raise Undeclared(f"{table.name}: no column refers to a record that decides who sees a row")


def _check_scope(table: Derived, known: Mapping[str, Derived], above: tuple[str, ...]) -> None:
    """Check that a table for a reader rests on nothing of the coordination cell, and on no circle."""
    if table.name in above:
        raise Undeclared(f"{table.name}: made of itself: {' → '.join((*above, table.name))}")
    for name in table.inputs:
        scope = GIVEN[name] if name in GIVEN else known[name].scope
        if table.scope == Scope.READER and scope != Scope.READER:
            raise Undeclared(f"{table.name}: is for readers and made of {name}, which is the cell's")
        if table.scope == Scope.CELL_CUT and name in GIVEN and scope != Scope.READER:
            raise Undeclared(f"{table.name}: is cut for readers and made of {name}, which cannot be cut")
        if name in known:
            _check_scope(known[name], known, (*above, table.name))
