"""The plan that a person names, or the one in force, with the problem that it solves."""

from dataclasses import dataclass
from pathlib import Path

from konvoi.flow.adopted_plan import in_force, problem_of
from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.plan_in_force import plan_now
from konvoi.flow.planning.problem import Made, problem
from konvoi.flow.plans import plan_at
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.plan.plan import Plan

ADOPTED = "the plan in force"
"""Name of a plan that lies in no folder."""


@dataclass(frozen=True)
class NamedPlan:
    """A plan, and the problem that it solves. name: its folder, or ADOPTED."""

    plan: Plan
    made: Made
    name: str


def named_plan(named: Path | None, work: Workspace, gathered: Gathered, *, stop: Stop = never) -> NamedPlan:
    """Return the plan of a folder; None named: the plan that was adopted, carried on with what came since.

    gathered: of the coordination cell, whose plans they are. The problem holds the assumptions of the plan in
    force, except for a plan that was made without them.
    """
    made = problem(gathered)
    if named is not None:
        plan = plan_at(named)
        return NamedPlan(plan, problem_of(plan, made, in_force(work)), str(named))
    now = plan_now(work, made, gathered, stop=stop)
    if now.plan is None:
        raise Refused(f"nothing to plan: the problem has nothing in table `{', '.join(now.made.lacking)}`")
    return NamedPlan(now.plan, now.made, ADOPTED)
