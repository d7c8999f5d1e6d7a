"""The form of a goal: payment of the plan for an arrival, and its cost of a haul or a purchase.

Members lie in `goals/`, one file each. Those with a payoff are blended while consignments are sought: the
weight of each is so small that it only decides between plans that are equal by the goals before it. A goal
with a level is for the ordered form alone: it compares what many consignments bring together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from konvoi.plan.net import Floats, Ints
from konvoi.plan.problem import Problem

Force = Mapping[tuple[int, int], float]
"""Consignments of the plan in force: units by source and need."""


@dataclass(frozen=True)
class Payoff:
    """arrival[need, day]: for one unit of need; haul[lane]: for one tonne; source[source]: for one unit.

    arrival may not rise from one day to the next: waiting at the goal is never paid for.
    """

    arrival: Floats
    haul: Floats
    source: Floats


def nothing(problem: Problem) -> Payoff:
    """A payoff of zeros, to be filled."""
    return Payoff(
        np.zeros((len(problem.needs), max(1, problem.days))),
        np.zeros(len(problem.lanes)),
        np.zeros(len(problem.sources)),
    )


class Sendings(NamedTuple):
    """Consignments as goals see them: units of need that one unit of each brings, and its tonnes."""

    need: Ints
    source: Ints
    brings: Floats
    tonnes: Floats


class Row(NamedTuple):
    """A sum over units of some consignments and over further unknowns, from `least` to `most`."""

    least: float
    most: float
    at: Ints
    each: Floats
    further: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Level:
    """Objective of the ordered form, minimised: cost of a unit of each consignment and each further unknown.

    Further unknowns are at least 0; rows tie them to consignments. measure: of units of each, where
    that is not their cost.
    """

    cost: Floats
    further: tuple[float, ...] = ()
    rows: tuple[Row, ...] = ()
    measure: Callable[[Floats], float] | None = None

    def figure(self, units: Floats) -> float:
        """Return the score of the goal for so many units of each consignment: the less the better."""
        return self.measure(units) if self.measure else float(self.cost @ units)


@dataclass(frozen=True)
class Goal:
    """A goal, its weight in the blend, and what it is paid, or its level in the ordered form."""

    name: str
    weight: float
    payoff: Callable[[Problem], Payoff] = nothing
    level: Callable[[Problem, Sendings, Force], Level] | None = None


def blend(problem: Problem, goals: tuple[Goal, ...]) -> Payoff:
    """The goals' payoffs, each by its weight, added."""
    whole = nothing(problem)
    for goal in (one for one in goals if one.weight):
        part = goal.payoff(problem)
        whole.arrival[:] += goal.weight * part.arrival
        whole.haul[:] += goal.weight * part.haul
        whole.source[:] += goal.weight * part.source
    return whole
