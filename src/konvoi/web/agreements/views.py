"""Views of agreements: a document, a round with its matrix and texts, a position, a clause with a trigger."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.model.markings import PUBLIC
from konvoi.model.naming import localized
from konvoi.model.tables.positions import STANCES
from konvoi.report.agreements.tracked_text import tracked_text
from konvoi.report.language import Language
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right, Role
from konvoi.web.access.view import Opened, view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements import calls, documents
from konvoi.web.agreements.actions import take_position
from konvoi.web.agreements.call_views import moment_of
from konvoi.web.agreements.obligations import obligations
from konvoi.web.agreements.position_form import MARKINGS, PositionForm, filled, may_position, parties_for
from konvoi.web.agreements.returned_texts import texts_returned
from konvoi.web.agreements.rounds import OfRound, legend, party_names, round_of, rounds_of_document
from konvoi.web.form_rows.shown import rows_about
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now


def agreements(request: HttpRequest) -> HttpResponse:
    """Go to the framework documents, with which agreements begin."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("agreements") + (f"?{query}" if query else ""))


def agreement_page(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show a document: facts, text, versions and their difference, rounds, obligations, signatures."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    row = documents.document_of(opened, agreement)
    if row is None:
        raise Http404
    versions = documents.versions(opened, agreement)
    files = [one.file for one in versions]
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    old, new = asked if all(one in files for one in asked) else (files[-2:] if len(files) > 1 else ("", ""))
    own = {"document": agreement}
    values = {
        "document": row,
        "versions": versions,
        "clauses": documents.clauses_of(opened, files[-1]) if files else [],
        "old": old,
        "new": new,
        "changes": documents.changes(opened, old, new) if old and new else [],
        "rounds": rounds_of_document(opened, agreement),
        "obligations": obligations(opened, agreement),
        "signatures": opened.rows("signatures", where=own, limit=500).rows,
        "triggers": opened.rows("guarantees_in_force", where=own, limit=500).rows,
        "terms": opened.rows("terms", where=own, limit=500).rows,
    }
    return shown_in(request, "agreements/document.html", values, opened)


def found_round(request: HttpRequest, name: str) -> tuple[Viewer, Opened | None, OfRound | None]:
    """Return viewer, results and round; both None where there are no results yet, 404 for no such round."""
    viewer, opened = viewer_of(request), view_of(request)
    shown = None if opened is None else round_of(viewer, opened, name)
    if opened is not None and shown is None:
        raise Http404
    return viewer, opened, shown


def round_page(request: HttpRequest, round: str) -> HttpResponse:
    """Show a round: clauses by parties with their distance, clauses traded together, the working text."""
    viewer, opened, shown = found_round(request, round)
    if opened is None or shown is None:
        return to_overview(request)
    asked = dict.fromkeys(one for one in request.GET.getlist("clause") if one)
    lines = shown.lines()
    known = {line.row["clause"] for line in lines}
    chosen = [one for one in asked if one in known]
    day = opened.day
    values = {
        "round": shown,
        "parties": party_names(shown.parties),
        "lines": lines,
        "counts": shown.counts(),
        "whole": shown.distance(),
        "chosen": chosen,
        "not_there": [one for one in asked if one not in known],
        "package": shown.distance(chosen) if chosen else None,
        "working": shown.working(),
        "legend": legend(),
        "runs": day is not None and shown.row["deadline"] >= day,
        "may_position": may_position(viewer, shown),
        "returned": texts_returned(viewer, shown),
        "entered": rows_about(viewer, shown.about, Right.NEGOTIATE),
    }
    return shown_in(request, "agreements/round.html", values, opened)


def working_file(request: HttpRequest, round: str) -> HttpResponse:
    """Give the working text of a round as DOCX, with each amendment as a tracked change."""
    viewer, opened, shown = found_round(request, round)
    working = () if shown is None else shown.working()
    if opened is None or shown is None or not working or opened.day is None:
        raise Http404
    name = f"{shown.name}-{opened.day.isoformat()}.{code()}.docx"
    marking = opened.manifest.marking.get(code(), "")
    line = f"{settings_now().name} · {marking} · {Language(code()).day(opened.day)}"
    content = tracked_text(
        working, title=shown.title or shown.document, line=line, day=opened.day, language=code()
    )
    reader = PUBLIC if viewer.reader == PUBLIC else ""
    return take(request, name, reader=reader) or attachment(content, name, kind_of(name))


def position_page(request: HttpRequest, round: str) -> HttpResponse:
    """Show the form of a position; show what it would change; record it."""
    viewer, opened, shown = found_round(request, round)
    if opened is None or shown is None:
        return to_overview(request)
    if not may_position(viewer, shown):
        raise Http404
    if request.method != "POST":
        start = {name: request.GET.get(name, "") for name in ("clause", "party", "stance", "amendment")}
        return _form(request, opened, shown, PositionForm({**_empty(viewer), **start}), uuid.uuid4())
    form = filled(viewer, shown, request.POST.dict())
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404 from None
    if form.faults or request.POST.get("step") != "record":
        return _form(request, opened, shown, form, key, checked=not form.faults)
    try:
        if request.POST.get("seen") != shown.state_of(form.party):
            raise Refused(
                say("The positions of this party were changed in the meantime. Look at them again.")
            )
        marking, row = form.values["marking"], form.row(shown, key)
        take_position(viewer=viewer, shown=shown, party=form.party, row=row, key=key, marking=marking)
        messages.success(
            request, say("The position is recorded. The matrix follows once results are computed.")
        )
    except Refused as error:
        tell_refusal(request, error)
    return redirect("round", round=round)


def _empty(viewer: Viewer) -> dict[str, str]:
    blank = dict.fromkeys(("clause", "stance", "amendment", "words", "lifts"), "")
    return {**blank, "party": viewer.party, "marking": MARKINGS[0]}


def _form(
    request: HttpRequest,
    opened: Opened,
    shown: OfRound,
    form: PositionForm,
    key: uuid.UUID,
    *,
    checked: bool = False,
) -> HttpResponse:
    viewer = viewer_of(request)
    party = form.values["party"]
    row = form.row(shown, key) if checked else None
    values = {
        "round": shown,
        "form": form,
        "key": key,
        "chooses_party": viewer.acting is not None and viewer.acting.role == Role.PLANNER,
        "parties": party_names(parties_for(viewer, shown)),
        "clauses": [(one, f"{one} · {text[:90]}") for one, text in shown.asked()],
        "stances": [(one, localized("choice", one, code())) for one in STANCES],
        "amendments": shown.amendments(),
        "markings": [(one, localized("choice", one, code())) for one in MARKINGS],
        "effect": shown.with_positions([row]) if row else None,
        "late": row is not None and row["day"] > shown.row["deadline"],
        "seen": shown.state_of(party),
    }
    response = shown_in(request, "agreements/position.html", values, opened)
    response.status_code = 400 if form.faults else 200
    return response


def trigger_page(request: HttpRequest, trigger: str) -> HttpResponse:
    """Show a clause that an event triggers: who acts towards whom, and by when, counted from a moment."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    rows = opened.rows("guarantees_in_force", where={"guarantee": trigger}, limit=1).rows
    if not rows:
        raise Http404
    row = rows[0]
    asked = request.GET.get("at", "")
    at = moment_of(asked) if asked else None
    until = at + timedelta(hours=row["hours"]) if at is not None and row["hours"] is not None else None
    values = {
        "row": row,
        "trigger": row.get(f"trigger_{code()}") or row["trigger"],
        "who": party_names(_ids(row["who"])),
        "whom": party_names(_ids(row["whom"])),
        "asked": asked,
        "at": at,
        "until": until,
        "unread": bool(asked) and at is None,
        "may_call": calls.may_call(viewer),
        "calls": calls.calls(viewer, guarantee=trigger),
        "key": uuid.uuid4(),
        "now": timezone.now(),
        "clause": next(
            (
                one["text"]
                for one in opened.rows(
                    "clauses", where={"document": row["document"], "clause": row["clause"]}, limit=1
                ).rows
            ),
            "",
        ),
    }
    return shown_in(request, "agreements/trigger.html", values, opened)


def _ids(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").split(";") if one.strip()]
