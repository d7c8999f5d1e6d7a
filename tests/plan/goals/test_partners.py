"""The greatest part that a partner sends of what it offers is what the goal looks at."""

import numpy as np
import pytest
from tests.plan.worlds import problem

from konvoi.plan.goal import Sendings
from konvoi.plan.goals.partners import MEMBER

OFFERS: list[dict[str, object]] = [
    {"offer": "O1", "party": "P"},
    {"offer": "O2", "party": "Q", "quantity": 20},
    {"offer": "O3", "party": "Q", "quantity": 20},
]
SENT = Sendings(np.zeros(3, dtype=np.int64), np.array([0, 1, 2]), np.ones(3), np.ones(3))


def test_the_figure_is_the_greatest_part_of_all_that_a_partner_offers() -> None:
    """P sends 3 of 10, Q 4 and 10 of 40: 35 of 100."""
    assert MEMBER.level is not None
    level = MEMBER.level(problem(offers=OFFERS), SENT, {})
    assert level.figure(np.array([3.0, 4.0, 10.0])) == pytest.approx(0.35)


def test_what_is_bought_is_no_part_of_what_is_offered() -> None:
    posed = problem(offers=[], budgets=[{"amount": 900_00}, {"good": "tent", "price": 5_00, "site": "D"}])
    bought = Sendings(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.ones(1), np.ones(1))
    assert MEMBER.level is not None
    level = MEMBER.level(posed, bought, {})
    assert (level.rows, level.figure(np.array([10.0]))) == ((), 0.0)
