"""A small problem in which needs compete for a lane, laid out for compiled code."""

from tests.plan.worlds import day, problem

from konvoi.plan.core.field import Field, field_of
from konvoi.plan.goal import Payoff, blend
from konvoi.plan.goals import MEMBERS
from konvoi.plan.layout import limits, net
from konvoi.plan.limits import Limits
from konvoi.plan.problem import Problem


def crowded() -> tuple[Problem, Limits, Field, Payoff]:
    """Six needs at one place, six offers at one depot; the lane takes nine tonnes a week, two needs a kit."""
    posed = problem(
        needs=[
            {"need": f"N{k}", "due": day(6 + k), "weight": 1 + k, "last_useful": day(27)} for k in range(6)
        ],
        offers=[{"offer": f"O{k}", "ready": day(k), "quantity": 7} for k in range(6)],
        capacities=[{"on": "DX", "tonnes": 9}, {"on": "XS", "tonnes": 8}],
        kits=[{"kit": "K", "need": f"N{k}", "per_kit": 2, "weight": 4} for k in (4, 5)],
    )
    rows = limits(posed)
    return posed, rows, field_of(net(posed), rows), blend(posed, MEMBERS)
