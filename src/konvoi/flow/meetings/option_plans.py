"""The plan re-solved for the options of a decision: acted on, four weeks later, or not at all."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from konvoi.flow.plans import own_plan, parameters_of, plan_at, same_problem
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.tables import BY_NAME
from konvoi.plan.plan import Plan
from konvoi.plan.planner import Planner
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Later, Scenario, supposed
from konvoi.report.meetings.options import (
    ACT,
    LATER,
    REFUSE,
    WEEKS,
    Effects,
    Resolve,
    Stake,
    none_resolved,
)

Tables = Mapping[str, pl.DataFrame]

MOST_NEEDS = 200
"""Most needs of a problem whose plan a run re-solves for options, up to fifteen times: all readers wait for
the run. `konvoi brief --meeting` re-solves larger ones."""
_NEVER = 260
"""Weeks by which an offer is delayed that is not made: longer than any horizon."""


def option_effects(
    plan: Plan, tables: Tables, stakes: Iterable[Stake], day: date, *, stop: Stop = never
) -> Effects:
    """Return, by record and option, the change in value of the re-solved plan against the plan in force.

    plan: in force. tables: of its problem, as the coordination cell sees it, with what the plan assumes.
    """
    planner = Planner(from_tables(tables, **plan.states()), plan, parameters=parameters_of(plan))
    known = set(tables["offers"]["offer"])
    effects: Effects = {}
    for stake in stakes:
        offers = sorted(known & set(stake.offers))
        if not offers:
            continue
        for option, scenario in _scenarios(tables, stake, offers, day).items():
            stop(Progress("Re-solving the plan for options", len(effects)))
            changed = from_tables(supposed(tables, scenario), **plan.states())
            effects[stake.record, option] = planner.best(changed, stop=stop).difference.value
    return effects


def resolver(plan: Plan | None, tables: Tables, day: date, *, stop: Stop = never) -> Resolve:
    """Return how a run re-solves its plan for the options of a decision sheet.

    tables: of the problem of the plan. Nothing is re-solved without a plan, or for a problem of more than
    MOST_NEEDS.
    """
    if plan is None or tables["needs"].height > MOST_NEEDS:
        return none_resolved
    return lambda stakes: option_effects(plan, tables, stakes, day, stop=stop)


def plan_of_last_run(folder: Path | None, tables: Tables) -> Plan | None:
    """Return the plan of the last run of a workspace, if it is one of the problem of these tables.

    None where the last run left no such plan, or another plan was adopted since.
    """
    found = own_plan(folder)
    if found is None:
        return None
    plan = plan_at(found)
    try:
        same_problem(plan, tables, named=found)
    except Refused:
        return None
    return plan if from_tables(tables, **plan.states()).digest == plan.problem else None


def _scenarios(tables: Tables, stake: Stake, offers: list[str], day: date) -> dict[str, Scenario]:
    """Return a scenario for each option; without an approval that waits, the plan is that of acting."""
    later = tuple(Later(one, WEEKS) for one in offers)
    found = {
        LATER: Scenario("later", later=later, added=_given(tables, stake, day + timedelta(weeks=WEEKS))),
        REFUSE: Scenario("not at all", later=tuple(Later(one, _NEVER) for one in offers)),
    }
    given = _given(tables, stake, day)
    return {ACT: Scenario("act", added=given), **found} if given else found


def _given(tables: Tables, stake: Stake, day: date) -> dict[str, pl.DataFrame]:
    """Return the approvals that a record waits for, given on a day."""
    rows = tables["approvals"].filter(pl.col("approval").is_in(list(stake.approvals)))
    if rows.is_empty():
        return {}
    columns = BY_NAME["approvals"].schema()
    given = rows.with_columns(given=pl.lit(day), refused=pl.lit(None, columns["refused"]))
    return {"approvals": given}
