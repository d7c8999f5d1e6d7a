"""What is blocked is not used: partners, suppliers, carriers, lanes, sites."""

import pytest
from tests.plan.worlds import day, problem

from konvoi.plan.constraints.blocked import MEMBER
from konvoi.plan.solve import solve

LANES = [
    {"lane": "DX", "from": "D", "to": "X", "days_p50": 2, "carrier": "C"},
    {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
]


@pytest.mark.parametrize(("kind", "value"), [("party", "P"), ("carrier", "C"), ("lane", "XS"), ("site", "X")])
def test_a_block_without_days_stops_all(kind: str, value: str) -> None:
    row = {"kind": kind, "value": value, "reason": "listed"}
    assert solve(problem(lanes=LANES, blocked=[row])).movements.height == 0


def test_a_block_that_ends_is_waited_for() -> None:
    row = {"kind": "party", "value": "P", "reason": "listed", "to": day(4)}
    assert solve(problem(blocked=[row])).movements["departs"].to_list() == [day(5)]


def test_what_is_ordered_while_its_supplier_is_blocked_never_comes() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 1, "site": "D", "supplier": "Firm", "lead_days": 3}
    row = {"kind": "supplier", "value": "Firm", "reason": "listed", "to": day(1)}
    plan = solve(problem(offers=[], budgets=[{"amount": 100}, buy], blocked=[row]))
    assert plan.unmet["cause"].to_list() == ["blocked"]
    later = [{"amount": 100, "day": day(2)}, buy]
    assert solve(problem(offers=[], budgets=later, blocked=[row])).movements["departs"].to_list() == [day(5)]


def test_a_hull_is_no_part_of_the_problem() -> None:
    row = {"kind": "hull", "value": "IMO 1", "reason": "listed"}
    assert MEMBER.shut(problem(blocked=[row])).height == 0
