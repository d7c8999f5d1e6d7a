"""Plan and forecast of one view, kept as tables, so that pages can be drawn without solving anything again.

The tables are those of the catalogue; a reader other than the coordination cell has the rows and columns that
were released to it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.declare import Derived
from konvoi.flow.forecast import figures as forecasts
from konvoi.flow.forecast import tables as forecast_tables
from konvoi.flow.planning import figures, tables
from konvoi.flow.view import CELL
from konvoi.forecast import outlook as seen
from konvoi.forecast.outlook import Outlook
from konvoi.model.entries import ENTRIES, RELATIONS
from konvoi.model.stages import Stage
from konvoi.plan import plan as planned
from konvoi.plan.plan import Plan
from konvoi.report.case import Case
from konvoi.report.planning.released_plan import NOT_SHOWN

Kept = Callable[[str], pl.DataFrame | None]
"""Returns a kept table by its name in the catalogue; None where there is none."""

NEEDED = (
    *("goods", "sites", "parties", "needs", "offers", "budgets", "lanes", "capacities", "equivalences"),
    *("horizon", "met", "movements", "receipts", "bottlenecks", "screening_hits", "people_in_need", "kits"),
)
"""Tables of the documents, and derived from them, that the pages of the planning room are drawn from."""


def plan_tables(case: Case) -> dict[str, pl.DataFrame]:
    """Return the tables of plan and forecast of a case; without a plan, none."""
    if case.plan is None:
        return {}
    plan = case.plan
    budgets = case.tables.get("budgets")
    found = {
        tables.MOVEMENTS: figures.movements_planned(plan=plan),
        tables.LEGS: figures.legs_planned(plan=plan),
        tables.PAYMENTS: figures.paid(plan, budgets),
        tables.UNMET: figures.needs_unmet(plan=plan),
    }
    if case.reader == CELL:
        found |= {tables.PRICES: figures.prices(plan=plan), tables.VALUE: figures.value(plan=plan)}
    if case.outlook is not None:
        forecast = forecasts.Forecast(case.outlook, plan.movements, pl.DataFrame)
        found |= {
            forecast_tables.NEEDS: forecasts.needs(forecast=forecast),
            forecast_tables.MOVEMENTS: forecasts.movements(forecast=forecast),
            forecast_tables.LATENESS: forecasts.lateness(forecast=forecast),
            forecast_tables.QUEUES: forecasts.queues(forecast=forecast),
        }
        if case.reader == CELL:
            found |= {
                forecast_tables.PARTNERS: forecasts.partners(forecast=forecast),
                forecast_tables.CAUSES: forecasts.causes(forecast=forecast),
                forecast_tables.BASES: forecasts.bases(forecast=forecast),
            }
    return {declared.name: _released(declared, rows, case.reader) for declared, rows in found.items()}


def _released(declared: Derived, rows: pl.DataFrame, reader: str) -> pl.DataFrame:
    """Return the columns of a table that a reader sees."""
    if reader == CELL:
        return rows
    return rows.drop([one.name for one in declared.columns if one.cell_only and one.name in rows.columns])


def kept_case(
    kept: Kept,
    received: Iterable[str],
    *,
    title: str,
    day: date,
    recipient: str,
    reader: str,
    exercise: bool,
) -> Case:
    """Return the case of a view as far as plan and needs are drawn from it.

    received: goods of which any receipt is among the entries.
    """
    found = {name: rows for name in NEEDED if (rows := kept(name)) is not None}
    return Case(
        title=title,
        day=day,
        recipient=recipient,
        entries=_entries(received),
        relations=pl.DataFrame(schema=RELATIONS),
        documents=pl.DataFrame(schema={"submission": pl.String(), "name": pl.String()}),
        tables=found,
        findings=(),
        plan=_plan(kept),
        outlook=_outlook(kept),
        exercise=exercise,
        reader=reader,
    )


def _entries(received: Iterable[str]) -> pl.DataFrame:
    """Return one entry for each good that was received: pages ask no more of them."""
    goods = pl.DataFrame({"good": sorted(received)}, schema={"good": pl.String()})
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in ENTRIES.items() if name != "good"]
    return goods.with_columns(absent).with_columns(stage=pl.lit(str(Stage.RECEIVED))).select(list(ENTRIES))


def _plan(kept: Kept) -> Plan | None:
    movements = kept(tables.MOVEMENTS.name)
    if movements is None:
        return None
    value = kept(tables.VALUE.name)
    first = {} if value is None or value.is_empty() else value.row(0, named=True)
    unmet = _of(kept(tables.UNMET.name), planned.UNMET)
    return Plan(
        problem=str(first.get("problem") or ""),
        version="",
        parameters={},
        seed=int(first.get("seed") or 0),
        stopped=str(first.get("stopped") or ""),
        value=first.get("value") or Decimal(0),
        bound=first.get("bound") or Decimal(0),
        movements=_of(movements, planned.MOVEMENTS),
        legs=_of(kept(tables.LEGS.name), planned.LEGS),
        unmet=unmet.with_columns(
            pl.col("cause").fill_null(NOT_SHOWN), pl.col("parameters").fill_null(pl.lit("{}"))
        ),
    )


def _outlook(kept: Kept) -> Outlook | None:
    movements = kept(forecast_tables.MOVEMENTS.name)
    if movements is None:
        return None
    return Outlook(
        plan="",
        seed=0,
        samples=0,
        needs=_of(kept(forecast_tables.NEEDS.name), seen.NEEDS),
        movements=_of(movements, seen.MOVEMENTS),
        lateness=_of(kept(forecast_tables.LATENESS.name), seen.LATENESS),
        queues=_of(kept(forecast_tables.QUEUES.name), seen.QUEUES),
        partners=_of(kept(forecast_tables.PARTNERS.name), seen.PARTNERS),
        causes=_of(kept(forecast_tables.CAUSES.name), seen.CAUSES),
        bases=_of(kept(forecast_tables.BASES.name), seen.BASES),
    )


def _of(rows: pl.DataFrame | None, schema: pl.Schema) -> pl.DataFrame:
    """Return rows with the columns of a schema; those that a reader does not have are empty."""
    if rows is None:
        return pl.DataFrame(schema=schema)
    return rows.select(
        pl.col(name) if name in rows.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
    )
