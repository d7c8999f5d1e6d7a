"""A need takes no more than it asks, counted in its own units."""

from decimal import Decimal

from tests.plan.worlds import problem

from konvoi.plan.constraints.need_quantity import MEMBER
from konvoi.plan.solve import solve


def test_each_need_has_one_row_in_units_of_need() -> None:
    rows = MEMBER.rows(problem())
    assert rows.bounds.select("kind", "key", "upper").rows() == [("need", "N", 10)]
    assert rows.terms.select("at", "per").rows() == [("need", "served")]


def test_a_good_that_serves_doubly_is_sent_half_as_often() -> None:
    plan = solve(
        problem(
            goods=[{}, {"good": "hall"}],
            offers=[{"good": "hall"}],
            equivalences=[{"good": "hall", "serves": "tent", "ratio": 2}],
        )
    )
    assert plan.movements["quantity"].to_list() == [Decimal(5)]
