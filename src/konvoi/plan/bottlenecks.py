"""Values of bottlenecks: the gain from more room or earlier money, each by planning anew.

The price of a row selects the candidates. The stated gain is that of a plan with the change, near the old
one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.table import QUANTITY
from konvoi.plan.corridor import TRAIN, mondays
from konvoi.plan.difference import difference
from konvoi.plan.layout import limits
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Later, Scenario, supposed
from konvoi.plan.solve import Parameters, solve
from konvoi.plan.vehicles import LORRY

Tables = Mapping[str, pl.DataFrame]

BOTTLENECKS = pl.Schema(
    {
        "kind": pl.String(),
        "key": pl.String(),
        "resource": pl.String(),
        "from": pl.Date(),
        "to": pl.Date(),
        "more": QUANTITY,
        "price": QUANTITY,
        "gain": QUANTITY,
        "good": pl.String(),
        "site": pl.String(),
        "quantity": QUANTITY,
    }
)
"""One line for each bottleneck, the largest gain first. kind: lane, site, or budget. from, to: the Mondays of
the first and last full week; of a budget the day of the tranche, twice. more: what each week has more of the
resource; of a budget the days by which the tranche comes later. price: what its prices promise. gain: what
the value rises by, or falls by where money comes later (then below 0). good, site, quantity: the good and
place of which most more (or less) comes in time, in units of need; null where no need changes."""

_WEEK = 7
_MOST_NAMED = 5

_HARDLY = Decimal("0.000001")


@dataclass(frozen=True)
class _Full:
    """A lane or site that is full in consecutive weeks, or a tranche; price: sum over its rows."""

    kind: str
    key: str
    resource: str
    first: date
    last: date
    more: Decimal
    price: float


def bottlenecks(
    tables: Tables, plan: Plan, *, most: int = 5, parameters: Parameters | None = None, stop: Stop = never
) -> pl.DataFrame:
    """Return the bottlenecks with the highest prices, each confirmed by a plan of its own: BOTTLENECKS.

    tables: those that the plan solves. most: number to try. Those without a gain are left out.
    """
    posed = from_tables(tables, **plan.states())
    able = sorted(_full(tables, posed, plan), key=lambda one: (-one.price, one.kind, one.key, one.first))
    able = able[:most]
    frame = limits(posed).frame
    named = _named(frame, tables, plan, able)

    def anew(changed: Tables) -> Plan:
        return solve(from_tables(changed, **plan.states()), parameters=parameters, seed=plan.seed, near=plan)

    before = plan
    lines = list[dict[str, object]]()
    for number, one in enumerate([*able, *named]):
        # Places that reasons name are tried where the prices promise nothing: neither contradicts the other.
        if lines and number >= len(able):
            break
        if stop(Progress("Pricing bottlenecks", number, len(able) + len(named))):
            break
        if before is plan and one.kind != "budget":
            # Gains from replanning alone, with hardly any more room, are no gain of the change.
            before = max(plan, anew(_changed(tables, frame, replace(one, more=_HARDLY))), key=_value)
        changed = _changed(tables, frame, one)
        after = anew(changed)
        gain = after.value - before.value
        if gain < 0 if one.kind == "budget" else gain > 0:
            lines.append(_line(one, gain, _most(before, after, changed)))
    return pl.DataFrame(lines, schema=BOTTLENECKS).sort(pl.col("gain").abs(), "key", descending=[True, False])


def _value(plan: Plan) -> Decimal:
    return plan.value


def _full(tables: Tables, problem: Problem, plan: Plan) -> Iterator[_Full]:
    """Yield the resources with a price: consecutive weeks of a lane or site as one, and each tranche."""
    modes = {row["lane"]: row["mode"] for row in tables["lanes"].iter_rows(named=True)}
    rows = plan.prices.filter(pl.col("kind").is_in(["lane", "site"])).sort("kind", "key", "resource", "week")
    run: list[dict[str, Any]] = []
    for row in rows.iter_rows(named=True):
        if run and not _follows(run[-1], row):
            yield _of_run(run, modes)
            run = []
        run.append(row)
    if run:
        yield _of_run(run, modes)
    money = plan.prices.filter(pl.col("kind") == "budget").iter_rows(named=True)
    for row in money:
        if row["week"] is not None and row["week"] >= problem.start:
            yield _Full("budget", row["key"], "money", row["week"], row["week"], Decimal(_WEEK), row["price"])


def _named(frame: pl.DataFrame, tables: Tables, plan: Plan, able: list[_Full]) -> list[_Full]:
    """Return the single places that reasons for unmet needs name as full, the most needs first; each once."""
    modes = {row["lane"]: row["mode"] for row in tables["lanes"].iter_rows(named=True)}
    count = dict[tuple[str, date, date], int]()
    for text in plan.unmet.filter(pl.col("cause").str.starts_with("corridor-full-"))["parameters"]:
        values = json.loads(text)
        weeks = mondays(values["weeks"])
        if ", " not in values["places"] and weeks:
            key = (values["places"], min(weeks), max(weeks))
            count[key] = count.get(key, 0) + 1
    tried = {(one.key, one.resource) for one in able}
    found = []
    for place, first, last in sorted(count, key=lambda key: (-count[key], key)):
        rows = frame.filter(pl.col("kind").is_in(["lane", "site"]) & (pl.col("key") == place))
        for kind, resource in sorted(rows.select("kind", "resource").unique().rows()):
            if (place, resource) not in tried:
                tried.add((place, resource))
                vehicle = TRAIN if kind == "lane" and modes.get(place) == "rail" else LORRY
                found.append(_Full(kind, place, resource, first, last, vehicle[resource], 0.0))
    return found[:_MOST_NAMED]


def _follows(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return True if a row is the same place's in the next week."""
    same = all(one[name] == other[name] for name in ("kind", "key", "resource"))
    return same and other["week"] - one["week"] == timedelta(days=_WEEK)


def _of_run(run: list[dict[str, Any]], modes: Mapping[str, str]) -> _Full:
    first = run[0]
    last = run[-1]
    vehicle = TRAIN if first["kind"] == "lane" and modes.get(first["key"]) == "rail" else LORRY
    more = vehicle[first["resource"]]
    price = float(more) * sum(row["price"] for row in run)
    return _Full(first["kind"], first["key"], first["resource"], first["week"], last["week"], more, price)


def _changed(tables: Tables, frame: pl.DataFrame, one: _Full) -> Tables:
    """The tables with more room in each of the weeks, or the tranche a week later; frame: that of Limits."""
    if one.kind == "budget":
        return supposed(tables, Scenario("a week later", later=(Later(one.key, 1),)))
    capacities = tables["capacities"]
    there = frame.filter((pl.col("kind") == one.kind) & (pl.col("key") == one.key))
    wider = [_week_of(row, one) for row in there.iter_rows(named=True)]
    others = capacities.filter(pl.col("on") != one.key)
    rows = pl.DataFrame(wider, schema={name: capacities.schema[name] for name in wider[0]})
    return {**tables, "capacities": pl.concat([others, rows], how="diagonal_relaxed")}


def _week_of(row: Mapping[str, Any], one: _Full) -> dict[str, Any]:
    """A capacity of one week and resource, wider where that is tried."""
    wider = row["resource"] == one.resource and one.first <= row["week"] <= one.last
    room = row["upper"] + (one.more if wider else 0)
    found = dict.fromkeys(("tonnes", "pallets", "neq_kg")) | {row["resource"]: room}
    end = row["week"] + timedelta(days=_WEEK - 1)
    return {"on": one.key, "from": row["week"], "to": end, **found}


class _Delivery(NamedTuple):
    """Change of what comes of a good to a place in time."""

    good: str
    site: str
    quantity: Decimal


def _most(before: Plan, after: Plan, tables: Tables) -> _Delivery | None:
    """Return the good and place with the largest change in timely deliveries, and the amount."""
    found = (
        difference(before, after, tables)
        .needs.with_columns(change=pl.col("after") - pl.col("before"))
        .group_by("good", "site")
        .agg(pl.col("change").sum())
        .filter(pl.col("change") != 0)
        .sort(pl.col("change") * (1 if after.value > before.value else -1), "good", descending=[True, False])
    )
    return None if found.is_empty() else _Delivery(*found.row(0))


def _line(one: _Full, gain: Decimal, most: _Delivery | None) -> dict[str, object]:
    return {
        "kind": one.kind,
        "key": one.key,
        "resource": one.resource,
        "from": one.first,
        "to": one.last,
        "more": one.more,
        "price": round(Decimal(one.price), 6),
        "gain": round(gain, 6),
        "good": most.good if most else None,
        "site": most.site if most else None,
        "quantity": most.quantity if most else None,
    }
