"""A tiny problem that can be checked by hand, varied by what a test says.

Tents of one tonne lie at depot D. A lane of two days leads to crossing X, one of a day from there to S, where
ten are needed by the Sunday of the second week. Four weeks from Monday, 5 January 2026.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from konvoi.model.tables import BY_NAME
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables

Rows = Sequence[Mapping[str, object]]
START = date(2026, 1, 5)

_USUAL: dict[str, dict[str, object]] = {
    "horizon": {"start": START, "weeks": 4},
    "goods": {"good": "tent", "name": "Tent", "unit": "piece", "weight_kg": 1000},
    "sites": {"name": "Somewhere", "kind": "hub", "country": "XX"},
    "lanes": {"mode": "road"},
    "needs": {"need": "N", "good": "tent", "quantity": 10, "site": "S", "due": date(2026, 1, 18)},
    "offers": {"offer": "O", "party": "P", "good": "tent", "quantity": 10, "site": "D"},
    "budgets": {"budget": "B", "party": "P", "currency": "EUR"},
}
_DEFAULT: dict[str, Rows] = {
    "horizon": [{}],
    "goods": [{}],
    "sites": [{"site": "D"}, {"site": "X"}, {"site": "S", "region": "east"}],
    "lanes": [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    ],
    "needs": [{}],
    "offers": [{}],
}


def day(number: int) -> date:
    """The day that lies so many days after the first."""
    return START + timedelta(days=number)


def table(name: str, rows: Rows) -> pl.DataFrame:
    """Rows as a table of the workbook: numbers as exact decimals, what a row does not say as usual."""
    schema = BY_NAME[name].schema()
    origin = {"_file": "tables.xlsx", "_sheet": name}
    full = [_USUAL.get(name, {}) | origin | {"_row": at} | dict(row) for at, row in enumerate(rows, 2)]
    return pl.DataFrame(
        {column: [_cell(row.get(column), kind) for row in full] for column, kind in schema.items()},
        schema=schema,
    )


def _cell(cell: object, kind: pl.DataType) -> object:
    """A number as the exact decimal that a column of decimals holds."""
    if isinstance(kind, pl.Decimal) and cell is not None:
        return Decimal(str(cell))
    return cell


def tables(**changed: Rows) -> dict[str, pl.DataFrame]:
    """The tables of the tiny problem, those named replaced."""
    return {name: table(name, rows) for name, rows in (_DEFAULT | changed).items()}


def problem(**changed: Rows) -> Problem:
    """The tiny problem, the tables named replaced."""
    return from_tables(tables(**changed))
