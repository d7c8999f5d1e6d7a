"""The plan in force: adopted by people, and carried on while inputs change.

While the problem stays as it was an adopted plan does, too (konvoi.flow.adopted_plan); otherwise it
is carried on (konvoi.plan.rolling), with a reason for each change.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.flow.adopted_plan import InForce, assumed_in, assumption_as_dict, in_force
from konvoi.flow.adoptions import IN_FORCE
from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.plan_workspace import Wish, allowed_delays, parameters, planning
from konvoi.flow.planning.problem import Made, dispatched, told_once
from konvoi.flow.today import known_today
from konvoi.flow.workspace import Workspace
from konvoi.kit.days import monday
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.plan.confirm import confirmed
from konvoi.plan.frozen import Window
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.roll_reasons import ROLL_CHANGES
from konvoi.plan.rolling import Roll, explained, roll, with_confirmed_causes
from konvoi.plan.scenario import horizon

CHANGES = pl.Schema({**ROLL_CHANGES, "adopted": pl.Date(), "since": pl.String()})
"""Changes of the plan with their reasons: the columns of konvoi.plan.roll_reasons.ROLL_CHANGES; adopted: day
of the adoption of the plan in force; since: ADOPTION or LATER."""
ADOPTION, LATER = "adoption", "later"
"""Changes by the adoption from the plan before, and of the plan in force since by new inputs."""


@dataclass(frozen=True)
class PlanNow:
    """The plan of today, with the problem that it solves, what was found, and its changes: CHANGES.

    force: None while no plan was adopted; then the plan is made from nothing.
    """

    made: Made
    plan: Plan | None
    findings: tuple[Finding, ...]
    changes: pl.DataFrame
    force: InForce | None = None


def plan_now(work: Workspace, made: Made, gathered: Gathered, *, stop: Stop = never) -> PlanNow:
    """Return the plan of a workspace: the plan in force carried on; where there is none, a new one.

    made: the problem as it was submitted; gathered: of the coordination cell, whose plan it is: of the view
    of another reader nothing that was adopted is part.
    """
    force = in_force(work) if gathered.view.is_cell else None
    if force is None or made.lacking:
        plan, told = planning(made, work, gathered=gathered, stop=stop)
        return PlanNow(made, plan, told, pl.DataFrame(schema=CHANGES))
    made = assumed_in(made, force)
    posed = from_tables(made.tables, **force.plan.states())
    told = told_once(made, posed.findings)
    if posed.digest == force.plan.problem:
        plan, later = confirmed(made.tables, force.plan, stop=stop), force.changes.clear()
    else:
        plan, later = _carried_on(work, made, gathered, force, stop)
    return PlanNow(made, plan, told, pl.concat(_dated(force, later)), force)


def _dated(force: InForce, later: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for since, rows in ((ADOPTION, force.changes), (LATER, later)):
        yield rows.with_columns(adopted=pl.lit(force.day), since=pl.lit(since)).select(CHANGES.names())


def _carried_on(
    work: Workspace, made: Made, gathered: Gathered, force: InForce, stop: Stop
) -> tuple[Plan, pl.DataFrame]:
    """Return the plan in force as it stands with new inputs, and its changes."""
    week = week_of(made, known_today(gathered, work.settings))
    delays = allowed_delays(work, made, gathered, force.plan, wish=Wish(), stop=stop)
    wished = Roll(force.plan, Window(week, 0), reported=dispatched(gathered))
    chosen = parameters(work.settings, Wish())
    rolled = roll(made.tables, wished, parameters=chosen, seed=work.settings.seed, chances=delays, stop=stop)
    return with_confirmed_causes(rolled, stop=stop).plan, rolled.changes


def in_force_files(now: PlanNow) -> Iterator[tuple[str, bytes]]:
    """Yield the file that names the plan in force for the coordination cell: id, name, day, assumed."""
    if now.force is not None:
        one = now.force
        told = {"id": one.id, "name": one.name, "day": one.day.isoformat()}
        assumed = [assumption_as_dict(scenario) for scenario in one.assumed]
        yield IN_FORCE, json.dumps({**told, "assumed": assumed}, ensure_ascii=False, indent=1).encode()


def week_of(made: Made, day: date | None) -> date:
    """Return the Monday of the week of a day, within the weeks that are planned."""
    start, end = horizon(made.tables["horizon"])
    return start if day is None else min(max(monday(day), start), monday(end))


def changes_between(made: Made, before: Plan, after: Plan, gathered: Gathered, day: date) -> pl.DataFrame:
    """Return the changes from one plan to another with reasons: ROLL_CHANGES. made: solved by `after`."""
    week = week_of(made, day)
    return explained(made.tables, before, after, week=week, reported=dispatched(gathered))
