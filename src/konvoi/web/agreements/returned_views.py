"""Views of working texts that come back: hand one in, see what it changes, take changes as positions."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from konvoi.gateways.refusal import Refused
from konvoi.model.naming import localized
from konvoi.web.access.view import Opened
from konvoi.web.agreements.position_form import MARKINGS, may_position, parties_for
from konvoi.web.agreements.returned_texts import (
    MOST_BYTES,
    ReturnedText,
    receive,
    returned_text,
    take_positions,
)
from konvoi.web.agreements.rounds import OfRound, party_names
from konvoi.web.agreements.views import found_round
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import refusal_text, tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.submissions.quarantine import clean_name
from konvoi.web.submissions.views import form_key


def return_text(request: HttpRequest, round: str) -> HttpResponse:
    """Take in a working text that comes back with tracked changes."""
    viewer, opened, shown = found_round(request, round)
    if opened is None or shown is None:
        return to_overview(request)
    if not may_position(viewer, shown):
        raise Http404
    parties = parties_for(viewer, shown)
    error = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        party = request.POST.get("party", "") if len(parties) > 1 else parties[0]
        name = clean_name(given.name or "") if given is not None else ""
        if given is None or not name or (given.size or 0) > MOST_BYTES:
            error = say("Choose a text as DOCX of at most {limit} MB.", limit=MOST_BYTES >> 20)
        elif party not in parties:
            error = say("Choose a party that is asked in this round.")
        else:
            job = receive(
                viewer=viewer,
                shown=shown,
                party=party,
                name=name,
                content=given.chunks(),
                key=form_key(request),
            )
            return redirect("returned-text", round=round, job=job.pk)
    values = {
        "round": shown,
        "error": error,
        "key": uuid.uuid4(),
        "parties": party_names(parties) if len(parties) > 1 else [],
        "most": MOST_BYTES >> 20,
    }
    response = shown_in(request, "agreements/return.html", values, opened)
    response.status_code = 400 if error else 200
    return response


def returned_page(request: HttpRequest, round: str, job: uuid.UUID) -> HttpResponse:
    """Show what a text that came back changes; show the effect of changes as positions; record them."""
    viewer, opened, shown = found_round(request, round)
    if opened is None or shown is None:
        return to_overview(request)
    text = returned_text(viewer, shown, job)
    if text is None:
        raise Http404
    if request.method != "POST":
        return _page(request, opened, shown, text)
    chosen = request.POST.getlist("change")
    marking = request.POST.get("marking", "")
    try:
        rows = text.rows(chosen, marking)
        if request.POST.get("step") != "record":
            return _page(request, opened, shown, text, chosen=chosen, marking=marking)
        if request.POST.get("seen") != shown.state_of(text.party):
            raise Refused(
                say("The positions of this party were changed in the meantime. Look at them again.")
            )
        take_positions(viewer=viewer, text=text, rows=rows, marking=marking)
        messages.success(
            request, say("The positions are recorded. The matrix follows once results are computed.")
        )
        return redirect("round", round=round)
    except Refused as error:
        tell_refusal(request, error)
    return redirect("returned-text", round=round, job=job)


def _page(
    request: HttpRequest,
    opened: Opened,
    shown: OfRound,
    text: ReturnedText,
    *,
    chosen: list[str] | None = None,
    marking: str = MARKINGS[0],
) -> HttpResponse:
    changes = text.changes()
    rows = text.rows(chosen, marking) if chosen is not None else []
    values = {
        "round": shown,
        "text": text,
        "party": dict(party_names([text.party]))[text.party],
        "job": text.job,
        "error": refusal_text(text.job.error),
        "read": text.paragraphs is not None,
        "changes": [(one, str(one.row)) for one in changes if one.is_proposal],
        "others": [one for one in changes if not one.is_proposal],
        "missing": text.missing(),
        "chosen": chosen or [],
        "marking": marking,
        "markings": [(one, localized("choice", one, code())) for one in MARKINGS],
        "effect": shown.with_positions([row for _, row in rows]) if rows else None,
        "seen": shown.state_of(text.party),
    }
    return shown_in(request, "agreements/returned.html", values, opened)
