"""Figures of the forecast as tables."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from konvoi.flow.declare import Derived
from konvoi.flow.forecast.tables import (
    BASES,
    CAUSES,
    LATENESS,
    MOVEMENTS,
    NEEDS,
    PARTNERS,
    QUEUES,
    REMEDIES,
)
from konvoi.flow.planning.movements_by_need import movements_by_need
from konvoi.forecast.outlook import Outlook


@dataclass(frozen=True)
class Forecast:
    """The forecast of a plan, the plan's movements, and the search for remedies, which takes longer."""

    outlook: Outlook
    movements: pl.DataFrame
    remedies: Callable[[], pl.DataFrame]


def needs(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return the on-time probability of each need with something planned."""
    return _part(NEEDS, forecast, "needs")


def movements(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return the on-time probability of each planned movement."""
    return _part(MOVEMENTS, forecast, "movements")


def lateness(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return the days by which each planned movement comes late, with the share of the runs."""
    return _part(LATENESS, forecast, "lateness")


def partners(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return the on-time probability of each partner."""
    return _part(PARTNERS, forecast, "partners")


def causes(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return the causes of delay by need and partner."""
    return _part(CAUSES, forecast, "causes")


def bases(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return the basis of the lead times of each kind of step."""
    return _part(BASES, forecast, "bases")


def queues(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return on-time probabilities with and without queues."""
    return _part(QUEUES, forecast, "queues")


def remedies(*, forecast: Forecast | None) -> pl.DataFrame:
    """Return, for each need that is not sure, the change that brings most of it in time."""
    return REMEDIES.schema().to_frame() if forecast is None else forecast.remedies()


def _part(declared: Derived, forecast: Forecast | None, part: str) -> pl.DataFrame:
    if forecast is None:
        return declared.schema().to_frame()
    found: pl.DataFrame = getattr(forecast.outlook, part)
    if "movements" in declared.schema() and "movements" not in found.columns:
        sent = movements_by_need(forecast.movements)
        found = found.join(sent, on="need", how="left", maintain_order="left")
    return found
