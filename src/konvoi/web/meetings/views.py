"""Views of meetings: a meeting, its room with the decision sheet, and a decision with what came of it."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from konvoi.accord.sessions import reservations
from konvoi.gateways.refusal import Refused
from konvoi.model.naming import localized
from konvoi.model.tables.sessions import STEP_STATES
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view_of
from konvoi.web.form_rows.actions import enter, may_enter
from konvoi.web.meetings import follow_up
from konvoi.web.meetings.meeting import Meeting, meeting_of, traced
from konvoi.web.meetings.room_forms import FORMS, OUTCOMES, WAYS, made
from konvoi.web.meetings.scenario_options import drafted, scenarios
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say


def meetings(request: HttpRequest) -> HttpResponse:
    """Go to the list of meetings."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("meetings") + (f"?{query}" if query else ""))


def _meeting(request: HttpRequest, name: str) -> Meeting | None:
    """Return a meeting; None where there are no results yet, 404 where the viewer sees none."""
    opened = view_of(request)
    if opened is None:
        return None
    found = meeting_of(viewer_of(request), opened, name)
    if found is None:
        raise Http404
    return found


def meeting_page(request: HttpRequest, meeting: str) -> HttpResponse:
    """Show a meeting: agenda, attendance, decisions with reservations, action items, papers."""
    found = _meeting(request, meeting)
    if found is None:
        return to_overview(request)
    values = {"meeting": found, "records": may_record(found)}
    return shown_in(request, "meetings/meeting.html", values, found.opened)


def may_record(meeting: Meeting) -> bool:
    """Return True if the viewer records in the room, for the coordination cell."""
    return bool(meeting.sender) and may_enter(meeting.viewer, Right.DECIDE, meeting.sender)


def room_page(request: HttpRequest, meeting: str) -> HttpResponse:
    """Show the room of a meeting: the decision sheet, what was recorded, and the forms."""
    found = _meeting(request, meeting)
    return to_overview(request) if found is None else _room(request, found)


def _room(request: HttpRequest, found: Meeting, filled: Mapping[str, str] | None = None) -> HttpResponse:
    """Show the room. filled: what a form states that was refused, to be mended. Each form has its own key."""
    forms = {one: one.replace("-", "_") for one in FORMS}
    values = {
        "meeting": found,
        "sheet": found.sheet_text(),
        "records": may_record(found),
        "keys": {one: uuid.uuid4() for one in forms.values()},
        "filled": {forms.get(filled.get("form", ""), ""): filled} if filled else {},
        "entered": found.recorded,
        "parties": [(one, one) for one in found.parties()],
        "items": [(row["item"], f"{row['item']} · {row['shown']}") for row in found.agenda()],
        "decided": [
            (one.row["decision"], f"{one.row['decision']} · {one.words[:80]}") for one in found.decisions()
        ],
        "tasks": [(row["step"], f"{row['step']} · {row['title'][:80]}") for row in found.steps()],
        "ways": [(one, localized("choice", one, code())) for one in WAYS],
        "outcomes": [(one, localized("choice", one, code())) for one in OUTCOMES],
        "scenarios": scenarios(found.viewer),
        "drafted": drafted(found.viewer, request.GET.get("scenario", "")),
        "states": [(one, localized("choice", one, code())) for one in STEP_STATES],
    }
    return shown_in(request, "meetings/room.html", values, found.opened)


def record_in_room(request: HttpRequest, meeting: str) -> HttpResponse:
    """Record a row of a form of the room."""
    found = _meeting(request, meeting)
    if found is None or not may_record(found):
        raise Http404
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404 from None
    try:
        sender, table, row = made(found, request.POST.dict(), key)
        marking = str(found.row["marking"] or "coalition")
        enter(
            viewer=found.viewer,
            right=Right.DECIDE,
            party=sender,
            table=table,
            row=row,
            about=found.about,
            key=key,
            marking=marking,
        )
        messages.success(request, say("Recorded."))
    except Refused as error:
        tell_refusal(request, error)
        return _room(request, found, request.POST.dict())
    return redirect("room", meeting=meeting)


def follow_up_page(request: HttpRequest) -> HttpResponse:
    """Show action items to remind of by owner, with letters, and decisions with what came of them."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    owners = follow_up.owners(viewer_of(request), opened)
    values = {
        "owners": owners,
        "overdue": sum(one.overdue for one in owners),
        "escalated": sum(one.escalated for one in owners),
        "decisions": list(follow_up.decisions(opened)),
    }
    return shown_in(request, "meetings/follow-up.html", values, opened)


def decision_page(request: HttpRequest, decision: str) -> HttpResponse:
    """Show a decision, who has a reservation, and what came of it."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    rows = opened.rows("decided", where={"decision": decision}, limit=1).rows
    if not rows:
        raise Http404
    row = rows[0]
    values = {
        "row": row,
        "words": row.get(f"words_{code()}") or row["words"],
        "reservations": reservations(row),
        "steps": opened.rows("standing", where={"follows": decision}, order=("due", "step"), limit=500).rows,
        "traced": traced(opened, decision),
    }
    return shown_in(request, "meetings/decision.html", values, opened)
