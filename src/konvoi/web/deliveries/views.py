"""Views of deliveries: what is late, what differs, one consignment, and the slip of a planned movement."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from konvoi.flow.kept_deliveries import DELIVERIES, ORDERS
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view_of
from konvoi.web.lists.columns import Column, column
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

MOST = 200
KINDS = {"partner": "Partner", "hub": "Hub", "carrier": "Carrier", "consignee": "Consignee"}


@dataclass(frozen=True)
class Orders:
    """The files of orders of one partner, hub, carrier or consignee. kind: message id."""

    kind: str
    reader: str
    files: tuple[tuple[str, str], ...]


def deliveries(request: HttpRequest) -> HttpResponse:
    """Show what is overdue or at risk, and what was sent and received."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    drawn = opened.text(f"{DELIVERIES}/figures", code()).replace('href="records#', _behind(request))
    # Findings are a section of the brief; here they are a table of their own.
    findings = reverse("table", kwargs={"table": "findings"})
    values = {"figures": drawn.replace('href="#findings"', f'href="{findings}"')}
    return shown_in(request, "deliveries/deliveries.html", values, opened)


def _behind(request: HttpRequest) -> str:
    day = viewer_of(request).day
    query = "" if day is None else f"?day={day.isoformat()}"
    return f'href="{reverse("delivery-records")}{query}#'


def delivery_records(request: HttpRequest) -> HttpResponse:
    """Show the records behind the figures of deliveries."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    values = {
        "title": say("Deliveries"),
        "back": reverse("deliveries"),
        "records": opened.text(f"{DELIVERIES}/records", code()),
    }
    return shown_in(request, "planning/records.html", values, opened)


def all_orders(request: HttpRequest) -> HttpResponse:
    """List the orders that the viewer has, by partner, hub, carrier and consignee."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    own = []
    for name in sorted(opened.manifest.files):
        parts = name.split("/")
        if parts[0] != ORDERS:
            continue
        address = reverse("order-file", kwargs={"order": "/".join(parts[1:])})
        if len(parts) == 4:
            found.setdefault((parts[1], parts[2]), []).append((parts[3], address))
        else:
            own.append((parts[1], address))
    orders = [Orders(KINDS.get(kind, kind), who, tuple(files)) for (kind, who), files in found.items()]
    return shown_in(request, "deliveries/orders.html", {"orders": orders, "own": own}, opened)


def order_file(request: HttpRequest, order: str) -> HttpResponse:
    """Give a file of the viewer's orders, as an attachment."""
    opened = view_of(request)
    content = opened.file(f"{ORDERS}/{order}") if opened else None
    if content is None:
        raise Http404
    name = order.rpartition("/")[2]
    return take(request, order) or attachment(content, name, kind_of(name))


def consignment(request: HttpRequest, consignment: str) -> HttpResponse:
    """Show one consignment: its dispatches and its receipts side by side, and its serial numbers."""
    opened = view_of(request)
    rows = opened.rows("consignments", where={"consignment": consignment}, limit=MOST).rows if opened else ()
    if opened is None or not rows:
        raise Http404
    sent = _named(opened, "movements", "movement", (one["despatches"] for one in rows))
    came = _named(opened, "receipts", "receipt", (one["receipts"] for one in rows))
    pieces = opened.rows("pieces", where={"consignment": consignment}, limit=MOST).rows
    columns = [column("consignments", name) for name in ("good", "sent", "received", "short", "damaged")]
    columns += [column("consignments", name) for name in ("rejected", "over", "open", "unit", "state")]
    values = {
        "name": consignment,
        "sums": (columns, _texts(columns, rows)),
        "sent": _papers("movements", "movement", sent),
        "came": _papers("receipts", "receipt", came),
        "pieces": _table("pieces", ("serial", "good", "state", "despatch", "receipt"), pieces),
        "differs": any(one["short"] or one["damaged"] or one["rejected"] or one["over"] for one in rows),
    }
    return shown_in(request, "deliveries/consignment.html", values, opened)


def slip(request: HttpRequest, movement: str) -> HttpResponse:
    """Show the slip of a planned movement for printing, with a code that opens the form of its receipt."""
    opened = view_of(request)
    rows = opened.rows("planned_movements", where={"movement": movement}, limit=1).rows if opened else ()
    if opened is None or not rows:
        raise Http404
    (row,) = rows
    chance = opened.rows("forecast_movements", where={"movement": movement}, limit=1).rows
    late = opened.rows("forecast_lateness", where={"movement": movement}, order=("days",), limit=MOST).rows
    legs = opened.rows("planned_legs", where={"movement": movement}, order=("leg",), limit=MOST).rows
    last = legs[-1]["to"] if legs else ""
    given = urlencode({"reference": movement, "received": row["quantity"].normalize(), "place": last})
    form = request.build_absolute_uri(f"{reverse('receipt-add')}?{given}")
    names = ("good", "quantity", "offer", "need", "departs", "arrives", "on_time", "supplier")
    columns = [column("planned_movements", name) for name in names]
    values = {
        "name": movement,
        "facts": [(one.heading, one.text(row) or say("not applicable")) for one in columns],
        "legs": _table(
            "planned_legs", ("leg", "lane", "from", "to", "departs", "arrives", "tonnes", "pallets"), legs
        ),
        "chance": _table("forecast_movements", ("on_time", "first", "middle", "last"), chance),
        "late": _table("forecast_lateness", ("days", "share"), late),
        "code": b64encode(get_adapter().build_totp_svg(form).encode()).decode(),
        "form": form,
    }
    return shown_in(request, "deliveries/slip.html", values, opened)


def _named(opened: Opened, table: str, key: str, lists: Any) -> list[Mapping[str, Any]]:
    names = [name.strip() for text in lists for name in str(text or "").split(";") if name.strip()]
    found = [opened.rows(table, where={key: name}, limit=1).rows for name in dict.fromkeys(names)]
    return [row for rows in found for row in rows]


Table = tuple[list[Column], list[list[str]]]


def _papers(
    table: str, key: str, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Return documents with their values in words, each with the address of its source cell."""
    columns = [column(table, one) for one in _PAPER[table]]
    return [
        (
            str(row[key]),
            [(one.heading, one.text(row) or say("not reported")) for one in columns],
            reverse("source", kwargs={"record": f"{table}/{row[key]}"}),
        )
        for row in rows
    ]


_PAPER = {
    "movements": ("day", "stage", "quantity", "unit", "from", "to", "carrier", "waybill", "line"),
    "receipts": ("day", "received", "short", "damaged", "rejected", "over", "place", "proof", "document"),
}


def _table(table: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = [column(table, name) for name in names]
    return columns, _texts(columns, rows)


def _texts(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[one.text(row) or "–" for one in columns] for row in rows]
