"""Views of deliveries: what is late, what differs, one consignment, and the slip of a planned movement."""

import uuid
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from konvoi.flow.kept_deliveries import DELIVERIES, ORDERS
from konvoi.flow.submissions.questions.finding_cells import OF_SENDER
from konvoi.report.answered import TAKEN
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.view import Opened, view_of
from konvoi.web.deliveries import papers, proofs
from konvoi.web.lists.columns import Column, Kind, column
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.submissions.delivery_papers import KEYS, DeliveryPaper, facts_of
from konvoi.web.submissions.quarantine import clean_name

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
        "sent": _papers("movements", sent),
        "came": _papers("receipts", came),
        "proofs": [one for row in came for one in proofs.proofs_of(opened, row)],
        "pieces": _table("pieces", ("serial", "good", "state", "despatch", "receipt"), pieces),
        "differs": any(one["short"] or one["damaged"] or one["rejected"] or one["over"] for one in rows),
        "answers": _answers(opened, came),
        "files": _files("consignment-paper", papers.REPORTED, consignment=consignment),
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


def slip(request: HttpRequest, movement: str) -> HttpResponse:
    """Show the slip of a planned movement for printing, with a code that opens the form of its receipt."""
    opened = view_of(request)
    row = _movement(opened, movement)
    if opened is None or row is None:
        raise Http404
    chance = opened.rows("forecast_movements", where={"movement": movement}, limit=1).rows
    late = opened.rows("forecast_lateness", where={"movement": movement}, order=("days",), limit=MOST).rows
    legs = opened.rows("planned_legs", where={"movement": movement}, order=("leg",), limit=MOST).rows
    form = _form_of(request, opened, movement, row)
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
        "code": _code(form),
        "form": form,
        "files": _files("slip-paper", papers.PLANNED, movement=movement),
    }
    return shown_in(request, "deliveries/slip.html", values, opened)


def slip_paper(request: HttpRequest, movement: str, form: str) -> HttpResponse:
    """Give the order of a planned movement as UBL or as a workbook to be handed in once it has left."""
    opened = view_of(request)
    return _paper(request, papers.of_movement(opened, movement, form) if opened else {}, movement)


def consignment_paper(request: HttpRequest, consignment: str, form: str) -> HttpResponse:
    """Give what was dispatched and received of a consignment as UBL, EPCIS or a workbook."""
    opened = view_of(request)
    return _paper(request, papers.of_consignment(opened, consignment, form) if opened else {}, consignment)


def _paper(request: HttpRequest, files: Mapping[str, bytes], name: str) -> HttpResponse:
    if not files:
        raise Http404
    name, content = papers.packed(files, clean_name(name) or "documents")
    return take(request, name) or attachment(content, name, kind_of(name))


def receipt_sheet(request: HttpRequest, movement: str) -> HttpResponse:
    """Show the receipt of a planned movement as a sheet to be printed and filled in by hand."""
    opened = view_of(request)
    row = _movement(opened, movement)
    if opened is None or row is None:
        raise Http404
    good = opened.rows("goods", where={"good": row["good"]}, limit=1).rows
    columns = [column("planned_movements", name) for name in ("quantity", "departs", "arrives")]
    lines = [
        (str(row["good"]), str(good[0]["name"] or "") if good else "", columns[0].text(row), _unit(good))
    ]
    facts = [(one.heading, one.text(row)) for one in columns[1:]]
    facts.append((column("receipts", "place").heading, _place(opened, movement)))
    return _sheet(request, opened, movement, facts, lines, _form_of(request, opened, movement, row))


def consignment_sheet(request: HttpRequest, consignment: str) -> HttpResponse:
    """Show the receipt of what was dispatched as a sheet to be printed and filled in by hand."""
    opened = view_of(request)
    rows = opened.rows("consignments", where={"consignment": consignment}, limit=MOST).rows if opened else ()
    if opened is None or not rows:
        raise Http404
    sent = _named(opened, "movements", "movement", (one["despatches"] for one in rows))
    quantity = column("consignments", "sent")
    goods = [opened.rows("goods", where={"good": one["good"]}, limit=1).rows for one in rows]
    lines = [
        (
            str(one["good"] or ""),
            str(good[0]["name"] or "") if good else "",
            quantity.text(one),
            str(one["unit"] or "") or _unit(good),
        )
        for one, good in zip(rows, goods, strict=True)
    ]
    facts = list(facts_of("movements", sent[0])) if sent else []
    given = {"reference": consignment, "place": str(sent[-1]["to"] or "") if sent else ""}
    if len(rows) == 1 and rows[0]["sent"] is not None:
        given["received"] = f"{rows[0]['sent'].normalize():f}"
    form = request.build_absolute_uri(f"{reverse('receipt-add')}?{urlencode(given)}")
    return _sheet(request, opened, consignment, facts, lines, form)


def _sheet(
    request: HttpRequest,
    opened: Opened,
    name: str,
    facts: Sequence[tuple[str, str]],
    lines: Sequence[tuple[str, str, str, str]],
    form: str,
) -> HttpResponse:
    heads = [column("receipts", one).heading for one in ("received", "short", "damaged", "rejected", "over")]
    values = {"name": name, "facts": facts, "lines": lines, "heads": heads, "code": _code(form), "form": form}
    return shown_in(request, "deliveries/sheet.html", values, opened)


def _unit(good: Sequence[Mapping[str, Any]]) -> str:
    return str(good[0]["unit"] or "") if good else ""


def _movement(opened: Opened | None, movement: str) -> Mapping[str, Any] | None:
    if opened is None:
        return None
    return next(iter(opened.rows("planned_movements", where={"movement": movement}, limit=1).rows), None)


def _place(opened: Opened, movement: str) -> str:
    legs = opened.rows("planned_legs", where={"movement": movement}, order=("-leg",), limit=1).rows
    return str(legs[0]["to"]) if legs else ""


def _form_of(request: HttpRequest, opened: Opened, movement: str, row: Mapping[str, Any]) -> str:
    """Return the address of the form of a receipt, filled in as planned."""
    quantity = f"{row['quantity'].normalize():f}"
    given = {"reference": movement, "received": quantity, "place": _place(opened, movement)}
    return request.build_absolute_uri(f"{reverse('receipt-add')}?{urlencode(given)}")


def _code(form: str) -> str:
    return b64encode(get_adapter().build_totp_svg(form).encode()).decode()


def _files(name: str, forms: Sequence[str], **given: str) -> list[tuple[str, str]]:
    """Return the forms in which documents are there, with their addresses."""
    return [(FORMS[one], reverse(name, kwargs={**given, "form": one})) for one in forms]


FORMS = {"ubl": "UBL", "epcis": "EPCIS", "workbook": "XLSX"}


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


def _named(opened: Opened, table: str, key: str, lists: Any) -> list[Mapping[str, Any]]:
    names = [name.strip() for text in lists for name in str(text or "").split(";") if name.strip()]
    found = [opened.rows(table, where={key: name}, limit=1).rows for name in dict.fromkeys(names)]
    return [row for rows in found for row in rows]


Table = tuple[list[Column], list[list[str]]]


def _papers(table: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[DeliveryPaper, str]]:
    """Return documents with their values in words, each with the address of its source cell."""
    found = [DeliveryPaper(f"{table}/{row[KEYS[table]]}", facts_of(table, row)) for row in rows]
    return [(one, reverse("source", kwargs={"record": one.record})) for one in found]


def _table(table: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = [column(table, name) for name in names]
    return columns, _texts(columns, rows)


def _texts(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[one.text(row) or "–" for one in columns] for row in rows]
