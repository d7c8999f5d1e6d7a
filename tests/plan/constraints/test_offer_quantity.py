"""An offer's row holds what the offer holds."""

from decimal import Decimal

from tests.plan.worlds import problem

from konvoi.plan.constraints.offer_quantity import MEMBER
from konvoi.plan.solve import solve


def test_each_offer_has_one_row_with_what_it_holds() -> None:
    rows = MEMBER.rows(problem(offers=[{}, {"offer": "Q", "quantity": 3}]))
    assert rows.bounds.select("kind", "key", "upper").rows() == [("offer", "O", 10), ("offer", "Q", 3)]
    assert rows.terms.select("at", "key", "per", "factor").rows() == [
        ("source", "O", "unit", 1),
        ("source", "Q", "unit", 1),
    ]


def test_no_more_is_sent_than_is_offered() -> None:
    plan = solve(problem(offers=[{"quantity": 4}]))
    assert plan.movements["quantity"].to_list() == [Decimal(4)]
    assert plan.unmet["cause"].to_list() == ["all-sent"]
