"""A site handles what starts there when it leaves, and what arrives when it arrives."""

from decimal import Decimal

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.site_capacity import MEMBER
from konvoi.plan.solve import solve


def test_each_week_of_a_site_has_a_row() -> None:
    rows = MEMBER.rows(problem(capacities=[{"on": "X", "pallets": 2, "from": day(7)}]))
    assert rows.bounds.select("kind", "key", "week", "resource").rows() == [
        ("site", "X", day(7 * week), "pallets") for week in (1, 2, 3)
    ]


def test_depot_crossing_and_destination_each_limit_what_passes() -> None:
    for site in ("D", "X", "S"):
        plan = solve(problem(capacities=[{"on": site, "tonnes": 4}]))
        assert plan.movements["quantity"].to_list() == [Decimal(4), Decimal(4)]


def test_what_arrives_on_monday_counts_in_the_new_week() -> None:
    """From D on Saturday to X on Monday: the crossing's first week is closed to arrivals, not the way."""
    shut = {"on": "X", "tonnes": 0, "to": day(6)}
    plan = solve(problem(capacities=[shut]))
    assert plan.legs["arrives"].to_list()[0] == day(7)
