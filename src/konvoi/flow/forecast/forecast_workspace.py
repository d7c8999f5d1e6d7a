"""Forecasts of the arrivals of a plan, with days and possible changes, from all that is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from konvoi.flow.adopted_plan import in_force, problem_of
from konvoi.flow.forecast.leadtimes import teacher
from konvoi.flow.forecast.supposed_days import assumed, shocks
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.planning.problem import Made, problem
from konvoi.flow.plans import same_problem
from konvoi.flow.view import CELL
from konvoi.flow.workspace import Workspace
from konvoi.forecast.journeys import Learnt
from konvoi.forecast.outlook import REMEDIES, Outlook
from konvoi.forecast.remedies import remedies
from konvoi.forecast.run import run
from konvoi.forecast.steps import Assumed
from konvoi.forecast.validate import faults
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding, Severity, filled
from konvoi.plan.plan import Plan
from konvoi.plan.possible import Possible
from konvoi.report.planning.released_plan import released_outlook, released_plan

Tables = Mapping[str, pl.DataFrame]


def forecast(
    work: Workspace,
    plan: Plan,
    runs: tuple[int, int],
    *,
    named: Path,
    changing: bool = True,
    stop: Stop = never,
) -> tuple[Outlook, pl.DataFrame, tuple[Finding, ...]]:
    """The forecast of a plan of a workspace, what one could change (REMEDIES), and what could not be used.

    runs: the seed, and how many. named: how the problem was named. Refused for a plan of another problem, and
    for one whose days run backwards. The forecast is the coordination cell's: another reader gets the rows of
    visible movements, and no findings on the plan.
    """
    whole = replace(work, view=replace(work.view, reader=CELL))
    gathered = loaded(whole, stop=stop)
    made = problem_of(plan, problem(gathered), in_force(whole))
    try:
        same_problem(plan, made.tables, named=named)
    except Refused:
        if work.view.is_cell:
            raise
        # The message names a record, which the reader may not see.
        raise Refused(f"{named}: the plan is another problem's; name the problem that was planned") from None
    ahead = Ahead.of(whole, made, gathered)
    findings = faults(ahead.tables, plan)
    wrong = next((one for one in findings if one.severity == Severity.ERROR), None)
    if wrong is not None and not work.view.is_cell:
        raise Refused(f"{named}: the days of the plan run backwards")
    if wrong is not None:
        where = f"{wrong.place.file}, row {wrong.place.row}, {wrong.place.column}"
        raise Refused(f"{where}: {wrong.read}; {filled(wrong.expected, wrong.values)}; {wrong.remedy}")
    seed, samples = runs
    ahead = replace(ahead, seed=seed, samples=samples)
    outlook = ahead.run(plan, stop=stop)
    blank = pl.DataFrame(schema=REMEDIES)
    if not work.view.is_cell:
        seen = loaded(work, stop=stop)
        shown = released_plan(plan, gathered.tables, seen.tables)
        if (released := released_outlook(outlook, plan, shown)) is None:
            raise ValueError("a plan and its forecast are released together")
        return released, blank, ()
    tried = ahead.changes(plan, outlook, stop=stop) if changing else blank
    return outlook, tried, findings


@dataclass(frozen=True)
class Ahead:
    """All that a forecast of any plan of a problem rests on.

    tables: those of the problem, and what else tells of steps. learnt: what history says of days; assumed:
    days where nothing says any.
    """

    tables: Tables
    seed: int
    samples: int
    learnt: Learnt | None = None
    assumed: Assumed = field(default_factory=dict)

    @classmethod
    def of(cls, work: Workspace, made: Made, gathered: Gathered | None = None) -> "Ahead":
        """Return the inputs of a forecast for a workspace; without gathered documents, its tables and
        settings alone.
        """
        told = work.settings
        tables = made.tables if gathered is None else foreseeable(made, gathered)
        learnt = None if gathered is None else teacher(work, gathered)
        every = {**tables, "shocks": shocks(told.forecast)}
        return cls(every, told.seed, told.samples, learnt, assumed(told.forecast))

    def run(self, plan: Plan, *, why: bool = True, stop: Stop = never) -> Outlook:
        """The forecast of a plan; without `why` nothing is found of causes and queues."""
        return run(
            self.tables,
            plan,
            seed=self.seed,
            samples=self.samples,
            learnt=self.learnt,
            assumed=self.assumed,
            why=why,
            stop=stop,
        )

    def changes(self, plan: Plan, outlook: Outlook, *, stop: Stop = never) -> pl.DataFrame:
        """Return the changes that could be made first: REMEDIES, each possible beside the rest of the
        plan.
        """
        return remedies(
            self.tables,
            plan,
            outlook,
            Possible.of(self.tables, plan),
            learnt=self.learnt,
            assumed=self.assumed,
            stop=stop,
        )


def foreseeable(made: Made, gathered: Gathered) -> dict[str, pl.DataFrame]:
    """The tables of a forecast: those of the problem, and the lines and contracts behind what is offered."""
    known = {name: gathered.tables[name] for name in ("lines", "contracts") if name in gathered.tables}
    return {**made.tables, **known}
