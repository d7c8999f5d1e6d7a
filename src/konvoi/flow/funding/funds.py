"""The gathered tables with economic packages as they stand, and their money as budgets for the planner."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.fund.validate import faults
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.funds import AT_LEAST, DECIDED, EXPECTED, PAID

_TABLES = ("programmes", "tranches", "conditions", "assessments")
_COMING = (DECIDED, EXPECTED)

FUNDS = ("money", "tranche_standing", "programme_standing", "step_standing")
"""The tables of economic packages on a day."""


def with_funds(gathered: Gathered, settings: Settings, day: date | None) -> Gathered:
    """The same with the findings on economic packages and, on a day, the tables of FUNDS.

    `budgets` gains what flows into them. Where nobody handed in economic packages, nothing is added.
    """
    if not any(name in gathered.tables for name in _TABLES):
        return gathered
    told = replace(gathered, findings=(*gathered.findings, *faults(gathered.tables)))
    if day is None:
        return told
    found = derived(told, settings, day, *FUNDS)
    return replace(told, tables={**gathered.tables, **found, **fed_budgets(gathered.tables, found, day)})


def fed_budgets(
    tables: Mapping[str, pl.DataFrame], found: Mapping[str, pl.DataFrame], day: date
) -> dict[str, pl.DataFrame]:
    """Return `budgets` with the money that flows into them, where any does; found: the tables of FUNDS."""
    own = tables.get("budgets", BY_NAME["budgets"].empty())
    fed = into_budgets(found["money"], own, day)
    return {"budgets": pl.concat([own, fed], how="diagonal")} if fed.height else {}


def into_budgets(money: pl.DataFrame, own: pl.DataFrame, day: date) -> pl.DataFrame:
    """The rows of `budgets` that the calendar of money adds: what was paid, and what is to come by its day.

    What is suspended or lost buys nothing; nor does an amount that is not known, or is only about or at most
    so much, or what should have come before today and has not. What `budgets` tells itself, by the same day
    and amount, is not told again.
    """
    known = pl.col("budget").is_not_null() & pl.col("amount").is_not_null() & pl.col("day").is_not_null()
    firm = pl.col("exactness").is_null() | (pl.col("exactness") == AT_LEAST)
    coming = pl.col("what").is_in(_COMING) & (pl.col("day") >= day)
    rows = money.filter(known & firm & ((pl.col("what") == PAID) | coming))
    again = ["budget", "day", "amount", "currency"]
    return rows.join(own.select(again), on=again, how="anti").select(
        *("budget", "party", "day", "amount", "currency"), *("marking", "_file", "_sheet", "_row")
    )
