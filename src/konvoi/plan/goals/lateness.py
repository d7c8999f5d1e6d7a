"""Count each day of delay of late arrivals."""

import numpy as np

from konvoi.plan.goal import Goal, Payoff, nothing
from konvoi.plan.goals.earliness import worth
from konvoi.plan.problem import Problem


def _payoff(problem: Problem) -> Payoff:
    """A cost for each day past the due day, up to what the unit is worth."""
    paid = nothing(problem)
    days = np.arange(paid.arrival.shape[1])
    for number, (need, one) in enumerate(zip(problem.needs, worth(problem), strict=True)):
        paid.arrival[number] = -one * np.maximum(days - max(0, need.due), 0) / len(days)
    return paid


MEMBER = Goal("lateness", 2e-5, _payoff)
