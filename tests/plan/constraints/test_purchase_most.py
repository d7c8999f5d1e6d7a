"""A purchase's most holds for all tranches together."""

from decimal import Decimal

from tests.plan.worlds import Rows, day, problem

from konvoi.plan.constraints.purchase_most import MEMBER
from konvoi.plan.solve import solve

_BUY: dict[str, object] = {"good": "tent", "price": 1_00, "site": "D", "most": 6}
BUDGETS: Rows = [{"amount": 5_00}, {"amount": 90_00, "day": day(1)}, _BUY]


def test_one_row_counts_what_every_tranche_pays() -> None:
    rows = MEMBER.rows(problem(offers=[], budgets=BUDGETS))
    assert rows.bounds.select("kind", "key", "upper").rows() == [("purchase", "B|tent||D", 6)]
    assert rows.terms["key"].to_list() == ["B|tent||D@0", "B|tent||D@1"]


def test_no_more_is_bought_than_can_be_made() -> None:
    plan = solve(problem(offers=[], budgets=BUDGETS))
    assert plan.movements["quantity"].sum() == Decimal(6)
    assert plan.unmet["cause"].to_list() == ["purchase-most"]
