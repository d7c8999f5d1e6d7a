"""Catalogue and network: goods, sites and lanes as the planner uses them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

import polars as pl

from konvoi.kit.money import to_major
from konvoi.plan.clean import Notes
from konvoi.plan.exact import micro
from konvoi.plan.parts import Good, Lane, Site
from konvoi.plan.validate import counted, named

Tables = Mapping[str, pl.DataFrame]
_BETWEEN = re.compile(r"[;,|\n]")


def listed(text: str | None) -> tuple[str, ...]:
    """The members of a list that stands in one cell."""
    return tuple(part.strip() for part in _BETWEEN.split(text or "") if part.strip())


def goods(tables: Tables, notes: Notes) -> tuple[Good, ...]:
    """The goods that can travel: those whose weight is known."""
    return tuple(good for row in tables["goods"].iter_rows(named=True) if (good := _good(row, notes)))


def _good(row: dict[str, Any], notes: Notes) -> Good | None:
    """One good, or a finding why it cannot be planned."""
    if not counted(notes, "goods", row, above=("step",), least=("weight_kg", "pallets", "neq_kg", "least")):
        return None
    if row["weight_kg"] is None:
        notes.tell(
            "problem-good-without-weight",
            "goods",
            row,
            "weight_kg",
            "the gross weight of one {unit}",
            "Fill the weight; until then nothing of {good} is planned, for its load is not known.",
            good=row["good"],
            unit=row["unit"],
        )
        return None
    return Good(
        id=row["good"],
        step=micro(row["step"], 10**6),
        tonnes=micro(row["weight_kg"]),
        pallets=micro(row["pallets"]) * 1000,
        neq=micro(row["neq_kg"]) * 1000,
        codes=listed(row["codes"]),
        least=micro(row["least"]),
    )


def sites(tables: Tables) -> tuple[Site, ...]:
    """The sites, in order of their ids."""
    return tuple(Site(row["site"], row["region"] or "") for row in tables["sites"].iter_rows(named=True))


def transit(days: Decimal) -> int:
    """Whole days that a lane is planned with: half the time less, rounded up, at least one."""
    return max(1, int(days.to_integral_value(rounding=ROUND_CEILING)))


def lanes(tables: Tables, places: Mapping[str, int], money: "Money", notes: Notes) -> tuple[Lane, ...]:
    """The lanes between known sites, in order of their ids."""
    return tuple(
        lane for row in tables["lanes"].iter_rows(named=True) if (lane := _lane(row, places, money, notes))
    )


def _lane(row: dict[str, Any], places: Mapping[str, int], money: "Money", notes: Notes) -> Lane | None:
    """One lane, or a finding why it cannot be used."""
    ends = named(notes, "lanes", row, {"from": (places, "sites"), "to": (places, "sites")})
    possible = counted(
        notes,
        "lanes",
        row,
        above=("vehicle_tonnes", "vehicle_pallets"),
        least=("days_p50", "least_tonnes"),
    )
    if not possible or not ends:
        return None
    if row["from"] == row["to"]:
        notes.tell(
            "problem-lane-to-itself",
            "lanes",
            row,
            "to",
            "another site than the one it starts at",
            "Correct the lane's end, or delete the lane.",
        )
        return None
    for column in ("cost", "movement_cost"):
        if row[column] is not None and row[column] < 0:
            notes.tell(
                "problem-number-not-possible",
                "lanes",
                row,
                column,
                "zero, or a number above",
                "Correct the number; until then it counts as zero.",
            )
    cost, movement_cost = (money.euro(row[name], row["currency"]) for name in ("cost", "movement_cost"))
    return Lane(
        id=row["lane"],
        start=places[row["from"]],
        end=places[row["to"]],
        days=transit(row["days_p50"]),
        cost=max(0.0, cost or 0.0),
        carrier=row["carrier"] or "",
        movement_cost=max(0.0, movement_cost or 0.0),
        least=micro(row["least_tonnes"]),
        vehicle_tonnes=micro(row["vehicle_tonnes"]),
        vehicle_pallets=micro(row["vehicle_pallets"]),
    )


@dataclass(frozen=True)
class Money:
    """The newest rates by the first day of the horizon; for comparing costs only, never for a total."""

    rates: Mapping[str, Decimal]

    def euro(self, minor: int | None, currency: str | None) -> float | None:
        """An amount in euro; None where the amount or the rate is not known."""
        rate = self.rates.get(currency or "")
        if minor is None or rate is None:
            return None
        return float(to_major(minor, currency or "") / rate)


def money(tables: Tables, start: date) -> Money:
    """The rates that hold on a day."""
    rates = {"EUR": Decimal(1)}
    known = tables["rates"].filter((pl.col("day") <= start) & (pl.col("per_eur") > 0))
    for row in known.sort("day", "currency", "per_eur").iter_rows(named=True):
        rates[row["currency"]] = row["per_eur"]
    return Money(rates)
