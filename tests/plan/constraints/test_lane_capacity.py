"""A lane's room is counted in the week in which a leg departs; of overlapping rows the smallest holds."""

from decimal import Decimal

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.lane_capacity import MEMBER
from konvoi.plan.solve import solve


def test_a_row_without_days_holds_in_every_week_and_an_empty_cell_limits_nothing() -> None:
    rows = MEMBER.rows(problem(capacities=[{"on": "DX", "tonnes": 5}]))
    assert rows.bounds.select("key", "week", "resource", "upper").rows() == [
        ("DX", day(7 * week), "tonnes", 5) for week in range(4)
    ]


def test_in_a_week_that_two_rows_touch_the_smaller_holds() -> None:
    """From Wednesday of the second week to Monday of the third: both weeks, whole."""
    narrow = {"on": "DX", "tonnes": 1, "from": day(9), "to": day(14)}
    rows = MEMBER.rows(problem(capacities=[{"on": "DX", "tonnes": 5}, narrow]))
    assert rows.bounds["upper"].to_list() == [5, 1, 1, 5]


def test_nothing_crosses_a_lane_with_room_for_nothing() -> None:
    plan = solve(problem(capacities=[{"on": "XS", "tonnes": 0}]))
    assert plan.movements.height == 0
    assert plan.unmet["cause"].to_list() == ["corridor-none"]


def test_explosive_quantity_limits_only_what_is_explosive() -> None:
    plan = solve(problem(goods=[{"neq_kg": 3}], capacities=[{"on": "DX", "neq_kg": 12, "to": day(13)}]))
    assert plan.movements["quantity"].to_list() == [Decimal(4), Decimal(4)]
    assert solve(problem(capacities=[{"on": "DX", "neq_kg": 0}])).movements["quantity"].sum() == 10
