"""Weekly capacity of lanes and sites, from the table of capacities: the smallest where several rows apply."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from konvoi.kit.days import week as week_name
from konvoi.plan.constraint import Rows, rows
from konvoi.plan.exact import offset
from konvoi.plan.problem import Problem

RESOURCES = ("tonnes", "pallets", "neq_kg")


def capacity(problem: Problem, kind: str, ids: Iterable[str]) -> Rows:
    """One row for each lane or site, week and resource that has a capacity."""
    known = set(ids)
    found: dict[tuple[str, int, str], Decimal] = {}
    for row in problem.tables["capacities"].iter_rows(named=True):
        if row["on"] in known:
            for resource in RESOURCES:
                _lower(found, row, resource, problem)
    named = {cell: _name(problem, kind, cell) for cell in sorted(found)}
    return rows(
        [(named[c], kind, c[0], c[1], c[2], Decimal(1)) for c in named],
        [(named[c], kind, c[0], problem.monday_of(c[1]), c[2], found[c]) for c in named],
    )


def _lower(
    found: dict[tuple[str, int, str], Decimal], row: dict[str, Any], resource: str, problem: Problem
) -> None:
    """Keep the smallest capacity of each week that a row touches; less than nothing is nothing."""
    first = max(0, offset(row["from"], problem.start))
    last = min(problem.days - 1, offset(row["to"], problem.start, problem.days))
    if row[resource] is None or last < first:
        return
    most = max(Decimal(0), row[resource])
    for week in range(first // 7, last // 7 + 1):
        cell = (row["on"], week, resource)
        found[cell] = min(most, found.get(cell, most))


def _name(problem: Problem, kind: str, cell: tuple[str, int, str]) -> str:
    """The row's name, as people read it."""
    on, week, resource = cell
    return f"{resource} on {kind} {on} in {week_name(problem.monday_of(week))}"
