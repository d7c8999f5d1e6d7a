"""Views of deliveries: what is late, what differs, orders, and one consignment."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from konvoi.flow.kept_deliveries import DELIVERIES, ORDERS
from konvoi.flow.submissions.finding_cells import OF_SENDER
from konvoi.report.answered import TAKEN
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.view import Opened, view_of
from konvoi.web.deliveries import papers, proofs
from konvoi.web.deliveries.orders import order_files
from konvoi.web.deliveries.shown import MOST, named_rows, shown_rows, shown_table
from konvoi.web.deliveries.slip_views import paper_files
from konvoi.web.lists.columns import Column, Kind, column
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.submissions.delivery_papers import KEYS, DeliveryPaper, facts_of
from konvoi.web.submissions.quarantine import clean_name

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
    return f'href="{reverse("delivery-records")}{viewer_of(request).day_query}#'


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
    for one in order_files(opened):
        if one.kind:
            found.setdefault((one.kind, one.receiver), []).append((one.name, one.address))
        else:
            own.append((one.order, one.address))
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
    sent = named_rows(opened, "movements", "movement", (one["despatches"] for one in rows))
    came = named_rows(opened, "receipts", "receipt", (one["receipts"] for one in rows))
    pieces = opened.rows("pieces", where={"consignment": consignment}, limit=MOST).rows
    columns = [column("consignments", name) for name in ("good", "sent", "received", "short", "damaged")]
    columns += [column("consignments", name) for name in ("rejected", "over", "open", "unit", "state")]
    values = {
        "name": consignment,
        "sums": (columns, shown_rows(columns, rows)),
        "sent": _papers("movements", sent),
        "came": _papers("receipts", came),
        "proofs": [one for row in came for one in proofs.proofs_of(opened, row)],
        "pieces": shown_table("pieces", ("serial", "good", "state", "despatch", "receipt"), pieces),
        "differs": any(one["short"] or one["damaged"] or one["rejected"] or one["over"] for one in rows),
        "answers": _answers(opened, came),
        "files": paper_files("consignment-paper", papers.REPORTED, consignment=consignment),
    }
    return shown_in(request, "deliveries/consignment.html", values, opened)


def _answers(opened: Opened, receipts: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return what senders answered on differences: the receipt, the answer, the remark, and its day."""
    records = [f"receipts/{row['receipt']}#{one}" for row in receipts for one in sorted(OF_SENDER)]
    about = Condition("record", Op.IS, tuple(records))
    rows = (
        opened.rows("answers", conditions=(about,), order=("known_on",), limit=MOST).rows if records else ()
    )
    answer = Column("answer", Kind.CHOICE)
    day = column("answers", "known_on")
    return [
        (
            str(row["record"]).partition("/")[2].partition("#")[0],
            answer.text(row),
            str(row["remark"] or ""),
            day.text(row),
        )
        for row in rows
        if row["outcome"] == TAKEN
    ]


def receipt_image(request: HttpRequest, image: uuid.UUID) -> HttpResponse:
    """Give a photo or signature of a receipt that the viewer may see."""
    opened = view_of(request)
    found = proofs.image_for(opened, image) if opened else None
    if found is None:
        raise Http404
    ending = found.media.partition("/")[2]
    return attachment(
        bytes(found.content), f"{clean_name(found.proof.receipt)}-{found.kind}.{ending}", found.media
    )


@cache_control(max_age=0, public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script by which pages of deliveries open without a connection: its scope is its own folder."""
    text = (Path(__file__).parent / "static" / "konvoi" / "worker.js").read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


def _papers(table: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[DeliveryPaper, str]]:
    """Return documents with their values in words, each with the address of its source cell."""
    found = [DeliveryPaper(f"{table}/{row[KEYS[table]]}", facts_of(table, row)) for row in rows]
    return [(one, reverse("source", kwargs={"record": one.record})) for one in found]
