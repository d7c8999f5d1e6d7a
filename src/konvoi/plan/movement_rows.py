"""Movements of a plan as rows with their origins and legs, and such rows as a plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.plan.change_limit import Side
from konvoi.plan.plan import LEGS, MOVEMENTS, Plan
from konvoi.plan.recount import origin
from konvoi.plan.world import Row, World


def side_of(here: World, movements: pl.DataFrame, legs: Mapping[str, list[Row]]) -> Side:
    """Return movements (a plan's table) with their origins, and their legs by movement."""
    moves = movements.sort("movement").iter_rows(named=True)
    return Side(
        {row["movement"]: row | {"_from": origin(here, row, legs.get(row["movement"], []))} for row in moves},
        legs,
    )


def plan_of(like: Plan, moves: Sequence[Row], legs: Mapping[str, list[Row]]) -> Plan:
    """Return a plan with other movements."""
    return replace(like, movements=as_frame(moves, MOVEMENTS), legs=as_frame(legs_of(moves, legs), LEGS))


def as_frame(rows: Iterable[Row], schema: pl.Schema) -> pl.DataFrame:
    """Return rows as a table of a schema; what a row holds besides is left out."""
    full = list(rows)
    return pl.DataFrame({name: [row[name] for row in full] for name in schema}, schema=schema)


def legs_of(moves: Iterable[Row], legs: Mapping[str, list[Row]]) -> Iterator[Row]:
    """Yield the legs of movements."""
    return (leg for move in moves for leg in legs.get(move["movement"], ()))
