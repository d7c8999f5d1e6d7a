"""Tiny problems in which one cell cannot be read: no plan is worth more than the bound with that cell."""

import random
from collections.abc import Iterator

import polars as pl
import pytest
from tests.plan.properties.tiny import tiny

from konvoi.model.limiting import LIMITING, UNREAD, Limiting, Unread, noted
from konvoi.model.unreadable import Why
from konvoi.plan.audit import audit
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve
from konvoi.plan.without import KEYS

Tables = dict[str, pl.DataFrame]
_WORLDS = 12
_CELLS = 3


def _cells(world: Tables) -> Iterator[tuple[Limiting, int]]:
    """Yield the cells that limit something; a cell that names what is limited may only stop orders."""
    for one in LIMITING:
        rows = world.get(one.table)
        if rows is None or one.column in KEYS.get(one.table, ()) or one.column not in rows.columns:
            continue
        yield from ((one, number) for number, cell in enumerate(rows[one.column]) if cell is not None)


def _unreadable(world: Tables, limit: Limiting, number: int) -> Tables:
    rows = world[limit.table]
    cells = rows[limit.column].to_list()
    cells[number] = None
    unread: list[str | None] = [None] * rows.height
    unread[number] = noted({limit.column: Unread(Why.UNREADABLE, "4O")})
    changed = rows.with_columns(
        pl.Series(limit.column, cells, dtype=rows.schema[limit.column]),
        pl.Series(UNREAD, unread, dtype=pl.String),
    )
    return {**world, limit.table: changed}


@pytest.mark.slow
def test_a_cell_that_cannot_be_read_never_allows_more() -> None:
    dice = random.Random(7)
    wrong = []
    for number in dice.sample(range(400), _WORLDS):
        world = tiny(number)
        most = solve(from_tables(world)).bound
        for limit, row in dice.sample(list(_cells(world)), _CELLS):
            tables = _unreadable(world, limit, row)
            plan = solve(from_tables(tables))
            told = {one.code for one in audit(tables, plan)}
            if plan.value > most or told != {"limit-unreadable"}:
                wrong.append((number, limit.table, limit.column, row, plan.value, most, told))
    assert wrong == []
