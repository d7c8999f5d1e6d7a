"""Planning in a workspace: by its settings and what a person wishes otherwise, minding delays or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.problem import Made
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace
from konvoi.forecast.outlook import Outlook
from konvoi.forecast.run import run as foresee
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.plan.mindful import CHANCES
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem, from_tables
from konvoi.plan.solve import Parameters, solve

Tables = Mapping[str, pl.DataFrame]
_TENTHS = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Wish:
    """What a person wishes otherwise than the settings say; None: as they say.

    gap: the part of the bound by which the mix may stay below it. near: the plan in force.
    """

    ordered: bool | None = None
    mindful: bool | None = None
    gap: float | None = None
    near: Plan | None = None


def planning(
    made: Made, work: Workspace, *, wish: Wish | None = None, stop: Stop = never
) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan of a problem; None where there is nothing to plan: no horizon, or no needs."""
    if made.lacking:
        return None, made.findings
    posed, wished = from_tables(made.tables), wish or Wish()
    plan = _plan(posed, work.settings, wished, stop=stop)
    mindful = work.settings.delays if wished.mindful is None else wished.mindful
    if mindful and not plan.movements.is_empty():
        late = expected_late(made.tables, plan, work.settings, stop=stop)
        plan = _plan(posed, work.settings, wished, late=late, stop=stop)
    return plan, (*made.findings, *posed.findings)


def nothing_planned(made: Made, work: Workspace) -> Plan:
    """The plan of a problem in which there is nothing to plan: empty, with value and bound 0."""
    return _plan(from_tables(made.tables), work.settings, Wish(), stop=never)


def _plan(
    posed: Problem, settings: Settings, wish: Wish, *, late: pl.DataFrame | None = None, stop: Stop
) -> Plan:
    ordered = settings.goals == "ordered" if wish.ordered is None else wish.ordered
    chosen = Parameters(rounds=settings.rounds, ordered=ordered)
    if wish.gap is not None:
        chosen = replace(chosen, gap=wish.gap)
    return solve(posed, parameters=chosen, seed=settings.seed, near=wish.near, chances=late, stop=stop)


def expected_late(tables: Tables, plan: Plan, settings: Settings, *, stop: Stop = never) -> pl.DataFrame:
    """How late the movements of a plan are to be expected, by site: CHANCES."""
    outlook = foresee(tables, plan, seed=settings.seed, samples=settings.samples, stop=stop)
    return chances(tables["needs"], plan, outlook)


def chances(needs: pl.DataFrame, plan: Plan, outlook: Outlook) -> pl.DataFrame:
    """How late things come, by site, from the forecast of a plan that does not mind delays: CHANCES.

    Between the days by which a movement has come in 10, 50 and 90 of 100 runs, and as far beyond the last as
    that lies behind the middle, each day is as likely as the next; a site's movements count alike.
    """
    rows = (
        plan.movements.select("movement", "need", "arrives")
        .join(outlook.movements, on="movement")
        .join(needs.select("need", "site").unique("need", keep="first"), on="need")
        .sort("movement")
    )
    found: dict[str, dict[int, float]] = {}
    for row in rows.iter_rows(named=True):
        ends = [(row[name] - row["arrives"]).days for name in ("first", "middle", "last")]
        mine = found.setdefault(row["site"], {})
        for days, share in _spread(ends):
            mine[days] = mine.get(days, 0.0) + share
    lines = [
        {"site": site, "days": days, "share": share / sum(spread.values())}
        for site, spread in sorted(found.items())
        for days, share in sorted(spread.items())
    ]
    return pl.DataFrame(lines, schema=CHANCES)


def _spread(ends: list[int]) -> list[tuple[int, float]]:
    """Days late and their shares, given those by which it has come in 10, 50 and 90 of 100 runs.

    >>> _spread([0, 0, 2])
    [(0, 0.5), (1, 0.2), (2, 0.2), (3, 0.05), (4, 0.05)]
    """
    first, middle, last = ends
    parts = [(first, first, 0.1), (first, middle, 0.4), (middle, last, 0.4), (last, 2 * last - middle, 0.1)]
    found: dict[int, float] = {}
    for low, high, share in parts:
        days = range(low + 1, high + 1) or range(high, high + 1)
        for day in days:
            found[max(0, day)] = found.get(max(0, day), 0.0) + share / len(days)
    return [(day, round(share, 9)) for day, share in sorted(found.items())]
