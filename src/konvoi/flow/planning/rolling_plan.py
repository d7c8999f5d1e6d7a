"""The plan of a week, carried on from last week's, with what was reported since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl

from konvoi.flow.adopted_plan import in_force, problem_of
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.planning.plan_workspace import Wish, allowed_delays, parameters
from konvoi.flow.planning.problem import Made, dispatched, problem, told_once
from konvoi.flow.plans import plan_at
from konvoi.flow.view import CELL
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding, Place, Severity
from konvoi.plan.frozen import Window
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.rolling import Roll, Rolled, roll, with_confirmed_causes
from konvoi.plan.scenario import horizon


@dataclass(frozen=True)
class Carry:
    """The plan to carry on, in its folder; the week, and how much may change.

    freeze: weeks in which nothing changes. most: changes at most; None: as many as pay. cost: of a change, in
    units of value.
    """

    plan: Path
    week: date
    freeze: int
    most: int | None
    cost: Decimal


@dataclass(frozen=True)
class Carried:
    """The problem, the plan of the week with its changes, what was found, and the cell's tables."""

    made: Made
    rolled: Rolled
    findings: tuple[Finding, ...]
    refused: int
    tables: Mapping[str, pl.DataFrame]


def carried_on(work: Workspace, carry: Carry, wish: Wish, *, stop: Stop = never) -> Carried:
    """Return the plan of a week that carries on the plan of the week before; for the coordination cell.

    Goods that were reported as dispatched are no longer planned, as always; what should have left before the
    week and was not reported is planned anew. Where nobody reports, all that should have left is taken to
    have left, and a finding says so.

    Raises Refused where the plan is another problem's, or the week is not one that is planned.
    """
    whole = replace(work, view=replace(work.view, reader=CELL))
    last = plan_at(carry.plan)
    gathered = loaded(whole, stop=stop)
    made = problem_of(last, problem(gathered), in_force(whole))
    if made.lacking:
        raise Refused(f"nothing to plan: the problem has nothing in table `{', '.join(made.lacking)}`")
    _of_this_problem(last, gathered, carry.plan)
    start, end = horizon(made.tables["horizon"])
    opens = carry.week + timedelta(weeks=carry.freeze)
    if not start <= carry.week <= end or opens > end:
        raise Refused(
            f"week of {carry.week}, frozen for {carry.freeze}: planned are the weeks from {start} to {end}; "
            "name a week of these, or plan more weeks"
        )
    posed = from_tables(made.tables, **last.states())
    reported = dispatched(gathered)
    rolled = roll(
        made.tables,
        Roll(last, Window(carry.week, carry.freeze), carry.most, carry.cost, reported),
        parameters=parameters(work.settings, wish),
        seed=work.settings.seed,
        chances=allowed_delays(whole, made, gathered, last, wish=wish, stop=stop),
        stop=stop,
    )
    rolled = with_confirmed_causes(rolled, most=wish.confirm, stop=stop)
    told = (*told_once(made, posed.findings), *_unreported(rolled, carry, reported))
    found = [*gathered.findings, *(one for one in told if one not in gathered.findings)]
    return Carried(made, rolled, tuple(found), gathered.refused, gathered.tables)


def _unreported(rolled: Rolled, carry: Carry, reported: Mapping[str, Decimal] | None) -> tuple[Finding, ...]:
    """Return a finding if movements are taken to have left because nobody reports any."""
    before = rolled.plan.movements.filter(pl.col("departs") < carry.week)
    if reported is not None or before.is_empty():
        return ()
    return (
        Finding(
            Severity.WARNING,
            "plan-nothing-reported",
            Place(str(carry.plan), "movements", 0, "departs"),
            str(before.height),
            expected="movements and receipts that were reported",
            remedy="Submit dispatches and receipts; until then all dispatches planned up to {week} are "
            "assumed to have taken place.",
            values={"week": str(carry.week)},
        ),
    )


def _of_this_problem(last: Plan, gathered: Gathered, named: Path) -> None:
    """Refuse a plan none of whose needs was handed in; some may have been met or withdrawn since."""
    needs = gathered.tables.get("needs")
    known = set() if needs is None else set(needs["need"])
    planned = set(last.movements["need"])
    if planned and not planned & known:
        raise Refused(
            f"{named}: the plan is another problem's: need {min(planned)} is not in table `needs`; "
            "name the problem that was planned"
        )
