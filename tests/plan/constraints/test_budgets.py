"""Money is spent tranche by tranche; what an earlier one leaves stays for later."""

from tests.plan.worlds import day, problem

from konvoi.plan.constraints.budgets import MEMBER
from konvoi.plan.solve import solve

BUY: dict[str, object] = {"good": "tent", "price": 10_00, "site": "D"}


def test_each_tranche_counts_all_that_was_ordered_by_then() -> None:
    rows = MEMBER.rows(problem(offers=[], budgets=[{"amount": 30_00}, {"amount": 20_00, "day": day(7)}, BUY]))
    assert rows.bounds.select("key", "week", "upper").rows() == [("B", day(0), 3000), ("B", day(7), 5000)]
    early, late = (f"money of B until the tranche of {day(n)}" for n in (0, 7))
    assert rows.terms.select("row", "key", "factor").rows() == [
        (early, "B|tent||D@0", 1000),
        (late, "B|tent||D@0", 1000),
        (late, "B|tent||D@7", 1000),
    ]


def test_what_is_bought_costs_no_more_than_there_is() -> None:
    plan = solve(problem(offers=[], budgets=[{"amount": 30_00}, {"amount": 20_00, "day": day(7)}, BUY]))
    assert plan.movements.select("departs", "quantity").rows() == [(day(0), 3), (day(7), 2)]
    assert plan.unmet["cause"].to_list() == ["budget-spent"]


def test_money_of_before_the_horizon_is_there_on_its_first_day() -> None:
    plan = solve(problem(offers=[], budgets=[{"amount": 100_00, "day": day(-90)}, BUY]))
    assert plan.movements["departs"].to_list() == [day(0)]
