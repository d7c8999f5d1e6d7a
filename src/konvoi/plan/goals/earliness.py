"""Prefer early arrivals, which leave room for delays."""

import numpy as np

from konvoi.plan.goal import Goal, Payoff, nothing
from konvoi.plan.problem import Problem


def worth(problem: Problem) -> list[float]:
    """Return the value of one unit of each need, with its share of its kit."""
    found = [need.weight / 10**6 for need in problem.needs]
    for kit in problem.kits:
        for need, per_kit in kit.parts:
            found[need] += kit.weight / per_kit / len(kit.parts)
    return found


def _payoff(problem: Problem) -> Payoff:
    """A cost that grows with each day, up to what the unit is worth."""
    paid = nothing(problem)
    days = np.arange(paid.arrival.shape[1]) / paid.arrival.shape[1]
    for number, one in enumerate(worth(problem)):
        paid.arrival[number] = -one * days
    return paid


MEMBER = Goal("earliness", 1e-5, _payoff)
