"""What will arrive and when, by a plan, and what one could change first: forecasts with all that is known."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from konvoi.flow.collect import gathering
from konvoi.flow.gather import Gathered
from konvoi.flow.leadtimes import teacher
from konvoi.flow.plans import same_problem
from konvoi.flow.problem import Made, problem
from konvoi.flow.workspace import Workspace
from konvoi.forecast.journeys import Learnt
from konvoi.forecast.outlook import REMEDIES, Outlook
from konvoi.forecast.remedies import remedies
from konvoi.forecast.run import run
from konvoi.forecast.sound import faults
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding, Severity, filled
from konvoi.plan.plan import Plan
from konvoi.plan.possible import Possible

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
    for one whose days run backwards.
    """
    gathered = gathering(work, stop=stop)
    made = problem(gathered)
    same_problem(plan, made.tables, named=named)
    tables = foreseeable(made, gathered)
    findings = faults(tables, plan)
    wrong = next((one for one in findings if one.severity == Severity.ERROR), None)
    if wrong is not None:
        where = f"{wrong.place.file}, row {wrong.place.row}, {wrong.place.column}"
        raise Refused(f"{where}: {wrong.read}; {filled(wrong.expected, wrong.values)}; {wrong.remedy}")
    seed, samples = runs
    learnt = teacher(work, gathered)
    outlook = run(tables, plan, seed=seed, samples=samples, learnt=learnt, stop=stop)
    blank = pl.DataFrame(schema=REMEDIES)
    tried = changes(tables, plan, outlook, learnt=learnt, stop=stop) if changing else blank
    return outlook, tried, findings


def foreseeable(made: Made, gathered: Gathered) -> dict[str, pl.DataFrame]:
    """The tables of a forecast: those of the problem, and the lines and contracts behind what is offered."""
    known = {name: gathered.tables[name] for name in ("lines", "contracts") if name in gathered.tables}
    return {**made.tables, **known}


def changes(
    tables: Tables, plan: Plan, outlook: Outlook, *, learnt: Learnt | None = None, stop: Stop = never
) -> pl.DataFrame:
    """What one could change first: REMEDIES, each possible beside the rest of the plan."""
    return remedies(tables, plan, outlook, Possible.of(tables, plan), learnt=learnt, stop=stop)
