"""Lists of the planning room: needs, offers, movements, the network, loads and unmet needs."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest
from django.urls import reverse

from konvoi.flow.snapshots import PLAN_CHANGES
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.reports.corridors import loads_by_week, place_of
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.found import Found
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.lists.sources import NotReady
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.planning.actions import NEED, OFFER
from konvoi.web.planning.change_reasons import SINCE, why
from konvoi.web.planning.drawn import case_of
from konvoi.web.submissions import row_views

TEMPLATE = "planning/list.html"


def may_add(request: HttpRequest, found: Found) -> Mapping[str, object]:
    """Return the form by which the viewer adds a row to a list; none where there is none for it."""
    form = {"needs": NEED, "offers": OFFER}.get(found.query.name)
    if form is None or not row_views.may_add(viewer_of(request), form):
        return {}
    return {"adding": say(form.title), "add": reverse(f"{form.key}-add")}


def _need(row: Row) -> str:
    return reverse("need", kwargs={"need": row["need"]})


def _offer(row: Row) -> str:
    return reverse("offer", kwargs={"offer": row["offer"]})


def _loads(viewer: Viewer) -> Iterator[Row]:
    opened = view(viewer)
    if opened is None:
        raise NotReady
    case = case_of(opened)
    if case is None:
        return
    names = Names(case)
    for row in loads_by_week(case):
        name = Language(code()).text(place_of(case, names, str(row["place"])))
        share = row["share"]
        yield {
            **{one: row[one] for one in ("place", "kind", "week", "load", "limit")},
            "name": name,
            "share": None if share is None else round(100 * share, 1),  # type: ignore[operator]
        }


def _changes(viewer: Viewer) -> Iterator[Row]:
    opened = view(viewer)
    if opened is None:
        raise NotReady
    found = opened.frame(PLAN_CHANGES)
    for row in () if found is None else found.sort("act", "need", "movement").iter_rows(named=True):
        yield {**row, "why": why(row), "since": SINCE[row["since"]]}


NEEDS = ListQuery(
    name="needs",
    title="Needs",
    table="needs",
    columns=(
        *("need", "good", "quantity", "site", "due", "state", "recipient", "weight", "whole"),
        *("last_useful", "marking"),
    ),
    filters=(
        Filter("state"),
        Filter("good"),
        Filter("site"),
        Filter("recipient", Kind.PARTY),
        Filter("due", Kind.DAY),
        Filter("need", Kind.TEXT, more=True),
    ),
    sorts=("need", "good", "quantity", "site", "due", "state", "recipient", "weight"),
    counted="state",
    order=("due", "need"),
    key="need",
    right=Right.PUBLIC,
    links={"need": _need},
    calendar="due",
    empty="No need is released to you. The recipient submits needs in the table “needs” or by form.",
)
OFFERS = ListQuery(
    name="offers",
    title="Offers",
    table="offers",
    columns=(
        *("offer", "party", "good", "quantity", "site", "ready", "until", "state", "reason", "line"),
        "marking",
    ),
    filters=(
        Filter("state"),
        Filter("party", Kind.PARTY),
        Filter("good"),
        Filter("site"),
        Filter("ready", Kind.DAY, more=True),
        Filter("offer", Kind.TEXT, more=True),
    ),
    sorts=("offer", "party", "good", "quantity", "site", "ready", "until", "state"),
    counted="state",
    order=("party", "offer"),
    key="offer",
    right=Right.PUBLIC,
    links={"offer": _offer},
    empty="No offer is released to you. Partners submit offers in the table “offers” or by form.",
)
MOVEMENTS = ListQuery(
    name="planned-movements",
    title="Planned movements",
    table="planned_movements",
    columns=(
        *("movement", "offer", "need", "good", "quantity", "departs", "arrives", "on_time"),
        *("budget", "supplier", "lanes", "sites"),
    ),
    filters=(
        Filter("good"),
        Filter("on_time", Kind.YES),
        Filter("departs", Kind.DAY),
        Filter("arrives", Kind.DAY, more=True),
        Filter("need", Kind.TEXT, more=True),
        Filter("offer", Kind.TEXT, more=True),
    ),
    sorts=("movement", "offer", "need", "good", "quantity", "departs", "arrives", "on_time"),
    counted="on_time",
    titles={
        "departs": "Planned departure",
        "arrives": "Planned arrival",
        "on_time": "On time",
        "lanes": "Lanes",
        "sites": "Sites",
    },
    order=("departs", "movement"),
    key="movement",
    right=Right.PUBLIC,
    links={"need": _need, "offer": _offer},
    calendar="departs",
    empty="No planned movement is released to you. A run plans from validated needs and accepted offers.",
)
UNMET = ListQuery(
    name="unmet-needs",
    title="Unmet needs",
    table="unmet_needs",
    columns=("need", "quantity", "cause", "parameters", "confirmed", "movements"),
    filters=(Filter("need", Kind.TEXT),),
    sorts=("need", "quantity"),
    titles={
        "cause": "Reason (term)",
        "parameters": "Details of the reason",
        "confirmed": "Remedy confirmed",
        "movements": "Movements",
    },
    order=("need",),
    key="need",
    right=Right.PUBLIC,
    links={"need": _need},
    empty="No unmet need is released to you.",
)
LANES = ListQuery(
    name="lanes",
    title="Lanes",
    table="lanes",
    columns=(
        *("lane", "from", "to", "mode", "days_p10", "days_p50", "days_p90", "carrier"),
        *("cost", "currency", "assumption", "marking"),
    ),
    filters=(Filter("mode"), Filter("from"), Filter("to"), Filter("carrier", Kind.PARTY)),
    sorts=("lane", "from", "to", "mode", "days_p50"),
    counted="mode",
    order=("lane",),
    key="lane",
    right=Right.PUBLIC,
    empty="No lane is released to you. The coordination cell submits the network in the table “lanes”.",
)
CAPACITIES = ListQuery(
    name="capacities",
    title="Capacities",
    table="capacities",
    columns=("on", "from", "to", "tonnes", "pallets", "neq_kg", "assumption", "marking"),
    filters=(Filter("on"),),
    sorts=("on", "from", "to", "tonnes"),
    order=("on", "from"),
    right=Right.PUBLIC,
    empty="No capacity is released to you. A lane or site without one is unlimited.",
)
LOADS = ListQuery(
    name="loads",
    title="Load and capacity by week",
    table=_loads,
    columns=(
        Column("name", title="Lane or site"),
        Column("kind", Kind.WORDS, title="Kind"),
        Column("week", Kind.DAY, title="Week (Monday)"),
        Column("load", Kind.NUMBER, title="Planned load, t"),
        Column("limit", Kind.NUMBER, title="Capacity, t", absent="unlimited"),
        Column("share", Kind.NUMBER, title="Utilisation, %", absent="not applicable"),
        Column("place", title="Identifier", more=True),
    ),
    filters=(
        Filter("place", column="place", title="Lane or site"),
        Filter("kind", title="Kind"),
        Filter("week", Kind.DAY),
        Filter("share", Kind.NUMBER, more=True),
    ),
    sorts=("name", "kind", "week", "load", "limit", "share"),
    order=("-share", "name", "week"),
    right=Right.PUBLIC,
    empty="No lane or site carries a load that is released to you.",
)
CHANGES = ListQuery(
    name="plan-changes",
    title="Changes of planned movements",
    table=_changes,
    columns=(
        Column("act", Kind.DAY, title="First day to act"),
        Column("change", Kind.WORDS, title="Change"),
        *("movement", "offer", "need", "good"),
        Column("quantity_before", Kind.NUMBER, title="Quantity before"),
        Column("quantity", Kind.NUMBER),
        Column("departs_before", Kind.DAY, title="Departure before"),
        Column("departs", Kind.DAY, title="Departure"),
        Column("arrives_before", Kind.DAY, title="Arrival before", more=True),
        Column("arrives", Kind.DAY, title="Arrival"),
        Column("why", title="Reason"),
        Column("way_before", title="Lanes before", more=True),
        Column("way", title="Lanes", more=True),
        Column("since", Kind.WORDS, title="Changed by"),
        Column("adopted", Kind.DAY, title="Plan adopted on"),
    ),
    filters=(
        Filter("change", title="Change"),
        Filter("since", title="Changed by"),
        Filter("act", Kind.DAY),
        Filter("good", more=True),
        Filter("need", Kind.TEXT, more=True),
        Filter("offer", Kind.TEXT, more=True),
    ),
    sorts=("act", "movement", "need", "offer", "quantity", "departs", "arrives"),
    counted="change",
    order=("act", "need", "movement"),
    right=Right.PUBLIC,
    empty="No change of a plan in force is released to you. Changes are stated once a plan is adopted.",
)
LISTS = (NEEDS, OFFERS, MOVEMENTS, CHANGES, UNMET, LANES, CAPACITIES, LOADS)
