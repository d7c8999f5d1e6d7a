"""Views of sanctions: coverage, a gap with its draft, a proposal with its steps, an alert."""

import uuid
from collections.abc import Mapping
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from konvoi.align.gap_programmes import By, counted
from konvoi.gateways.refusal import Refused
from konvoi.report.language import Language
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.form_rows.shown import rows_about
from konvoi.web.matching.answers import person_names
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.sanctions.actions import AFTER, about_gap, decide_alert, draft_proposal, take_step
from konvoi.web.sanctions.alert import DISPOSITIONS, alert_of, decision_row
from konvoi.web.sanctions.dossier import ask_dossier, dossier_of, file_of
from konvoi.web.sanctions.impact import Impact, impact, impact_of
from konvoi.web.submissions.views import form_key

MOST = 500


def sanctions(request: HttpRequest) -> HttpResponse:
    """Go to the lists in use, with which sanctions begin."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("sanction-lists") + (f"?{query}" if query else ""))


def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show who lists how many by measure, and gaps by theme, programme and measure."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    shares = opened.rows("sanction_shares", order=("regime", "order"), limit=MOST).rows
    regimes = sorted({str(row["regime"]) for row in shares})
    known = {(row["order"], row["regime"]): row for row in shares}
    language = Language(code())
    cells = [
        (order, [_share(known.get((order, regime)), language) for regime in regimes])
        for order in sorted({str(row["order"]) for row in shares})
    ]
    by = request.GET.get("by", "")
    chosen = By(by) if by in tuple(By) else By.THEME
    values = {"regimes": regimes, "cells": cells, "by": chosen.value, "groups": _groups(opened, chosen)}
    return shown_in(request, "sanctions/coverage.html", values, opened)


def _share(row: Mapping[str, Any] | None, language: Language) -> str:
    if row is None:
        return "–"
    if not row["known"]:
        return say("not known")
    return say(
        "{listed} of {known}", listed=language.decimal(row["listed"]), known=language.decimal(row["known"])
    )


def _groups(opened: Opened, by: By) -> list[dict[str, object]]:
    gaps = opened.frame("sanction_gaps")
    if gaps is None or gaps.is_empty():
        return []
    names = ("programmes", "themes", "perhaps")
    rows = counted(gaps.with_columns(pl.col(name).fill_null("") for name in names), by)
    return rows.rows(named=True)


def impact_page(request: HttpRequest) -> HttpResponse:
    """Show whom alerts block in the plan, and the movements that used them."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    values = _struck(viewer, impact(viewer, opened))
    return shown_in(request, "sanctions/impact.html", values, opened)


def _struck(viewer: Viewer, found: Impact) -> dict[str, object]:
    """Return what pages show of an impact; replans: whether the viewer may have it planned anew."""
    replans = viewer.may(Right.DECIDE) and viewer.is_cell and viewer.day is None
    struck = found.now or found.before
    return {"impact": found, "struck": struck, "replans": replans, "plan_key": uuid.uuid4()}


def gap_page(request: HttpRequest, gap: str) -> HttpResponse:
    """Show an alignment gap with its evidence; draft a proposal from it."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    lacks, _, rest = gap.partition("/")
    order, _, party = rest.partition("/")
    where = {"lacks": lacks, "order": order.replace("-", " "), "party": party}
    rows = opened.rows("sanction_gaps", where=where, limit=1).rows
    if not rows:
        raise Http404
    may_draft = may_enter(viewer, Right.SCREEN, "")
    wanted = {"party": party, "to": lacks, "order": where["order"]}
    if request.method == "POST":
        if not may_draft:
            raise Http404
        try:
            key = uuid.UUID(request.POST.get("key", ""))
        except ValueError:
            raise Http404 from None
        reason = " ".join(request.POST.get("reason", "").split())
        if not reason:
            messages.error(request, say("State the reason. Nothing was recorded."))
        else:
            draft_proposal(viewer=viewer, row={**wanted, "reason": reason}, key=key)
            messages.success(
                request, say("Recorded. The proposal follows once it is compared with the lists.")
            )
        return redirect("gap", gap=gap)
    values = {
        "row": rows[0],
        "may_draft": may_draft and not rows[0]["perhaps"],
        "key": uuid.uuid4(),
        "entered": rows_about(viewer, about_gap(wanted), Right.SCREEN),
        "proposals": [
            one
            for one in opened.rows("proposals", where={"to": lacks, "party": party}, limit=MOST).rows
            if one["order"] == where["order"]
        ],
    }
    return shown_in(request, "sanctions/gap.html", values, opened)


def proposal_page(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show a proposal through its states; record its next step."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    rows = opened.rows("proposals", where={"proposal": proposal}, limit=1).rows
    if not rows:
        raise Http404
    row = rows[0]
    may = may_enter(viewer, Right.SCREEN, "")
    if request.method == "POST":
        given = request.POST.dict()
        try:
            take_step(
                viewer=viewer,
                opened=opened,
                proposal=proposal,
                seen=given.get("seen", ""),
                what=given.get("what", ""),
                given=given,
            )
            messages.success(request, say("Recorded. The list follows once results are computed."))
        except Refused as error:
            tell_refusal(request, error)
        return redirect("proposal", proposal=proposal)
    by = str(row["by"] or "")
    values = {
        "row": row,
        "dossier": dossier_of(viewer, proposal),
        "may_ask": may,
        "key": uuid.uuid4(),
        "by": person_names([by]).get(by, by) if viewer.is_cell else "",
        "steps": AFTER.get(row["state"], ()) if may else (),
        "sessions": [
            (one["session"], f"{one['session']} · {one['title'] or ''}")
            for one in opened.rows("sessions", order=("-day",), limit=50).rows
        ],
        "parties": [one["party"] for one in opened.rows("parties", order=("party",), limit=MOST).rows],
    }
    return shown_in(request, "sanctions/proposal.html", values, opened)


def ask_for_dossier(request: HttpRequest, proposal: str) -> HttpResponse:
    """Have the dossier of a proposal made."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    key = form_key(request)
    ask_dossier(viewer=viewer_of(request), opened=opened, proposal=proposal, key=key)
    messages.success(request, say("The dossier is being made. It appears on this page."))
    return redirect("proposal", proposal=proposal)


def dossier_file(request: HttpRequest, proposal: str, file: str) -> HttpResponse:
    """Give a file of the last dossier of a proposal."""
    viewer = viewer_of(request)
    content = file_of(viewer, proposal, file)
    if content is None:
        raise Http404
    return take(request, file, reader=viewer.reader) or attachment(content, file, kind_of(file))


def alert_page(request: HttpRequest, alert: str) -> HttpResponse:
    """Show an alert with its evidence and what it stops; record a decision."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    found = alert_of(viewer, opened, alert)
    if found is None:
        raise Http404
    if request.method == "POST":
        if not found.may_decide:
            raise Http404
        try:
            key = uuid.UUID(request.POST.get("key", ""))
        except ValueError:
            raise Http404 from None
        try:
            row = decision_row(found, request.POST.dict())
            if request.POST.get("seen") != found.state():
                raise Refused(say("The alert was decided in the meantime. It is shown as it is now."))
            decide_alert(found=found, row=row, key=key)
            messages.success(
                request, say("The decision is recorded. It counts once it is compared with the lists.")
            )
        except Refused as error:
            tell_refusal(request, error)
        return redirect("alert", alert=alert)
    values = {
        **_struck(viewer, impact_of(found)),
        "alert": found,
        "row": found.row,
        "speaks_for": found.speaks("for"),
        "speaks_against": found.speaks("against"),
        "stopped": found.stopped(),
        "dispositions": [(one, Language(code()).say(one)) for one in DISPOSITIONS],
        "key": uuid.uuid4(),
        "seen": found.state(),
        "entered": rows_about(viewer, found.about, Right.SCREEN),
    }
    return shown_in(request, "sanctions/alert.html", values, opened)
