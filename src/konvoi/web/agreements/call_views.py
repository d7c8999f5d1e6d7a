"""Views of calls to consult: start one, follow it, acknowledge it by page or link, end it."""

import uuid
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.model.party import party_name
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.agreements import calls
from konvoi.web.matching.answers import person_names
from konvoi.web.pages.frames import to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now
from konvoi.web.submissions.views import form_key

OLDEST = timedelta(days=366)
"""Time since an event after which nobody is called for it."""


def moment_of(text: str) -> datetime | None:
    """Return a moment that a form states, in UTC; None where it cannot be read."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def start(request: HttpRequest, trigger: str) -> HttpResponse:
    """Call the parties of a clause."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    rows = opened.rows("guarantees_in_force", where={"guarantee": trigger}, limit=1).rows
    if not rows or not calls.may_call(viewer):
        raise Http404
    kind, given = request.POST.get("kind", ""), request.POST.get("event", "")
    event = moment_of(given) if given else timezone.now()
    try:
        if kind not in ("drill", "real"):
            raise Refused(say("Choose whether it is a drill or real. Nothing was recorded."))
        if event is None:
            raise Refused(say("The moment cannot be read. Write it as 2026-03-31T09:00."))
        if event < timezone.now() - OLDEST:
            raise Refused(say("The event is more than a year ago. Nothing was recorded."))
        call = calls.start_call(
            viewer=viewer, clause=rows[0], drill=kind == "drill", event=event, key=form_key(request)
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect("trigger", trigger=trigger)
    return redirect("call", call=call)


def call_page(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Show a call with its clock; acknowledge it, make a link, or end it."""
    viewer = viewer_of(request)
    found = next(iter(calls.calls(viewer, call=call)), None)
    if found is None:
        raise Http404
    made: dict[str, str] = {}
    if request.method == "POST":
        step, party = request.POST.get("step", ""), request.POST.get("party", "")
        try:
            if step == "acknowledge":
                calls.acknowledge(viewer=viewer, call=call)
                messages.success(request, say("The call is acknowledged for your party."))
            elif step == "link":
                secret = calls.make_link(viewer=viewer, call=call, party=party)
                path = reverse("acknowledge", kwargs={"link": secret})
                made = {"party": party_name(party, code()), "address": request.build_absolute_uri(path)}
            elif step == "end":
                calls.end_call(viewer=viewer, call=call)
                messages.success(request, say("The call is ended."))
            else:
                raise Http404
        except Refused as error:
            tell_refusal(request, error)
        if not made:
            return redirect("call", call=call)
        found = calls.calls(viewer, call=call)[0]
    names = person_names([str(user) for one in found.parties for _, user in one.chain])
    values = {
        "call": found,
        "made": made,
        "leads": calls.may_call(viewer),
        "may_acknowledge": calls.may_acknowledge(viewer)
        and any(one.party == viewer.party and one.acknowledged is None for one in found.parties),
        "rows": [
            (
                one,
                party_name(one.party, code()),
                [(role, names.get(str(user), "")) for role, user in one.chain],
                found.minutes(one.acknowledged),
            )
            for one in found.parties
        ],
        "left": _clock(found.minutes_left),
    }
    return render(request, "agreements/call.html", values)


def _clock(minutes: int | None) -> str:
    if minutes is None:
        return say("no time stated")
    hours, rest = divmod(abs(minutes), 60)
    if minutes < 0:
        return say("overdue by {hours} h {minutes} min", hours=hours, minutes=rest)
    return say("{hours} h {minutes} min left", hours=hours, minutes=rest)


def acknowledge(request: HttpRequest, link: str) -> HttpResponse:
    """Show a call to whoever follows its link, and acknowledge it."""
    found = calls.behind_link(link)
    if found is None:
        raise Http404
    if request.method == "POST":
        if not calls.acknowledge_by_link(link):
            raise Http404
        return redirect("acknowledge", link=link)
    one = found.parties[0]
    values = {
        "call": found,
        "one": one,
        "party": party_name(one.party, code()),
        "coalition": settings_now().name,
        "left": _clock(found.minutes_left),
    }
    return render(request, "agreements/acknowledge.html", values)
