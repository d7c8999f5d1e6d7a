"""Views of a stored document: its head, findings, history and versions; withdraw and restore."""

import uuid
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.flow.submissions.pdf_pages import draws
from konvoi.gateways.refusal import Refused
from konvoi.model.naming import localized
from konvoi.web.access.purposes import needs_purpose, note_read, purpose_of
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.attachments import attachment
from konvoi.web.pages.languages import code
from konvoi.web.pages.purpose_views import ask_purpose
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.submissions import document_actions, queries
from konvoi.web.submissions.markings import may_state
from konvoi.web.submissions.preview import MOST
from konvoi.web.submissions.shown import shown_change, shown_finding
from konvoi.web.submissions.stored_documents import (
    difference,
    history,
    image_of,
    page_of,
    readings,
    restored_by_withdrawing,
)
from konvoi.web.submissions.told_findings import told_findings
from konvoi.web.submissions.views import form_key

_OF_HEAD = (
    "coalition",
    "party",
    "contact",
    "day",
    "marking",
    "version",
    "supersedes",
    "language",
    "currency",
)


_WITHOUT_MARKINGS = ("konvoi-answers", "konvoi-markings")
"""Formats whose documents hold no records of their own."""


def document(request: HttpRequest, document: str) -> HttpResponse:
    """Show a stored document; with another one chosen, how the two differ."""
    viewer = viewer_of(request)
    found = queries.documents(viewer)
    one = next((some for some in found if some.id == document), None)
    if one is None:
        raise Http404
    if needs_purpose(request, one.party, one.marking):
        return ask_purpose(request, one.party)
    note_read(request=request, party=one.party, document=one.id, marking=one.marking)
    others = [some for some in found if some.party == one.party and some.id != one.id]
    reading = next(iter(readings([one])), None)
    told = told_findings(viewer, one, reading)
    written = "" if reading is None else reading.facts.get("language", "")
    page = page_of(one, _number(request.GET.get("page", "")))
    has_marking = page is None and reading is not None and reading.format not in _WITHOUT_MARKINGS
    values: dict[str, object] = {
        "document": one,
        "format": "" if reading is None else reading.format,
        "facts": [] if reading is None else _facts(reading.facts),
        "findings": [shown_finding(finding, written) for finding in told[:MOST]],
        "found": len(told),
        "history": history(one),
        "others": others,
        "may_submit": viewer.may_submit_for(one.party),
        "may_mark": has_marking and may_state(viewer, one.party) and not one.withdrawn,
        "key": uuid.uuid4(),
        "page": page,
        "draws": draws(),
        "withdrawing": request.GET.get("withdraw") is not None and viewer.may_submit_for(one.party),
    }
    if values["withdrawing"] and not one.withdrawn:
        values["again"] = restored_by_withdrawing(one, others)
    other = next((some for some in others if some.id == request.GET.get("with", "")), None)
    if other is not None:
        found_changes = difference(other, one)
        values |= {
            "other": other,
            "counts": found_changes.counts,
            "changed": len(found_changes.changes),
            "changes": [shown_change(change.as_dict()) for change in found_changes.changes[:MOST]],
        }
    return render(request, "submissions/document.html", values)


def _facts(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what the head of a document says, in the reader's language."""
    return [(localized("head", name, code()), facts[name]) for name in _OF_HEAD if facts.get(name)]


def _number(text: str) -> int:
    """Return the number of a page as it was asked for; the first where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def page_image(request: HttpRequest, document: str, page: int) -> HttpResponse:
    """Give a page of a PDF as an image."""
    viewer = viewer_of(request)
    one = queries.document(viewer, document)
    if one is None or needs_purpose(request, one.party, one.marking):
        raise Http404
    content = image_of(one, page)
    if content is None:
        raise Http404
    note_read(request=request, party=one.party, document=one.id, marking=one.marking)
    response = HttpResponse(content, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def original(request: HttpRequest, document: str) -> HttpResponse:
    """Give the file back as it was handed in."""
    viewer = viewer_of(request)
    found = queries.document(viewer, document)
    if found is not None and needs_purpose(request, found.party, found.marking):
        return ask_purpose(request, found.party)
    purpose = "" if found is None else purpose_of(request, found.party)
    one, content = document_actions.open_original(viewer=viewer, document=document, purpose=purpose)
    return attachment(content, one.filename)


def withdraw(request: HttpRequest, document: str) -> HttpResponse:
    """Withdraw a document."""
    try:
        document_actions.withdraw(
            viewer=viewer_of(request), document=document, reason=request.POST.get("reason", "")
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect(f"/submissions/documents/{document}?withdraw")
    return redirect("submissions")


def restore(request: HttpRequest, document: str) -> HttpResponse:
    """Hand a withdrawn document in again."""
    try:
        upload = document_actions.restore(viewer=viewer_of(request), document=document, key=form_key(request))
    except Refused as error:
        tell_refusal(request, error)
        return redirect("document", document=document)
    return redirect("upload", upload=upload.pk)
