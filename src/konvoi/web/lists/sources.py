"""Sources of lists: the results of the viewer, or rows that the instance itself keeps."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.kit.digest import key
from konvoi.kit.json_text import json_text
from konvoi.web.access.selection import Condition, Op, Position
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer

Row = Mapping[str, Any]
MOST_CHOICES = 200
"""Values among which a page lets readers choose; of more they write one."""


class NotReady(Exception):
    """The results of the day are not computed yet."""


class Moved(Exception):
    """A place between two pages is one of other results than those that are there now."""


@dataclass(frozen=True)
class Cursor:
    """A place between two pages. start: number of rows before the page that was shown; position: of its last
    row, or of its first one; None for a source that counts rows.
    """

    digest: str
    start: int
    position: Position | None = None


@dataclass(frozen=True)
class Wanted:
    """Rows that are wanted: conditions, order (a minus sorts downwards), and which part of them."""

    conditions: tuple[Condition, ...] = ()
    order: tuple[str, ...] = ()
    limit: int = 50
    after: Cursor | None = None
    before: Cursor | None = None


@dataclass(frozen=True)
class Part:
    """A part of the rows. total: of all that meet the conditions. start: rows before the first one. digest:
    of everything from which the list is made; day: as of which. schema: types of columns, where known.
    """

    rows: tuple[Row, ...]
    total: int
    start: int
    digest: str
    day: date | None = None
    schema: Mapping[str, pl.DataType] | None = None
    first: Position | None = None
    last: Position | None = None

    @property
    def next(self) -> Cursor | None:
        """The place after these rows; None at the end."""
        end = self.start + len(self.rows)
        return Cursor(self.digest, end, self.last) if end < self.total and self.rows else None

    @property
    def previous(self) -> Cursor | None:
        """The place before these rows; None at the beginning."""
        return Cursor(self.digest, self.start, self.first) if self.start and self.rows else None


class Source(Protocol):
    """A source of rows for a viewer."""

    def part(self, viewer: Viewer, wanted: Wanted) -> Part:
        """Return the rows that are wanted; NotReady where they are still to be computed."""

    def batches(self, viewer: Viewer, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Yield all rows that meet the conditions, a part at a time."""

    def values(self, viewer: Viewer, column: str) -> list[str] | None:
        """Return the values of a column in order, an empty one for rows without; None for too many."""

    def counts(self, viewer: Viewer, wanted: Wanted, column: str) -> Mapping[str, int]:
        """Return how many rows that meet the conditions have each value of a column; empty: none."""


def start_of(wanted: Wanted) -> int:
    """Return how many rows stand before those that are wanted."""
    if wanted.after is not None:
        return wanted.after.start
    return 0 if wanted.before is None else max(0, wanted.before.start - wanted.limit)


def refuse_moved(wanted: Wanted, digest: str) -> None:
    """Raise Moved where a page of other results is wanted."""
    for one in (wanted.after, wanted.before):
        if one is not None and one.digest != digest:
            raise Moved


def distinct(found: Iterable[object]) -> list[str] | None:
    """Return values as texts in order; None for more than a page lists."""
    texts = {_choice(one) for one in found}
    return None if len(texts) > MOST_CHOICES else sorted(texts)


def count_choices(found: Iterable[object]) -> Counter[str]:
    """Return how often each value stands, as a filter names it."""
    return Counter(map(_choice, found))


def _choice(value: object) -> str:
    """Return a value as a filter names it."""
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class OfSnapshot:
    """A table of the results of the viewer."""

    table: str

    def part(self, viewer: Viewer, wanted: Wanted) -> Part:
        """Return the rows that are wanted."""
        opened = self._opened(viewer)
        refuse_moved(wanted, opened.manifest.digest)
        schema = opened.schema(self.table)
        conditions, order = _fitting(wanted, schema)
        after, before = (one.position if one else None for one in (wanted.after, wanted.before))
        found = opened.rows(
            self.table,
            conditions=conditions,
            order=order,
            limit=wanted.limit,
            after=_typed(after, order, schema),
            before=_typed(before, order, schema),
        )
        known = schema or (CATALOGUE[self.table].schema() if self.table in CATALOGUE else None)
        start = start_of(wanted)
        return Part(
            found.rows, found.total, start, opened.manifest.digest, opened.day, known, found.first, found.last
        )

    def batches(self, viewer: Viewer, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Return all rows that meet the conditions, a part at a time."""
        opened = self._opened(viewer)
        conditions, order = _fitting(wanted, opened.schema(self.table))
        return opened.batches(self.table, conditions=conditions, order=order)

    def values(self, viewer: Viewer, column: str) -> list[str] | None:
        """Return the values of a column."""
        found = self._opened(viewer).values(self.table, column, MOST_CHOICES)
        return None if found is None else distinct(found)

    def counts(self, viewer: Viewer, wanted: Wanted, column: str) -> Mapping[str, int]:
        """Return how many rows have each value of a column."""
        opened = self._opened(viewer)
        schema = opened.schema(self.table)
        if column not in schema:
            return {}
        found = opened.counts(self.table, (column,), _fitting(wanted, schema)[0])
        return {_choice(value): count for (value,), count in found.items()}

    def _opened(self, viewer: Viewer) -> Opened:
        opened = view(viewer)
        if opened is None:
            raise NotReady
        return opened


def _fitting(wanted: Wanted, schema: Mapping[str, pl.DataType]) -> tuple[list[Condition], tuple[str, ...]]:
    """Return conditions and order for the columns that a reader's table has; no row has a value in others."""
    none = Condition(next(iter(schema), "none"), Op.IS, ())
    conditions = [
        one if one.column in schema else none
        for one in wanted.conditions
        if one.column in schema or None not in one.values
    ]
    return conditions, tuple(one for one in wanted.order if one.lstrip("-") in schema)


def _typed(
    position: Position | None, order: Sequence[str], schema: Mapping[str, pl.DataType]
) -> Position | None:
    """Return a position with values of the types of its columns; Moved where it has others."""
    if position is None:
        return None
    columns = [one.lstrip("-") for one in order]
    try:
        pairs = zip(columns, position.values, strict=True)
        return Position(tuple(_value(value, schema[column]) for column, value in pairs), position.number)
    except (ValueError, ArithmeticError) as error:
        raise Moved from error


def _value(value: object, dtype: pl.DataType) -> object:
    if value is None:
        return None
    if isinstance(dtype, pl.Date):
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if isinstance(dtype, pl.Decimal):
        found = Decimal(str(value))
        if not found.is_finite():
            raise ValueError(value)
        return found
    fits: type | tuple[type, ...] = str
    if dtype.is_numeric():
        fits = (int, float)
    elif isinstance(dtype, pl.Boolean):
        fits = bool
    if not isinstance(value, fits):
        raise ValueError(value)
    return value


@dataclass(frozen=True)
class OfRows:
    """Rows that a function returns for a viewer: few enough to be held at once."""

    rows: Callable[[Viewer], Iterable[Row]]

    def part(self, viewer: Viewer, wanted: Wanted) -> Part:
        """Return the rows that are wanted."""
        everything = list(self.rows(viewer))
        digest = key(json_text(everything, indent=None))
        refuse_moved(wanted, digest)
        found = _selected(everything, wanted)
        start = start_of(wanted)
        end = start + wanted.limit if wanted.before is None else min(wanted.before.start, len(found))
        return Part(tuple(found[start:end]), len(found), start, digest)

    def batches(self, viewer: Viewer, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Return all rows that meet the conditions at once."""
        return iter([_selected(list(self.rows(viewer)), wanted)])

    def values(self, viewer: Viewer, column: str) -> list[str] | None:
        """Return the values of a column."""
        return distinct(row.get(column) for row in self.rows(viewer))

    def counts(self, viewer: Viewer, wanted: Wanted, column: str) -> Mapping[str, int]:
        """Return how many rows have each value of a column."""
        return count_choices(row.get(column) for row in _selected(list(self.rows(viewer)), wanted))


def _selected(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    found = [row for row in rows if all(_meets(row.get(one.column), one) for one in wanted.conditions)]
    for one in reversed(wanted.order):
        name = one.lstrip("-")
        there = [row for row in found if row.get(name) is not None]
        absent = [row for row in found if row.get(name) is None]
        found = [*sorted(there, key=lambda row: row[name], reverse=one.startswith("-")), *absent]
    return found


def _meets(value: object, condition: Condition) -> bool:
    match condition.op:
        case Op.IS:
            return (None if value == "" else value) in condition.values
        case Op.CONTAINS:
            return str(condition.values[0]).lower() in str("" if value is None else value).lower()
    if value is None:
        return False
    compared: Any = value.date() if isinstance(value, datetime) else value
    (end,) = condition.values
    return bool(compared >= end if condition.op == Op.FROM else compared <= end)
