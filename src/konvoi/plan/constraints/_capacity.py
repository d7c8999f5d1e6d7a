"""Weekly capacity of lanes and sites, from the table of capacities: the smallest where several rows apply."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from konvoi.kit.days import week as week_name
from konvoi.plan.constraint import Bound, Rows, Term, rows
from konvoi.plan.exact import offset
from konvoi.plan.problem import Problem

RESOURCES = ("tonnes", "pallets", "neq_kg")


class _Cell(NamedTuple):
    """A lane or site, a week of the horizon, and a resource."""

    on: str
    week: int
    resource: str


def capacity(problem: Problem, kind: str, ids: Iterable[str]) -> Rows:
    """One row for each lane or site, week and resource that has a capacity."""
    known = set(ids)
    found: dict[_Cell, Decimal] = {}
    for row in problem.tables["capacities"].iter_rows(named=True):
        if row["on"] in known:
            for resource in RESOURCES:
                _lower(found, row, resource, problem)
    named = {cell: _name(problem, kind, cell) for cell in sorted(found)}
    return rows(
        [Term(named[c], kind, c.on, c.week, c.resource, Decimal(1)) for c in named],
        [Bound(named[c], kind, c.on, problem.monday_of(c.week), c.resource, found[c]) for c in named],
    )


def _lower(found: dict[_Cell, Decimal], row: dict[str, Any], resource: str, problem: Problem) -> None:
    """Keep the smallest capacity of each week that a row touches; less than nothing is nothing."""
    first = max(0, offset(row["from"], problem.start))
    last = min(problem.days - 1, offset(row["to"], problem.start, problem.days))
    if row[resource] is None or last < first:
        return
    most = max(Decimal(0), row[resource])
    for week in range(first // 7, last // 7 + 1):
        cell = _Cell(row["on"], week, resource)
        found[cell] = min(most, found.get(cell, most))


def _name(problem: Problem, kind: str, cell: _Cell) -> str:
    """The row's name, as people read it."""
    week = week_name(problem.monday_of(cell.week))
    return f"{cell.resource} on {kind} {cell.on} in {week}"
