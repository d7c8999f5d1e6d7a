"""The problem as the audit sees it: exact fractions straight from the tables, by code of its own.

Of the planner it uses only how tables are cleaned (which columns decide, which rows are left out), never how
a plan is found.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

Row = dict[str, Any]
RESOURCES = ("tonnes", "pallets", "neq_kg")


@dataclass(frozen=True)
class World:
    """Rows by id, without those that no plan may use."""

    start: date
    end: date
    credit: Fraction
    goods: Mapping[str, Row]
    sites: Mapping[str, Row]
    lanes: Mapping[str, Row]
    needs: Mapping[str, Row]
    offers: Mapping[str, Row]
    options: Mapping[tuple[str, str, str, str], Row]
    tranches: Mapping[str, dict[date, int]]
    kits: Mapping[str, list[Row]]
    ratios: Mapping[tuple[str, str], Fraction]
    rows: Mapping[str, list[Row]]

    @cached_property
    def shut(self) -> Mapping[str, list[Row]]:
        """The closures and blocks of each lane and site."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows["closures"]:
            found[row["on"]].append(row)
        for row in self.rows["blocked"]:
            if row["kind"] in {"lane", "site"}:
                found[row["value"]].append(row)
            elif row["kind"] == "carrier":
                for lane, way in self.lanes.items():
                    if way["carrier"] and way["carrier"] == row["value"]:
                        found[lane].append(row)
        return found

    @cached_property
    def papers(self) -> Mapping[str, list[Row]]:
        """The approvals by what they cover."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows["approvals"]:
            found[row["covers"]].append(row)
        return found

    def load(self, good: str, resource: str) -> Fraction:
        """Return the use of a resource by one unit of a good."""
        row = self.goods[good]
        if resource == "tonnes":
            return Fraction(row["weight_kg"]) / 1000
        return Fraction(row[resource] or 0)

    def transit(self, lane: str) -> int:
        """Whole days that a lane takes."""
        return max(1, math.ceil(Fraction(self.lanes[lane]["days_p50"])))

    def last(self, need: str) -> date:
        """The last day on which a need is of use, within the horizon."""
        row = self.needs[need]
        useful: date = row["last_useful"] or row["due"]
        return min(useful, self.end)


def world(
    tables: Mapping[str, pl.DataFrame], states: tuple[str, ...], offer_states: tuple[str, ...]
) -> World:
    """Read cleaned tables: ids that lead nowhere and numbers that cannot be leave their rows out."""
    horizon = tables["horizon"].row(0, named=True) if tables["horizon"].height else None
    start = horizon["start"] - timedelta(days=horizon["start"].weekday()) if horizon else date(1970, 1, 5)
    weeks = min(max(0, horizon["weeks"]), 520) if horizon else 0
    stated = horizon["late_credit"] if horizon else None
    credit = Fraction(stated) if stated is not None and 0 <= stated <= 1 else Fraction(1, 2)
    catalogue = {row["good"] for row in tables["goods"].rows(named=True)}
    goods = {r["good"]: r for r in tables["goods"].rows(named=True) if _travels(r)}
    sites = {r["site"]: r for r in tables["sites"].rows(named=True)}
    needs = {r["need"]: r for r in tables["needs"].rows(named=True) if _needed(r, states, catalogue, sites)}
    return World(
        start=start,
        end=start + timedelta(days=weeks * 7 - 1),
        credit=credit,
        goods=goods,
        sites=sites,
        lanes={r["lane"]: r for r in tables["lanes"].rows(named=True) if _leads(r, sites)},
        needs=needs,
        offers={
            r["offer"]: r
            for r in tables["offers"].rows(named=True)
            if (r["state"] or "accepted") in offer_states and _lies(r, goods, sites) and r["quantity"] >= 0
        },
        options=_options(tables, goods, sites),
        tranches=_tranches(tables, start),
        kits=_kits(tables, needs),
        ratios=_ratios(tables),
        rows={name: frame.rows(named=True) for name, frame in tables.items()},
    )


def _travels(row: Row) -> bool:
    """Return True if a good's load is known and possible."""
    loads = [row["weight_kg"], row["pallets"], row["neq_kg"], row["least"]]
    return (
        loads[0] is not None
        and all(load is None or load >= 0 for load in loads)
        and (row["step"] is None or row["step"] > 0)
    )


def _needed(row: Row, states: tuple[str, ...], catalogue: set[str], sites: Mapping[str, Row]) -> bool:
    """Return True if a need is planned."""
    known = row["good"] in catalogue and row["site"] in sites and (row["state"] or "validated") in states
    return known and row["quantity"] > 0 and (row["weight"] is None or row["weight"] >= 0)


def _lies(row: Row, goods: Mapping[str, Row], sites: Mapping[str, Row]) -> bool:
    """Return True if something that can travel lies at a known site."""
    return row["good"] in goods and row["site"] in sites


def _leads(row: Row, sites: Mapping[str, Row]) -> bool:
    """Return True if a lane leads from one known site to another."""
    possible = row["days_p50"] >= 0 and (row["least_tonnes"] or 0) >= 0
    possible &= all(row[name] is None or row[name] > 0 for name in ("vehicle_tonnes", "vehicle_pallets"))
    return {row["from"], row["to"]} <= set(sites) and row["from"] != row["to"] and possible


def _own(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """The currency of each budget: that of its earliest tranche, one without a day first."""
    own: dict[str, tuple[date, str]] = {}
    for row in tables["budgets"].rows(named=True):
        if row["amount"] is not None:
            first = (row["day"] or date.min, row["currency"])
            own[row["budget"]] = min(first, own.get(row["budget"], first))
    return {budget: currency for budget, (_, currency) in own.items()}


def _tranches(tables: Mapping[str, pl.DataFrame], start: date) -> dict[str, dict[date, int]]:
    """For each budget and day of a tranche, all its money up to that day."""
    own = _own(tables)
    money: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in tables["budgets"].rows(named=True):
        if row["amount"] is not None and row["amount"] >= 0 and row["currency"] == own[row["budget"]]:
            money[row["budget"]][max(start, row["day"] or start)] += row["amount"]
    return {
        budget: {day: sum(amount for other, amount in days.items() if other <= day) for day in sorted(days)}
        for budget, days in money.items()
    }


def _options(
    tables: Mapping[str, pl.DataFrame], goods: Mapping[str, Row], sites: Mapping[str, Row]
) -> dict[tuple[str, str, str, str], Row]:
    """Return the possible purchases, by budget, good, supplier and site; the first of equals."""
    own = _own(tables)
    found: dict[tuple[str, str, str, str], Row] = {}
    for row in tables["budgets"].rows(named=True):
        if row["good"] is None or not _lies(row, goods, sites):
            continue
        possible = row["price"] is not None and row["price"] >= 0 and (row["lead_days"] or 0) >= 0
        possible = possible and (row["most"] is None or row["most"] >= 0)
        if possible and row["currency"] == own.get(row["budget"], row["currency"]):
            found.setdefault((row["budget"], row["good"], row["supplier"] or "", row["site"]), row)
    return found


def _kits(tables: Mapping[str, pl.DataFrame], needs: Mapping[str, Row]) -> dict[str, list[Row]]:
    """The kits whose components are all planned."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in tables["kits"].rows(named=True):
        rows[row["kit"]].append(row)
    found = {}
    for name in sorted(rows):
        parts = {row["need"] for row in rows[name]}
        possible = all(row["per_kit"] > 0 and (row["weight"] or 0) >= 0 for row in rows[name])
        if possible and parts <= set(needs):
            found[name] = rows[name]
    return found


def kit_weight(rows: list[Row]) -> Fraction:
    """Return the value of one whole kit."""
    return max((Fraction(row["weight"]) for row in rows if row["weight"] is not None), default=Fraction(1))


def _ratios(tables: Mapping[str, pl.DataFrame]) -> dict[tuple[str, str], Fraction]:
    """Units of need for one unit, by good sent and good needed."""
    found = {
        (row["good"], row["serves"]): Fraction(row["ratio"])
        for row in tables["equivalences"].rows(named=True)
        if row["ratio"] > 0 and row["good"] != row["serves"]
    }
    return found | {(good, good): Fraction(1) for good in tables["goods"]["good"]}
