"""Each day past the due day costs a part of what the unit is worth; coming in time costs nothing."""

import numpy as np
from tests.plan.worlds import day, problem

from konvoi.plan.goals.lateness import MEMBER


def test_each_day_late_costs_and_none_in_time() -> None:
    """Of 28 days: weight 2, due on day 13."""
    paid = MEMBER.payoff(problem(needs=[{"weight": 2, "due": day(13)}])).arrival[0]
    assert paid[:14].tolist() == [0.0] * 14
    assert np.allclose(paid[14:17], [-2 / 28, -4 / 28, -6 / 28])
