"""Of ways that are as quick the cheaper, and stock before what must be bought."""

from tests.plan.worlds import problem

from konvoi.plan.goals.cost import MEMBER
from konvoi.plan.solve import solve

WAYS: list[dict[str, object]] = [
    {"lane": "dear", "from": "D", "to": "S", "days_p50": 4, "cost": 900_00, "currency": "EUR"},
    {"lane": "near", "from": "D", "to": "S", "days_p50": 4, "cost": 300_00, "currency": "EUR"},
]


def test_the_dearest_lane_costs_what_the_least_unit_is_worth() -> None:
    assert MEMBER.payoff(problem(lanes=WAYS)).haul.tolist() == [-1.0, -1.0 / 3]


def test_a_cost_without_a_rate_is_not_compared() -> None:
    foreign = [way | {"currency": "UAH"} for way in WAYS]
    assert MEMBER.payoff(problem(lanes=foreign)).haul.tolist() == [0.0, 0.0]


def test_stock_is_sent_before_anything_is_bought() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 5_00, "site": "D"}
    plan = solve(problem(budgets=[{"amount": 900_00}, buy]))
    assert plan.movements["offer"].to_list() == ["O"]


def test_of_two_lanes_as_quick_the_cheaper_is_taken() -> None:
    plan = solve(problem(lanes=WAYS))
    assert plan.value == 10
    assert plan.legs["lane"].to_list() == ["near"]


def test_of_two_suppliers_as_quick_the_cheaper_is_paid() -> None:
    """Ten tents at 90 or at 30 euro, and money for either."""
    buy: dict[str, object] = {"good": "tent", "site": "D", "lead_days": 0}
    offered = [buy | {"price": 90_00, "supplier": "A"}, buy | {"price": 30_00, "supplier": "B"}]
    plan = solve(problem(offers=[], budgets=[{"amount": 900_00}, *offered]))
    assert plan.value == 10
    assert plan.movements["supplier"].to_list() == ["B"]
    assert plan.movements["quantity"].to_list() == [10]


def test_a_quicker_lane_is_taken_whatever_it_costs() -> None:
    plan = solve(problem(lanes=[WAYS[0] | {"days_p50": 3}, WAYS[1]]))
    assert plan.legs["lane"].to_list() == ["dear"]
