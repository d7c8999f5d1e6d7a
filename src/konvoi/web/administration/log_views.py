"""Views of the audit log: filtered, by page, and checked from the first event to the last."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from konvoi.flow.store import store, verification
from konvoi.web.access.audit import check, record
from konvoi.web.access.models import AuditEvent
from konvoi.web.access.purposes import notes
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.accounts.models import User
from konvoi.web.administration.frame import SECTIONS
from konvoi.web.instance import instance
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.events import OfEvents
from konvoi.web.lists.found import Found
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.pages.texts import say
from konvoi.web.record import writing


def rows(events: Sequence[AuditEvent]) -> list[Row]:
    """Return events as rows, with the names of those who stand in them."""
    names = {str(one.pk): str(one) for one in User.objects.all()}
    told = notes({str(one.detail["note"]) for one in events if one.detail.get("note")})
    return [
        {
            "number": one.number,
            "at": one.at,
            "actor": names.get(one.actor, one.actor[:8]) if one.actor else say("Operator"),
            "acted_as": one.acted_as,
            "action": one.action,
            "party": one.party,
            "object": one.object,
            "detail": _detail(one, names, told),
        }
        for one in events
    ]


def _detail(event: AuditEvent, names: Mapping[str, str], told: Mapping[str, str]) -> str:
    """Return names and values of an event as one text, with the texts that are kept apart from the chain."""
    detail = dict(event.detail)
    if detail.get("note"):
        detail["note"] = told.get(str(detail["note"]), say("erased"))
    shown = {name: value for name, value in detail.items() if value != ""}
    return "; ".join(f"{name}: {names.get(str(value), str(value))}" for name, value in shown.items())


def _persons() -> Mapping[str, str]:
    """Return the names of persons by id; an empty id: the operator."""
    return {"": say("Operator"), **{str(one.pk): str(one) for one in User.objects.all()}}


LOG = ListQuery(
    name="audit",
    title="Audit log",
    table=OfEvents(
        lambda viewer: AuditEvent.objects.all(), rows, "number", frozenset({"actor", "party", "acted_as"})
    ),
    columns=(
        Column("number", Kind.NUMBER, title="No."),
        Column("at", Kind.MOMENT, title="Time"),
        Column("actor", title="Person"),
        Column("acted_as", title="Role in use"),
        Column("action", title="Event"),
        Column("party", title="Party"),
        Column("object", title="Object"),
        Column("detail", title="Detail"),
    ),
    filters=(
        Filter("action"),
        Filter("actor", labels=_persons),
        Filter("party"),
        Filter("on", Kind.DAY, "at"),
        Filter("object", Kind.TEXT, more=True),
    ),
    sorts=("number",),
    order=("-number",),
    key="number",
    right=Right.AUDIT,
    day=False,
)


def log_frame(request: HttpRequest, found: Found) -> dict[str, object]:
    """Return the values of the frame of administration."""
    return {"administers": viewer_of(request).may(Right.ADMINISTER), "sections": SECTIONS}


def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole audit log and all receipts, and say their heads."""
    audit = check()
    receipts = verification(store(instance().folder))
    with writing():
        detail = {"events": audit.events, "wrong": audit.wrong, "receipts": receipts.receipts}
        record(viewer_of(request), "log-verified", detail=detail)
    if audit.holds:
        text = say(
            "Audit log: {count} events are as they were written; head {head}.",
            count=audit.events,
            head=audit.head,
        )
        messages.success(request, text)
    else:
        messages.error(
            request, say("Audit log: event {number} is not as it was written.", number=audit.wrong)
        )
    if receipts.holds:
        text = say(
            "Receipts: {count} are as they were written; head {head}.",
            count=receipts.receipts,
            head=receipts.head,
        )
        messages.success(request, text)
    else:
        messages.error(
            request,
            say("Receipts: what is kept is not as it was recorded. “konvoi verify” names each difference."),
        )
    return redirect("audit")
