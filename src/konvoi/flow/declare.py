"""Declarations of tables: what each is made of, for whom it is computed, and what its columns hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

import polars as pl

SETTINGS = "settings"
"""The input that is no table: the settings of the workspace, which every reader shares."""


class Scope(StrEnum):
    """For whom a table is computed."""

    READER = "reader"
    """From what the reader of the view may see, and from other tables of this scope alone."""

    CELL = "cell"
    """Once, for the coordination cell; other readers get the rows of which every reference is visible."""

    CELL_CUT = "cell cut"
    """For each reader, from visible inputs and the rows of CELL tables that the reader sees."""


@dataclass(frozen=True)
class Column:
    """One column of a derived table.

    refers: the table whose key it holds. measure: a figure to which source rows add up. cell_only: shown to
    the coordination cell alone.
    """

    name: str
    type: pl.DataType
    help: str
    refers: str = ""
    unit: str = ""
    measure: bool = False
    cell_only: bool = False


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
    a frame of exactly these columns. An empty one: the table is an input, read from the documents in force.
    key: the columns that tell its rows apart. sources: the columns that name the source rows of a row.
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

    def schema(self) -> pl.Schema:
        """Return the schema of the table."""
        return pl.Schema({column.name: column.type for column in self.columns})

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
        if table.name in found or table.name == SETTINGS:
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
        *(f"input {name}" for name in table.inputs if name not in known and name != SETTINGS),
        *(f"reference to {one.refers}" for one in table.columns if one.refers and one.refers not in known),
        *(f"column {name}" for name in (*table.key, *table.sources) if name not in names),
        *(f"parameter {one.name} without samples" for one in table.parameters if not one.samples),
    ]
    if strange:
        raise Undeclared(f"{table.name}: not declared: {', '.join(strange)}")
    if bool(table.inputs) != bool(table.compute):
        raise Undeclared(f"{table.name}: inputs and the function that takes them go together")


def _check_scope(table: Derived, known: Mapping[str, Derived], above: tuple[str, ...]) -> None:
    """Check that a table for a reader rests on nothing of the coordination cell, and on no circle."""
    if table.name in above:
        raise Undeclared(f"{table.name}: made of itself: {' → '.join((*above, table.name))}")
    for name in table.inputs:
        if name == SETTINGS:
            continue
        if table.scope == Scope.READER and known[name].scope != Scope.READER:
            raise Undeclared(f"{table.name}: is for readers and made of {name}, which is the cell's")
        _check_scope(known[name], known, (*above, table.name))
