"""The bound holds for any prices: rows, what needs could still gain, kits worth more than their parts."""

from decimal import Decimal

import numpy as np
from tests.plan.worlds import problem

from konvoi.plan.bound import all_there_is, nothing_priced, repaired, rounded_up
from konvoi.plan.limits import limits

KIT = [{"kit": "K", "need": "N", "per_kit": 2, "weight": 5}]


def test_without_prices_it_is_what_needs_gain_and_all_kits() -> None:
    rows = limits(problem(kits=KIT))
    assert repaired(rows, nothing_priced(rows), np.array([0.5])).most == 10 * 0.5 + 5 * 5
    assert all_there_is(rows) == 10 + 25


def test_a_kit_that_its_components_pay_for_adds_nothing() -> None:
    rows = limits(problem(kits=KIT))
    y = nothing_priced(rows)
    y[rows.frame["kind"].to_list().index("kit")] = 2.0
    assert repaired(rows, y, np.array([0.0])).most == 5 * (5 - 2 * 2.0)


def test_prices_of_rows_count_with_what_there_is() -> None:
    rows = limits(problem())
    y = nothing_priced(rows)
    y[rows.frame["kind"].to_list().index("offer")] = 0.25
    bound = repaired(rows, y, np.array([0.75]))
    assert bound.most == 10 * 0.25 + 10 * 0.75
    assert bound.y[rows.frame["kind"].to_list().index("need")] == 0.75


def test_it_is_rounded_up_and_nothing_is_exactly_nothing() -> None:
    assert rounded_up(1 / 3) == Decimal("0.333334")
    assert str(rounded_up(0.0)) == "0"
