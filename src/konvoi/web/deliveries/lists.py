"""Lists of deliveries, and the forms by which dispatches and receipts are handed in."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from konvoi.model.stages import Stage
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.lists.columns import Kind, Row
from konvoi.web.lists.found import Found
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.pages.texts import say
from konvoi.web.submissions.row_forms import RowForm
from konvoi.web.submissions.row_views import may_add

TEMPLATE = "deliveries/list.html"
DISPATCH = RowForm(
    "movements",
    "Report a dispatch",
    "movement",
    ("movement", "line", "day", "quantity", "unit", "from", "to", "carrier", "waybill", "rule"),
    of_recipient=False,
    back="dispatches",
    states=(Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER),
    state="stage",
)
RECEIPT = RowForm(
    "receipts",
    "Report a receipt",
    "receipt",
    (
        *("reference", "receipt", "day", "received", "short", "damaged", "rejected", "over", "place"),
        *("proof", "document"),
    ),
    of_recipient=True,
    back="receipts",
)


def adding(request: HttpRequest, found: Found) -> Mapping[str, object]:
    """Return the form by which the viewer adds a row to a list; none where there is none for it."""
    form = {"dispatches": DISPATCH, "receipts": RECEIPT}.get(found.query.name)
    if form is None or not may_add(viewer_of(request), form):
        return {}
    return {"adding": say(form.title), "add": reverse(f"{form.key}-add")}


def _consignment(row: Row) -> str:
    return reverse("consignment", kwargs={"consignment": row["consignment"]})


def _slip(row: Row) -> str:
    return reverse("slip", kwargs={"movement": row["movement"]})


CONSIGNMENTS = ListQuery(
    name="consignments",
    title="Consignments: dispatched and received",
    table="consignments",
    columns=(
        *("consignment", "good", "unit", "state", "sent", "received", "short", "damaged", "rejected"),
        *("over", "open", "first", "until", "line", "arrived", "last", "despatches", "receipts"),
    ),
    filters=(
        Filter("state"),
        Filter("good"),
        Filter("first", Kind.DAY),
        Filter("consignment", Kind.TEXT, more=True),
    ),
    sorts=("consignment", "good", "state", "sent", "received", "open", "first", "until"),
    counted="state",
    titles={
        "consignment": "Consignment",
        "sent": "Dispatched",
        "open": "Dispatched and not accounted for",
        "first": "First day of dispatch",
        "last": "Last day of dispatch",
        "arrived": "Arrived, no receipt yet",
        "despatches": "Dispatches",
        "receipts": "Receipts",
    },
    order=("state", "consignment"),
    right=Right.PUBLIC,
    links={"consignment": _consignment},
    empty="No consignment is released to you. Partners report dispatches, the recipient receipts.",
)
DISPATCHES = ListQuery(
    name="dispatches",
    title="Dispatches",
    table="movements",
    columns=(
        *("movement", "line", "day", "stage", "quantity", "unit", "from", "to", "carrier", "waybill"),
        *("rule", "marking"),
    ),
    filters=(
        Filter("stage"),
        Filter("carrier", Kind.PARTY),
        Filter("from"),
        Filter("to"),
        Filter("day", Kind.DAY),
    ),
    sorts=("movement", "line", "day", "stage", "quantity", "from", "to"),
    counted="stage",
    order=("-day", "movement"),
    key="movement",
    right=Right.PUBLIC,
    empty="No dispatch is released to you. Partners report them in the table “movements” or by form.",
)
RECEIPTS = ListQuery(
    name="receipts",
    title="Receipts",
    table="receipts",
    columns=(
        *("receipt", "reference", "day", "received", "short", "damaged", "rejected", "over", "place"),
        *("proof", "document", "marking"),
    ),
    filters=(Filter("place"), Filter("proof"), Filter("day", Kind.DAY)),
    sorts=("receipt", "reference", "day", "received", "place"),
    counted="proof",
    order=("-day", "receipt"),
    key="receipt",
    right=Right.PUBLIC,
    empty="No receipt is released to you. The recipient reports them in the table “receipts” or by form.",
)
SERIALS = ListQuery(
    name="pieces",
    title="Serial numbers sent and received",
    table="pieces",
    columns=("consignment", "good", "serial", "state", "despatch", "receipt"),
    filters=(Filter("state"), Filter("good"), Filter("serial", Kind.TEXT)),
    sorts=("consignment", "good", "serial", "state"),
    counted="state",
    titles={
        "consignment": "Consignment",
        "despatch": "Dispatch",
    },
    order=("consignment", "serial"),
    right=Right.PUBLIC,
    empty="No serial number is released to you.",
)
CHANCES = ListQuery(
    name="on-time",
    title="On-time probability by planned movement",
    table="forecast_movements",
    columns=("movement", "on_time", "first", "middle", "last"),
    filters=(Filter("movement", Kind.TEXT), Filter("on_time", Kind.NUMBER), Filter("last", Kind.DAY)),
    sorts=("movement", "on_time", "first", "middle", "last"),
    titles={
        "on_time": "On-time probability",
        "first": "Optimistic case (10th percentile)",
        "middle": "Median",
        "last": "Pessimistic case (90th percentile)",
    },
    order=("on_time", "movement"),
    key="movement",
    right=Right.PUBLIC,
    links={"movement": _slip},
    empty="No forecast of a movement is released to you.",
)
LISTS = (CONSIGNMENTS, DISPATCHES, RECEIPTS, SERIALS, CHANCES)
