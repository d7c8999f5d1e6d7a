"""A plan in force is known by what goes to which need, and forgotten where the problem has changed."""

from tests.plan.worlds import problem

from konvoi.plan.force import in_force
from konvoi.plan.solve import solve

OFFERS: list[dict[str, object]] = [{"offer": "O1", "quantity": 4}, {"offer": "O2", "quantity": 6}]


def test_units_are_counted_by_offer_and_need() -> None:
    posed = problem(offers=OFFERS)
    assert in_force(posed, solve(posed)) == {(0, 0): 4.0, (1, 0): 6.0}


def test_an_offer_or_a_need_that_is_gone_is_left_out() -> None:
    plan = solve(problem(offers=OFFERS))
    assert in_force(problem(offers=OFFERS[1:]), plan) == {(0, 0): 6.0}
    assert in_force(problem(offers=OFFERS, needs=[{"need": "other"}]), plan) == {}


def test_what_is_bought_is_known_by_budget_and_good() -> None:
    buy: dict[str, object] = {"good": "tent", "price": 5_00, "site": "D"}
    posed = problem(offers=[], budgets=[{"amount": 900_00}, buy])
    assert in_force(posed, solve(posed)) == {(0, 0): 10.0}
