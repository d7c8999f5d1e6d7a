"""Conditions on the rows of a table, and the order of the rows, as SQL with parameters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_NAME = re.compile(r"[a-z_][a-z0-9_]*")
NUMBER = "file_row_number"
"""Column that tells rows apart whose values are equal; a snapshot never changes, so neither does it."""


class Op(StrEnum):
    """Ways in which a column is compared."""

    IS = "is"
    """The column has one of the values; None: it has no value."""
    CONTAINS = "contains"
    """The text of the column contains a text; letters count alike in both cases."""
    FROM = "from"
    UNTIL = "until"


@dataclass(frozen=True)
class Condition:
    """A condition that rows meet. values: one or more for IS, one for the others."""

    column: str
    op: Op
    values: tuple[object, ...]


@dataclass(frozen=True)
class Position:
    """A row's place in an order: its values in the columns of the order, and its number in the file."""

    values: tuple[object, ...]
    number: int


Sql = tuple[str, list[object]]


def name(column: str) -> str:
    """Return the name of a column in quotes; ValueError for what is no name."""
    if not _NAME.fullmatch(column):
        raise ValueError(column)
    return f'"{column}"'


def where(conditions: Sequence[Condition]) -> Sql:
    """Return the conditions that all hold; true without any."""
    return _all([_one(condition) for condition in conditions])


def _all(found: Sequence[Sql], between: str = " AND ") -> Sql:
    if not found:
        return "true", []
    return between.join(f"({one})" for one, _ in found), [value for _, values in found for value in values]


def _one(condition: Condition) -> Sql:
    column = name(condition.column)
    match condition.op:
        case Op.IS:
            known = [value for value in condition.values if value is not None]
            parts: list[Sql] = [(f"{column} IN ({', '.join('?' * len(known))})", known)] if known else []
            if len(known) < len(condition.values):
                parts.append((f"{column} IS NULL", []))
            return _all(parts, " OR ") if parts else ("false", [])
        case Op.CONTAINS:
            (text,) = condition.values
            return f"contains(lower(CAST({column} AS VARCHAR)), lower(?))", [str(text)]
        case Op.FROM:
            return f"{column} >= ?", list(condition.values)
        case Op.UNTIL:
            return f"{column} <= ?", list(condition.values)


def order_by(order: Sequence[str], *, backwards: bool = False) -> str:
    """Return the order of rows; what has no value comes last. order: columns, a minus sorts downwards.

    backwards: the same order from its end.
    """
    parts = []
    for one in order:
        down = one.startswith("-") != backwards
        nulls = "FIRST" if backwards else "LAST"
        parts.append(f"{name(one.lstrip('-'))} {'DESC' if down else 'ASC'} NULLS {nulls}")
    return ", ".join([*parts, f"{NUMBER} {'DESC' if backwards else 'ASC'}"])


def beyond(order: Sequence[str], position: Position, *, backwards: bool = False) -> Sql:
    """Return the condition that rows come after a position in an order; backwards: before it."""
    tie = f"{NUMBER} {'<' if backwards else '>'} ?"
    found: Sql = (tie, [position.number])
    for one, value in reversed(list(zip(order, position.values, strict=True))):
        column = name(one.lstrip("-"))
        further = _further(column, value, down=one.startswith("-"), backwards=backwards)
        equal: Sql = (f"{column} IS NULL", []) if value is None else (f"{column} = ?", [value])
        found = _all([further, _all([equal, found])], " OR ")
    return found


def _further(column: str, value: object, *, down: bool, backwards: bool) -> Sql:
    """Return the condition that a column alone comes after a value, or before it; no value comes last."""
    if value is None:
        return f"{column} IS NOT NULL" if backwards else "false", []
    sign = "<" if down != backwards else ">"
    beyond_it: Sql = (f"{column} {sign} ?", [value])
    return beyond_it if backwards else _all([beyond_it, (f"{column} IS NULL", [])], " OR ")
