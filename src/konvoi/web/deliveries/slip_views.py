"""Views of slips and sheets: the page of a planned movement, documents as files, and sheets for printing."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from konvoi.web.access.view import Opened, view_of
from konvoi.web.deliveries import papers
from konvoi.web.deliveries.shown import MOST, named_rows, shown_table
from konvoi.web.lists.columns import column
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in
from konvoi.web.pages.texts import say
from konvoi.web.submissions.delivery_papers import facts_of
from konvoi.web.submissions.quarantine import clean_name


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
        "legs": shown_table(
            "planned_legs", ("leg", "lane", "from", "to", "departs", "arrives", "tonnes", "pallets"), legs
        ),
        "chance": shown_table("forecast_movements", ("on_time", "first", "middle", "last"), chance),
        "late": shown_table("forecast_lateness", ("days", "share"), late),
        "code": _code(form),
        "form": form,
        "files": paper_files("slip-paper", papers.PLANNED, movement=movement),
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
        (str(row["good"]), str(good[0].get("name") or "") if good else "", columns[0].text(row), _unit(good))
    ]
    facts = [(one.heading, one.text(row)) for one in columns[1:]]
    facts.append((column("receipts", "place").heading, _place(opened, movement)))
    return _sheet(
        request,
        opened,
        movement,
        facts=facts,
        lines=lines,
        form=_form_of(request, opened, movement, row),
    )


def consignment_sheet(request: HttpRequest, consignment: str) -> HttpResponse:
    """Show the receipt of what was dispatched as a sheet to be printed and filled in by hand."""
    opened = view_of(request)
    rows = opened.rows("consignments", where={"consignment": consignment}, limit=MOST).rows if opened else ()
    if opened is None or not rows:
        raise Http404
    sent = named_rows(opened, "movements", "movement", (one["despatches"] for one in rows))
    quantity = column("consignments", "sent")
    goods = [opened.rows("goods", where={"good": one["good"]}, limit=1).rows for one in rows]
    lines = [
        (
            str(one["good"] or ""),
            str(good[0].get("name") or "") if good else "",
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
    return _sheet(request, opened, consignment, facts=facts, lines=lines, form=form)


def _sheet(
    request: HttpRequest,
    opened: Opened,
    name: str,
    *,
    facts: Sequence[tuple[str, str]],
    lines: Sequence[tuple[str, str, str, str]],
    form: str,
) -> HttpResponse:
    heads = [column("receipts", one).heading for one in ("received", "short", "damaged", "rejected", "over")]
    values = {"name": name, "facts": facts, "lines": lines, "heads": heads, "code": _code(form), "form": form}
    return shown_in(request, "deliveries/sheet.html", values, opened)


def _unit(good: Sequence[Mapping[str, Any]]) -> str:
    return str(good[0].get("unit") or "") if good else ""


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


def paper_files(name: str, forms: Sequence[str], **given: str) -> list[tuple[str, str]]:
    """Return the forms in which documents are there, with their addresses."""
    return [(FORMS[one], reverse(name, kwargs={**given, "form": one})) for one in forms]


FORMS = {"ubl": "UBL", "epcis": "EPCIS", "workbook": "XLSX"}
