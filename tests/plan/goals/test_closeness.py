"""Units that are sent otherwise than the plan in force says, more or less, are what the goal looks at."""

import numpy as np
from tests.plan.worlds import problem

from konvoi.plan.goal import Sendings
from konvoi.plan.goals.closeness import MEMBER

SENT = Sendings(np.array([0, 0, 1]), np.array([0, 1, 0]), np.ones(3), np.ones(3))


def test_more_less_and_anew_count_alike() -> None:
    """In force 5 from source 0 for need 0, and 4 that nobody sends any more; now 7, and 2 by new pairs."""
    assert MEMBER.level is not None
    level = MEMBER.level(problem(), SENT, {(0, 0): 5.0, (2, 2): 4.0})
    assert level.figure(np.array([7.0, 1.0, 1.0])) == 2 + 4 + 2


def test_without_a_plan_in_force_all_is_new() -> None:
    assert MEMBER.level is not None
    assert MEMBER.level(problem(), SENT, {}).cost.tolist() == [1.0, 1.0, 1.0]
