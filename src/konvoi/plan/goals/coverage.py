"""Maximise the value: each unit of need counts its weight in time, and a part of it late."""

from konvoi.plan.goal import Goal, Payoff, nothing
from konvoi.plan.problem import Problem


def _payoff(problem: Problem) -> Payoff:
    """The weight by the due day, the late credit until the last useful day, then nothing."""
    paid = nothing(problem)
    for number, need in enumerate(problem.needs):
        weight = need.weight / 10**6
        paid.arrival[number, : need.last + 1] = weight * problem.late_credit / 10**6
        paid.arrival[number, : min(max(0, need.due + 1), need.last + 1)] = weight
    return paid


MEMBER = Goal("coverage", 1.0, _payoff)
