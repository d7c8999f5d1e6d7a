"""What was gathered, with economic packages as they stand, and their money where the planner looks for it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.fund.calendar import calendar
from konvoi.fund.programmes import programmes
from konvoi.fund.sound import faults
from konvoi.fund.tranches import Standing
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.funds import AT_LEAST, DECIDED, EXPECTED, PAID

_TABLES = ("programmes", "tranches", "conditions", "assessments")
_COMING = (DECIDED, EXPECTED)


def with_funds(gathered: Gathered, day: date | None) -> Gathered:
    """The same with the findings on economic packages and, on a day, what is drawn of them.

    Drawn are `money` (konvoi.fund.calendar.MONEY), `tranche_standing` (konvoi.fund.tranches.STANDING),
    `programme_standing` (konvoi.fund.programmes.PROGRAMMES) and `step_standing` (konvoi.fund.steps.STEPS);
    `budgets` gains what flows into them. Where nobody handed in economic packages, nothing is added.
    """
    if not any(name in gathered.tables for name in _TABLES):
        return gathered
    told = replace(gathered, findings=(*gathered.findings, *faults(gathered.tables)))
    if day is None:
        return told
    return replace(told, tables={**gathered.tables, **drawn(gathered.tables, day)})


def drawn(tables: Mapping[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """What is drawn of economic packages on a day, by name, and `budgets` where something flows into them."""
    standing = Standing(tables, day)
    money = calendar(standing)
    own = tables.get("budgets", BY_NAME["budgets"].empty())
    fed = into_budgets(money, own, day)
    return {
        "money": money,
        "tranche_standing": standing.frame(),
        "programme_standing": programmes(standing),
        "step_standing": standing.steps,
        **({"budgets": pl.concat([own, fed], how="diagonal")} if fed.height else {}),
    }


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
