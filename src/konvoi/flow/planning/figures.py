"""Figures of planning as tables."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from konvoi.flow.as_gathered import gathered_of
from konvoi.flow.planning.movements_by_need import movements_by_need
from konvoi.flow.planning.tables import (
    BOTTLENECKS,
    LEGS,
    MOVEMENTS,
    PAYMENTS,
    PRICES,
    STANDARDS,
    UNMET,
    VALUE,
)
from konvoi.flow.settings import Settings
from konvoi.model.answers import MEETS
from konvoi.plan.standards import offer_standards

if TYPE_CHECKING:
    from konvoi.flow.planning.problem import Made
    from konvoi.plan.plan import Plan


def standards_checked(*, day: date | None, answers: pl.DataFrame, **inputs: pl.DataFrame) -> pl.DataFrame:
    """Return the standing of each offer to each point of a standard in force on a day; without a day, no
    row.
    """
    if day is None:
        return STANDARDS.schema().to_frame()
    return offer_standards(inputs, day, _answered(answers))


def _answered(answers: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Return the answers of parties about points of standards: by offer and point."""
    found: dict[tuple[str, str], str] = {}
    for row in answers.sort("order", "question").iter_rows(named=True):
        if row["kind"] == "standards" and row["outcome"] == "taken" and row["answer"] in MEETS:
            offer, _, points = str(row["record"]).removeprefix("offers/").partition("#")
            found |= {(offer, point): row["answer"] for point in points.split(";")}
    return found


def needs_met(**inputs: pl.DataFrame) -> pl.DataFrame:
    """Return the supply that meets each need before anything is planned."""
    from konvoi.flow.planning.problem import met_before

    return met_before(gathered_of(inputs))


def oversupply_of(*, offer_standards: pl.DataFrame, **inputs: pl.DataFrame) -> pl.DataFrame:
    """Return needs of which more is on its way than they ask for."""
    from konvoi.flow.planning.supplies import oversupplied

    return oversupplied(gathered_of(inputs), offer_standards)


def movements_planned(*, plan: "Plan | None") -> pl.DataFrame:
    """Return the movements of the plan with the lanes and sites of their legs; without a plan, no row."""
    if plan is None:
        return MOVEMENTS.schema().to_frame()
    ends = pl.concat_list("from", "to").explode().unique(maintain_order=True)
    used = plan.legs.group_by("movement", maintain_order=True).agg(
        lanes=pl.col("lane").unique(maintain_order=True), sites=ends
    )
    return plan.movements.join(used, on="movement", how="left", maintain_order="left").select(
        list(MOVEMENTS.schema())
    )


def legs_planned(*, plan: "Plan | None") -> pl.DataFrame:
    """Return the legs of planned movements."""
    return LEGS.schema().to_frame() if plan is None else plan.legs


def payments_planned(*, plan: "Plan | None", problem: "Made") -> pl.DataFrame:
    """Return the payments for planned purchases, each with the currency of its budget."""
    return PAYMENTS.schema().to_frame() if plan is None else paid(plan, problem.tables["budgets"])


def paid(plan: "Plan", budgets: pl.DataFrame | None) -> pl.DataFrame:
    """Return the payments of a plan, each with the currency of its budget."""
    if plan.payments.is_empty() or budgets is None:
        return PAYMENTS.schema().to_frame()
    known = budgets.select("budget", "currency").drop_nulls()
    rows = plan.payments.join(
        known.unique("budget", keep="first", maintain_order=True),
        on="budget",
        how="left",
        maintain_order="left",
    )
    return rows.select(list(PAYMENTS.schema()))


def needs_unmet(*, plan: "Plan | None") -> pl.DataFrame:
    """Return the needs that the plan does not meet by their due day, with the reason.

    movements: what the plan sends to the need; the quantity that is not met rests on them.
    """
    if plan is None:
        return UNMET.schema().to_frame()
    sent = movements_by_need(plan.movements)
    return plan.unmet.join(sent, on="need", how="left", maintain_order="left").select(list(UNMET.schema()))


def prices(*, plan: "Plan | None") -> pl.DataFrame:
    """Return the prices of all limits that bind."""
    return PRICES.schema().to_frame() if plan is None else plan.prices


def value(*, plan: "Plan | None") -> pl.DataFrame:
    """Return the value of the plan and the bound of all plans in one row."""
    rows = [] if plan is None else [{name: getattr(plan, name) for name in VALUE.schema()}]
    return pl.DataFrame(rows, schema=VALUE.schema())


def bottlenecks_of(*, problem: "Made", plan: "Plan | None", settings: Settings) -> pl.DataFrame:
    """Return the bottlenecks, as many as the settings ask for, the largest gain first."""
    # The solver is loaded for those who ask for bottlenecks alone.
    from konvoi.plan.bottlenecks import bottlenecks
    from konvoi.plan.solve import Parameters

    if plan is None or not settings.bottlenecks:
        return BOTTLENECKS.schema().to_frame()
    parameters = Parameters(rounds=settings.rounds)
    return bottlenecks(problem.tables, plan, most=settings.bottlenecks, parameters=parameters)
