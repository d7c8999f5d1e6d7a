"""What a goal is: what the plan is paid for an arrival, and what a haul or a purchase costs it.

Members lie in `goals/`, one file each. They are blended: a goal's weight is so small that it only decides
between plans that are equal by the goals before it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from konvoi.plan.net import Floats
from konvoi.plan.problem import Problem


@dataclass(frozen=True)
class Payoff:
    """arrival[need, day]: for one unit of need; haul[lane]: for one tonne; source[source]: for one unit.

    arrival may not rise from one day to the next: waiting at the goal is never paid for.
    """

    arrival: Floats
    haul: Floats
    source: Floats


@dataclass(frozen=True)
class Goal:
    """A goal and its weight in the blend."""

    name: str
    weight: float
    payoff: Callable[[Problem], Payoff]


def nothing(problem: Problem) -> Payoff:
    """A payoff of zeros, to be filled."""
    return Payoff(
        np.zeros((len(problem.needs), max(1, problem.days))),
        np.zeros(len(problem.lanes)),
        np.zeros(len(problem.sources)),
    )


def blend(problem: Problem, goals: tuple[Goal, ...]) -> Payoff:
    """The goals' payoffs, each by its weight, added."""
    whole = nothing(problem)
    for goal in goals:
        part = goal.payoff(problem)
        whole.arrival[:] += goal.weight * part.arrival
        whole.haul[:] += goal.weight * part.haul
        whole.source[:] += goal.weight * part.source
    return whole
