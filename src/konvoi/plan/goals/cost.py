"""Prefer the cheaper of two equally good paths, and of two equally good sources the one without cost."""

from konvoi.plan.goal import Goal, Payoff, nothing
from konvoi.plan.goals.earliness import worth
from konvoi.plan.problem import Problem


def _payoff(problem: Problem) -> Payoff:
    """Costs in euro against the dearest of their kind, which weighs as much as the least unit needed."""
    paid = nothing(problem)
    least = min((one for one in worth(problem) if one > 0), default=0.0)
    dearest = max((lane.cost for lane in problem.lanes), default=0.0)
    for number, lane in enumerate(problem.lanes):
        paid.haul[number] = -least * lane.cost / dearest if dearest > 0 else 0.0
    dearest = max((source.cost for source in problem.sources), default=0.0)
    for number, source in enumerate(problem.sources):
        paid.source[number] = -least * source.cost / dearest if dearest > 0 else 0.0
    return paid


MEMBER = Goal("cost", 1e-6, _payoff)
