"""Planning in a workspace: by its settings and what a person wishes otherwise, minding delays or not."""

from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.forecast.forecast_workspace import Ahead
from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.problem import Made, told_once
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace
from konvoi.forecast.outlook import Outlook
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.plan.confirm import confirmed
from konvoi.plan.mindful import CHANCES
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import Parameters, solve


@dataclass(frozen=True)
class Wish:
    """A person's wishes that differ from the settings; None: as in the settings.

    gap: the part of the bound by which the mix may stay below it. near: the plan in force.
    confirm: number of remedies of unmet needs to try; None: as many as the size of the problem allows.
    """

    ordered: bool | None = None
    mindful: bool | None = None
    gap: float | None = None
    near: Plan | None = None
    confirm: int | None = None


def planning(
    made: Made,
    work: Workspace,
    *,
    gathered: Gathered | None = None,
    wish: Wish | None = None,
    stop: Stop = never,
) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan of a problem; None where there is nothing to plan: no horizon, or no needs.

    gathered: what the workspace knows besides; a plan that minds delays learns from it how late things come.
    """
    if made.lacking:
        return None, made.findings
    posed = from_tables(made.tables)
    wished = wish or Wish()
    plan = _plan(posed, work.settings, wished, stop=stop)
    mindful = work.settings.delays if wished.mindful is None else wished.mindful
    if mindful and not plan.movements.is_empty():
        ahead = Ahead.of(work, made, gathered)
        plan = _minding(ahead, posed, work.settings, wished, plan, stop=stop)
    plan = confirmed(made.tables, plan, most=wished.confirm, stop=stop)
    return plan, told_once(made, posed.findings)


def nothing_planned(made: Made, work: Workspace) -> Plan:
    """The plan of a problem in which there is nothing to plan: empty, with value and bound 0."""
    return _plan(from_tables(made.tables), work.settings, Wish(), stop=never)


def _plan(
    posed: Problem, settings: Settings, wish: Wish, *, late: pl.DataFrame | None = None, stop: Stop
) -> Plan:
    chosen = parameters(settings, wish)
    return solve(posed, parameters=chosen, seed=settings.seed, near=wish.near, chances=late, stop=stop)


def parameters(settings: Settings, wish: Wish) -> Parameters:
    """Return the parameters of a search: those of the settings, where a person wishes nothing else."""
    ordered = settings.goals == "ordered" if wish.ordered is None else wish.ordered
    chosen = Parameters(rounds=settings.rounds, ordered=ordered)
    return chosen if wish.gap is None else replace(chosen, gap=wish.gap)


def _minding(
    ahead: Ahead, posed: Problem, settings: Settings, wish: Wish, nominal: Plan, *, stop: Stop
) -> Plan:
    """A plan that minds how late the first one comes, or the first, whichever forecasts say brings more.

    Both are forecast with the same seed and as often; of equal ones the first is taken.
    """
    seen = ahead.run(nominal, why=False, stop=stop)
    plan = _plan(posed, settings, wish, late=chances(ahead.tables["needs"], nominal, seen), stop=stop)
    best = plan if ahead.run(plan, why=False, stop=stop).worth > seen.worth else nominal
    return replace(best, parameters={**best.parameters, "mindful": True})


def expected_late(ahead: Ahead, plan: Plan, *, stop: Stop = never) -> pl.DataFrame:
    """Return the expected delay of the movements of a plan, by site and need: CHANCES."""
    return chances(ahead.tables["needs"], plan, ahead.run(plan, why=False, stop=stop))


def allowed_delays(
    work: Workspace, made: Made, gathered: Gathered, plan: Plan, *, wish: Wish, stop: Stop = never
) -> pl.DataFrame | None:
    """Return the expected delay of a plan's movements, for one that allows for delays; None if none does."""
    mindful = work.settings.delays if wish.mindful is None else wish.mindful
    return expected_late(Ahead.of(work, made, gathered), plan, stop=stop) if mindful else None


def chances(needs: pl.DataFrame, plan: Plan, outlook: Outlook) -> pl.DataFrame:
    """Return the expected delay by need and by site, from the forecast of a plan: CHANCES.

    The movements to a need, and all to a site, count alike.
    """
    rows = (
        plan.movements.select("movement", "need")
        .join(outlook.lateness, on="movement")
        .join(needs.select("need", "site").unique("need", keep="first"), on="need")
    )
    both = pl.concat([rows, rows.with_columns(need=pl.lit(None, dtype=pl.String))])
    return (
        both.group_by("site", "need", "days")
        .agg(pl.col("share").sort().sum())
        .sort("site", "need", "days")
        .with_columns(share=pl.col("share") / pl.col("share").sum().over("site", "need"))
        .select(CHANCES.names())
    )
