"""What a partner keeps of a stock stays with it, over all its offers; what it buys is not of it."""

from decimal import Decimal

from tests.plan.worlds import problem

from konvoi.plan.audit import audit
from konvoi.plan.constraints.stock_floors import MEMBER
from konvoi.plan.solve import solve

STOCK: dict[str, object] = {"party": "P", "good": "tent", "stock": 12, "floor": 5}
TWO: list[dict[str, object]] = [{"offer": "O1", "quantity": 5}, {"offer": "O2", "quantity": 5}]


def test_what_lies_above_the_floor_can_be_spared() -> None:
    rows = MEMBER.rows(problem(stocks=[STOCK], offers=TWO))
    assert rows.bounds.select("kind", "key", "resource", "upper").rows() == [
        ("stock", "P", "quantity of tent", Decimal(7))
    ]
    assert rows.terms["key"].to_list() == ["O1", "O2"]


def test_offers_together_leave_the_floor_and_the_cause_says_so() -> None:
    """Ten are offered and needed; of twelve in stock five stay."""
    posed = problem(stocks=[STOCK], offers=TWO)
    plan = solve(posed)
    assert plan.value == 7
    assert plan.bound - plan.value < Decimal("0.0001")
    assert plan.unmet["cause"].to_list() == ["stock-floor"]
    assert audit(posed.tables, plan) == ()


def test_a_floor_above_the_stock_leaves_nothing() -> None:
    assert solve(problem(stocks=[STOCK | {"stock": 3}])).value == 0


def test_what_is_bought_and_what_others_give_is_not_held_back() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 1_00, "site": "D"}
    offers: list[dict[str, object]] = [{"offer": "O1", "party": "Q", "quantity": 2}]
    posed = problem(stocks=[STOCK | {"stock": 0}], offers=offers, budgets=[{"amount": 90_00}, buy])
    assert solve(posed).value == 10


def test_a_plan_that_takes_from_the_floor_does_not_pass_the_audit() -> None:
    plan = solve(problem(offers=TWO))
    assert audit(problem(stocks=[STOCK], offers=TWO).tables, plan)
