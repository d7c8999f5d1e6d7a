"""Split of last week's plan: movements that left, are frozen, may change, or cannot happen any more."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import polars as pl

from konvoi.plan.exact import decimal
from konvoi.plan.plan import Plan
from konvoi.plan.recount import Count, Fault, Key, count, faults, origin, room
from konvoi.plan.world import RESOURCES, Row, World


@dataclass(frozen=True)
class Window:
    """The week from which is planned anew, and the number of weeks from then on in which nothing changes."""

    week: date
    freeze: int

    @property
    def opens(self) -> date:
        """Return the first day on which something may leave or be ordered that was not planned before."""
        return self.week + timedelta(weeks=self.freeze)


class Broken(NamedTuple):
    """The reason why a movement cannot happen as planned: a code of konvoi.plan.roll_reasons, its values."""

    code: str
    values: Mapping[str, str]


@dataclass
class Split:
    """The movements of last week's plan, each in one place; loads and punctuality are those of this week.

    frozen: stay as they are. gone: left before the week; the tables no longer hold their goods. open: may
    change. broken: by movement, the reason why it cannot happen any more. used: what the frozen ones take.
    """

    legs: dict[str, list[Row]] = field(default_factory=dict)
    frozen: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    open: list[Row] = field(default_factory=list)
    broken: dict[str, Broken] = field(default_factory=dict)
    used: Count = field(default_factory=Count)


def split_plan(
    here: World, plan: Plan, window: Window, reported: Mapping[str, Decimal] | None = None
) -> Split:
    """Return last week's plan by what may still become of each movement.

    here: the problem of this week. reported: quantity that was reported as dispatched, by line; None where
    nobody reports, so that what should have left is taken to have left. A movement is frozen if it leaves, or
    what it carries is ordered, before the window opens. A frozen movement that breaks a limit of this week is
    broken: of several that share a place which is too small now, those that leave last.
    """
    found = Split(legs_by_movement(plan))
    orders = plan.payments.group_by("movement").agg(pl.col("ordered").min())
    ordered = {row["movement"]: row["ordered"] for row in orders.iter_rows(named=True)}
    left = None if reported is None else dict(reported)
    limits = room(here)
    for row in plan.movements.sort("departs", "movement").iter_rows(named=True):
        move = of_today(here, row, found.legs.get(row["movement"], []))
        first = min(row["departs"], ordered.get(row["movement"]) or row["departs"])
        _place(found, here, move, frozen=first < window.opens, week=window.week, left=left, limits=limits)
    return found


def _place(
    found: Split,
    here: World,
    move: Row,
    *,
    frozen: bool,
    week: date,
    left: dict[str, Decimal] | None,
    limits: Mapping[Key, Fraction],
) -> None:
    """Put one movement where it belongs."""
    name = move["movement"]
    line = (here.offers.get(move["offer"] or "") or {}).get("line")
    if move["departs"] < week and left is not None and line:
        done = min(max(Decimal(0), left.get(line, Decimal(0))), move["quantity"])
        left[line] = left.get(line, Decimal(0)) - done
        if done == move["quantity"]:
            found.gone.append(move)
        else:
            rest = format((move["quantity"] - done).normalize() + 0, "f")
            found.broken[name] = Broken("not-dispatched", {"day": str(move["departs"]), "quantity": rest})
        return
    if move["departs"] < here.start:
        found.gone.append(move)
        return
    legs = found.legs.get(name, [])
    wrong = next(faults(here, move, legs), None)
    if wrong is not None:
        found.broken[name] = _reason(wrong)
    elif not frozen:
        found.open.append(move)
    else:
        _freeze(found, here, move, limits)


def _freeze(found: Split, here: World, move: Row, limits: Mapping[Key, Fraction]) -> None:
    """Keep a movement as it is if there is room for it beside those frozen before."""
    name = move["movement"]
    taken = count(here, [move], {name: found.legs.get(name, [])})
    for key, amount in sorted(taken.taken.items(), key=str):
        if key[0] != "need" and key in limits and found.used.taken[key] + amount > limits[key]:
            kind, of, week, resource = key
            values = {"kind": kind, "key": of, "week": str(week or ""), "resource": resource}
            found.broken[name] = Broken("limit", values)
            return
    for key, amount in taken.taken.items():
        found.used.taken[key] += amount
    for need, arrivals in taken.brought.items():
        found.used.brought[need] += arrivals
    found.frozen.append(move)


def legs_by_movement(plan: Plan) -> dict[str, list[Row]]:
    """Return the legs of each movement of a plan, in their order."""
    return legs_of_table(plan.legs)


def legs_of_table(legs: pl.DataFrame) -> dict[str, list[Row]]:
    """Return the legs of each movement in a table of legs, in their order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for leg in legs.sort("movement", "leg").iter_rows(named=True):
        found[leg["movement"]].append(leg)
    return dict(found)


def of_today(here: World, row: Row, legs: list[Row]) -> Row:
    """Return a movement with its origin; loads of its legs and punctuality follow the tables of today."""
    need = here.needs.get(row["need"])
    if row["good"] in here.goods:
        for leg in legs:
            for resource in RESOURCES:
                load = Fraction(row["quantity"]) * here.load(row["good"], resource)
                leg[resource] = decimal(round(load * 10**6))
    on_time = row["on_time"] if need is None else row["arrives"] <= need["due"]
    return row | {"on_time": on_time, "_from": origin(here, row, legs) if need else None}


_CODES = {
    ("audit-unknown", "need"): "need-gone",
    ("audit-unknown", "good"): "good-gone",
    ("audit-unknown", "offer"): "offer-gone",
    ("audit-unknown", "lane"): "lane-gone",
    ("audit-not-allowed", "good"): "not-accepted",
    ("audit-not-allowed", "need"): "earmarked",
    ("audit-not-allowed", "departs"): "not-ready",
    ("audit-not-allowed", "budget"): "not-bought-in-time",
    ("audit-not-a-step", "quantity"): "step-changed",
}


def _reason(wrong: Fault) -> Broken:
    """The reason of a fault: something is gone, shut, not ready, or takes other days than before."""
    if wrong.code == "audit-shut":
        return Broken("shut", {"place": wrong.values["lane"], "day": wrong.values["day"]})
    if wrong.code == "audit-date" and wrong.leg is None and wrong.column == "arrives":
        return Broken("too-late", {"day": wrong.values["expected"]})
    return Broken(_CODES.get((wrong.code, wrong.column), "route-changed"), {})
