"""Scenarios: closures, partners that drop out, later money, additional offers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from konvoi.kit.days import monday
from konvoi.model.limiting import ROWS, UNREAD_ROWS
from konvoi.model.tables import BY_NAME
from konvoi.plan.clean import READ

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]


@dataclass(frozen=True)
class Shut:
    """A lane or site, by its id, from one day to another; None: the horizon's first or last."""

    on: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Without:
    """A partner that sends and buys nothing on these days; None: no end on that side."""

    party: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Later:
    """A budget or an offer, by its id, delayed by so many weeks; earlier if below 0."""

    of: str
    weeks: int


@dataclass(frozen=True)
class Scenario:
    """The assumptions of a scenario, all in force at once; added: rows by table, as submitted."""

    name: str
    shut: tuple[Shut, ...] = ()
    without: tuple[Without, ...] = ()
    later: tuple[Later, ...] = ()
    added: Tables = field(default_factory=dict, repr=False)


def supposed(tables: Tables, scenario: Scenario) -> dict[str, pl.DataFrame]:
    """Return the tables of the problem as they would be submitted if the scenario came true.

    A closure is a row of `closures`, a partner that drops out a row of `blocked`; a delay changes days, and
    an added row replaces the row that has its id.
    """
    every = _all(tables)
    found = {name: _over(rows, scenario.added.get(name), name) for name, rows in every.items()}
    if UNREAD_ROWS in scenario.added:
        found[UNREAD_ROWS] = pl.concat(
            [tables.get(UNREAD_ROWS, pl.DataFrame(schema=ROWS)), scenario.added[UNREAD_ROWS]]
        )
    start, end = horizon(found["horizon"])
    found["closures"] = _with(
        found["closures"],
        "closures",
        (
            {"on": one.on, "from": one.first or start, "to": one.last or end, "reason": scenario.name}
            for one in scenario.shut
        ),
    )
    found["blocked"] = _with(
        found["blocked"],
        "blocked",
        (
            {
                "kind": "party",
                "value": one.party,
                "reason": scenario.name,
                "from": one.first,
                "to": one.last,
            }
            for one in scenario.without
        ),
    )
    for one in scenario.later:
        found["budgets"] = _tranches(found["budgets"], one, start)
        found["offers"] = _ready(found["offers"], one, start)
    return found


def idle(tables: Tables, scenario: Scenario) -> tuple[Later, ...]:
    """Return delays without effect: of budgets all of whose money is dated before the horizon's first day."""
    every = _all(tables)
    (start, _), budgets = horizon(every["horizon"]), every["budgets"]
    return tuple(
        one
        for one in scenario.later
        if one.of in set(budgets["budget"].drop_nulls()) and budgets.equals(_tranches(budgets, one, start))
    )


def _all(tables: Tables) -> dict[str, pl.DataFrame]:
    """The tables, and an empty one in place of each that is not there."""
    return {name: BY_NAME[name].empty() for name in READ} | dict(tables)


def horizon(rows: pl.DataFrame) -> tuple[date, date]:
    """The first and the last day that are planned."""
    if rows.is_empty() or rows["start"][0] is None:
        return date(1970, 1, 5), date(1970, 1, 5)
    start = monday(rows["start"][0])
    weeks = rows["weeks"][0] or 1
    return start, start + timedelta(days=7 * weeks - 1)


def _with(rows: pl.DataFrame, table: str, more: Iterable[Row]) -> pl.DataFrame:
    """A table with more rows."""
    columns = BY_NAME[table].schema()
    added = pl.DataFrame(list(more), schema=columns, orient="row")
    return pl.concat([rows, added], how="diagonal_relaxed") if added.height else rows


def _over(rows: pl.DataFrame, added: pl.DataFrame | None, table: str) -> pl.DataFrame:
    """A table with rows that were added, each in place of the one with its id."""
    if added is None or added.is_empty():
        return rows
    if table not in BY_NAME:
        return rows
    key = list(BY_NAME[table].key)
    kept = rows.join(added, on=key, how="anti", nulls_equal=True, maintain_order="left") if key else rows
    return pl.concat([kept, added], how="diagonal_relaxed")


def _tranches(rows: pl.DataFrame, later: Later, start: date) -> pl.DataFrame:
    """Tranches of a budget on their new days; money of a day before the horizon's first stays where it is."""
    moves = (pl.col("budget") == later.of) & pl.col("amount").is_not_null() & (pl.col("day") >= start)
    return _moved(rows, "day", moves, later.weeks)


def _ready(rows: pl.DataFrame, later: Later, start: date) -> pl.DataFrame:
    """An offer on its new day; one that is ready already counts from the horizon's first day."""
    mine = pl.col("offer") == later.of
    from_start = pl.max_horizontal(pl.col("ready").fill_null(start), pl.lit(start))
    begun = rows.with_columns(ready=pl.when(mine).then(from_start).otherwise("ready"))
    return _moved(begun, "ready", mine, later.weeks)


def _moved(rows: pl.DataFrame, column: str, mine: pl.Expr, weeks: int) -> pl.DataFrame:
    by = timedelta(weeks=weeks)
    return rows.with_columns(pl.when(mine).then(pl.col(column) + by).otherwise(column).alias(column))
