"""Views of the audit log: filtered, by page, and checked from the first event to the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from konvoi.flow.store import store, verification
from konvoi.web.access.audit import check, record
from konvoi.web.access.models import AuditEvent
from konvoi.web.access.purposes import notes
from konvoi.web.access.requests import viewer_of
from konvoi.web.accounts.models import User
from konvoi.web.administration.frame import shown
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.record import writing

PAGE = 50
FILTERS = ("action", "actor", "party", "day")


@dataclass(frozen=True)
class Line:
    """An event with the names of those who stand in it. detail: names and values as one text."""

    event: AuditEvent
    who: str
    detail: str


def log(request: HttpRequest) -> HttpResponse:
    """Show the events that fit the filter, the newest first."""
    given = {name: request.GET.get(name, "").strip() for name in FILTERS}
    found = _filtered(given)
    total = found.count()
    number = _whole(request.GET.get("page", ""))
    first = (number - 1) * PAGE
    names = {str(one.pk): str(one) for one in User.objects.all()}
    shown_events = list(found.order_by("-number")[first : first + PAGE])
    told = notes({str(one.detail["note"]) for one in shown_events if one.detail.get("note")})
    lines = [_line(one, names, told) for one in shown_events]
    known = AuditEvent.objects
    values = {
        "lines": lines,
        "total": total,
        "given": given,
        "day_given": given["day"],
        "actions": sorted(known.values_list("action", flat=True).distinct()),
        "parties": sorted(one for one in known.values_list("party", flat=True).distinct() if one),
        "people": sorted(names.items(), key=lambda one: one[1].casefold()),
        "page": number,
        "last_page": max(1, -(-total // PAGE)),
        "query": urlencode({name: value for name, value in given.items() if value}),
    }
    return shown(request, "administration/log.html", values)


def _filtered(given: Mapping[str, str]) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.all()
    for name in ("action", "party"):
        if given[name]:
            found = found.filter(**{name: given[name]})
    if given["actor"]:
        found = found.filter(actor="" if given["actor"] == "operator" else given["actor"])
    try:
        day = date.fromisoformat(given["day"]) if given["day"] else None
    except ValueError:
        return found.none()
    if day is not None:
        start, end = (datetime.combine(day, at, UTC) for at in (time.min, time.max))
        found = found.filter(at__gte=start, at__lte=end)
    return found


def _line(event: AuditEvent, names: Mapping[str, str], told: Mapping[str, str]) -> Line:
    who = names.get(event.actor, event.actor[:8]) if event.actor else say("Operator")
    detail = dict(event.detail)
    if detail.get("note"):
        detail["note"] = told.get(str(detail["note"]), say("erased"))
    values = (f"{name}: {_named(value, names)}" for name, value in detail.items() if value != "")
    return Line(event, who, "; ".join(values))


def _named(value: object, names: Mapping[str, str]) -> str:
    return names.get(str(value), str(value))


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isdigit() and len(text) < 9 else 1


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
