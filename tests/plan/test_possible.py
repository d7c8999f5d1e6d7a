"""Movements may be exchanged for others that are allowed, and for which there is room."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.plan.worlds import Rows, day, tables

from konvoi.plan.plan import Plan
from konvoi.plan.possible import Possible
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

Row = dict[str, Any]
ROOM: Rows = [{"on": "XS", "tonnes": 10}]


@pytest.fixture(scope="module")
def planned() -> Plan:
    """Ten tents of a tonne, all in the first week; ten tonnes a week go from X to S."""
    return solve(from_tables(tables(capacities=ROOM)))


def rows(plan: Plan) -> tuple[list[Row], list[Row]]:
    return plan.movements.rows(named=True), plan.legs.rows(named=True)


def moved(rows: list[Row], days: int) -> list[Row]:
    by = timedelta(days=days)
    return [{k: v + by if k in ("departs", "arrives", "week") else v for k, v in row.items()} for row in rows]


def test_a_plan_may_stand_in_its_own_place_and_a_week_later(planned: Plan) -> None:
    possible = Possible.of(tables(capacities=ROOM), planned)
    moves, legs = rows(planned)
    ids = [move["movement"] for move in moves]
    assert possible(ids, moves, legs)
    later = moved(moves, 7)
    assert possible(ids, [row | {"on_time": row["arrives"] <= day(13)} for row in later], moved(legs, 7))


def test_nothing_leaves_before_the_horizon_begins(planned: Plan) -> None:
    moves, legs = rows(planned)
    possible = Possible.of(tables(capacities=ROOM), planned)
    assert not possible([move["movement"] for move in moves], moved(moves, -7), moved(legs, -7))


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({"capacities": [{"on": "XS", "tonnes": 10}]}, True),
        ({"capacities": [{"on": "XS", "tonnes": 9}]}, False),
        ({"closures": [{"on": "DX", "from": day(0), "to": day(30)}]}, False),
    ],
)
def test_without_room_or_on_a_shut_lane_it_may_not(
    planned: Plan, changed: Mapping[str, Rows], holds: bool
) -> None:
    """Put in place of nothing, so that what is there already frees no room."""
    moves, legs = rows(planned)
    empty = solve(from_tables(tables(needs=[], **changed)))
    assert Possible.of(tables(**changed), empty)([], moves, legs) is holds


def test_more_than_is_offered_may_not_be_sent(planned: Plan) -> None:
    moves, legs = rows(planned)
    possible = Possible.of(tables(capacities=ROOM), planned)
    more = [row | {"quantity": row["quantity"] * 2} for row in moves]
    doubled = [row | {"tonnes": row["tonnes"] * 2, "pallets": Decimal(0)} for row in legs]
    assert not possible([row["movement"] for row in moves], more, doubled)
