"""Sections of the planning room: parts of a plan by week, hub, partner, place or region."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.days import monday
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Share, Table, Value, Week
from konvoi.report.planning.arrivals import behind
from konvoi.report.planning.coverage_tables import NO_NEEDS
from konvoi.report.planning.need_status import PARTS, served, worth
from konvoi.report.reports.corridors import Row, loads_by_week, place_of

NO_REGION = Message("region not stated")
_MOST_WEEKS = 60


def weeks(case: Case) -> list[date]:
    """Return the Mondays of the weeks in which anything leaves or arrives."""
    if case.plan is None:
        return []
    days = [day for name in ("departs", "arrives") for day in case.plan.legs[name].drop_nulls()]
    return sorted({monday(day) for day in days})


def hubs(case: Case) -> list[str]:
    """Return the sites through which movements of the plan run."""
    if case.plan is None:
        return []
    return sorted({*case.plan.legs["from"].drop_nulls(), *case.plan.legs["to"].drop_nulls()})


def givers(case: Case) -> dict[str, str]:
    """Return the partner of each movement of the plan: whose offer, or whose budget it is."""
    if case.plan is None:
        return {}
    offers = dict(table(case, "offers").select("offer", "party").iter_rows())
    budgets = dict(table(case, "budgets").select("budget", "party").iter_rows())
    rows = case.plan.movements.select("movement", "offer", "budget").iter_rows()
    found = {movement: offers.get(offer) or budgets.get(budget) for movement, offer, budget in rows}
    return {movement: party for movement, party in found.items() if party}


def regions(case: Case) -> list[str]:
    """Return the regions in which anything is needed."""
    return sorted({one for one in _region_of_need(case).values() if one})


def _region_of_need(case: Case) -> dict[str, str]:
    known = dict(table(case, "sites").select("site", "region").iter_rows())
    return {need: known.get(site) or "" for need, site in table(case, "needs").select("need", "site").rows()}


def of_movements(case: Case, hub: str = "", party: str = "") -> Case:
    """Return a case with the movements that run through a hub, or are of a partner; empty: any."""
    if case.plan is None or not (hub or party):
        return case
    kept = set(case.plan.movements["movement"])
    if hub:
        legs = case.plan.legs.filter((pl.col("from") == hub) | (pl.col("to") == hub))
        kept &= set(legs["movement"])
    if party:
        kept &= {movement for movement, one in givers(case).items() if one == party}
    return _with_movements(case, kept)


def _with_movements(case: Case, kept: Iterable[str]) -> Case:
    if case.plan is None:
        return case
    chosen = pl.col("movement").is_in(sorted(kept))
    plan = replace(
        case.plan, movements=case.plan.movements.filter(chosen), legs=case.plan.legs.filter(chosen)
    )
    return replace(case, plan=plan)


def of_region(case: Case, region: str) -> Case:
    """Return a case with the needs of a region, and what is planned for them."""
    chosen = sorted(need for need, one in _region_of_need(case).items() if one == region)
    here = pl.col("need").is_in(chosen)
    tables = {**case.tables, "needs": table(case, "needs").filter(here)}
    found = replace(case, tables=tables)
    if case.plan is None:
        return found
    sent = case.plan.movements.filter(here)["movement"]
    plan = replace(case.plan, unmet=case.plan.unmet.filter(here))
    return _with_movements(replace(found, plan=plan), sent)


def by_region(case: Case) -> Section:
    """Return the coverage of needs in each region, by value, the least covered first."""
    names = _region_of_need(case)
    found = served(case)
    ones = defaultdict(list)
    for one in found:
        ones[names.get(str(one.need["need"]), "")].append(one)
    rows: list[tuple[tuple[Decimal, str], tuple[Value, ...]]] = []
    for region, some in ones.items():
        whole = worth(some, "needed") or Decimal(1)
        parts = {part: worth(some, part) / whole for part in PARTS}
        timely = parts["received"] + parts["under_way"] + parts["on_time"]
        ids = tuple(sorted({id for one in some for id in one.ids}))
        count = Number(Decimal(len(some)), "", "needed", case.day, ids)
        cells = (region or NO_REGION, count, *(Share(parts[part]) for part in PARTS), Share(timely))
        rows.append(((timely, region), cells))
    lines = tuple(cells for _, cells in sorted(rows, key=lambda row: row[0]))
    columns = (
        Column(Message("Region")),
        Column(Message("Needs"), "", "number"),
        Column(Message("Received"), "%", "number"),
        Column(Message("Under way"), "%", "number"),
        Column(Message("Planned on time"), "%", "number"),
        Column(Message("Planned late"), "%", "number"),
        Column(Message("Not covered"), "%", "number"),
        Column(Message("Received, under way or planned on time"), "%", "number"),
    )
    title = Message("Coverage by region")
    all_regions = Message("Regions by share of the value of needs, least covered first")
    return Section("regions", title, (), (), (Table("regions-table", all_regions, columns, lines, NO_NEEDS),))


def loaded_places(case: Case) -> list[str]:
    """Return the lanes and sites with a load, those nearest to their limit first."""
    fullest: dict[str, tuple[Decimal, Decimal]] = {}
    for row in loads_by_week(case):
        at = (_decimal(row["share"]), _decimal(row["load"]))
        fullest[str(row["place"])] = max(fullest.get(str(row["place"]), at), at)
    return sorted(fullest, key=lambda place: (*(-one for one in fullest[place]), place))


def load_of(case: Case, place: str) -> Section:
    """Return the load of a lane or site against its limit, week by week."""
    names = Names(case)
    rows = [row for row in loads_by_week(case) if row["place"] == place]
    over = sum(_decimal(row["share"]) >= Decimal("0.9") for row in rows)
    values: dict[str, Value] = {"place": place_of(case, names, place), "count": over, "all": len(rows)}
    text = Message("{place}: at 90 % of capacity or more in {count} of {all} weeks with a load.", values)
    bars = tuple(_bar(case, row) for row in rows[:_MOST_WEEKS])
    source = Message("Filled: planned load. Outline: capacity. Source: plan of {day}.", {"day": case.day})
    title = Message("Load and capacity by week: {place}", {"place": values["place"]})
    charts = (Bars("load-weeks", title, "t", bars, source),) if bars else ()
    return Section("loads", Message("Load and capacity by week"), (text,), charts)


def _bar(case: Case, row: Row) -> Bar:
    ids: tuple[str, ...] = ()
    if case.plan is not None and isinstance(row["movements"], set):
        moved = case.plan.movements.filter(pl.col("movement").is_in(sorted(row["movements"])))
        ids = tuple(sorted({id for one in moved.iter_rows(named=True) for id in behind(one)}))
    week = row["week"]
    if not isinstance(week, date):
        raise ValueError(f"a load has its week: {row!r}")
    load = Number(_decimal(row["load"]), "t", "planned", week, ids)
    whole = None if row["limit"] is None else Number(_decimal(row["limit"]), "t", "limit", week)
    return Bar(Week(week), ((load, 3),), whole)


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
