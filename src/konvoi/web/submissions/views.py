"""Views of submissions: the list, handing in, and an upload until it is stored or discarded."""

import uuid
from collections.abc import Callable
from functools import partial

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from konvoi.gateways.refusal import Refused
from konvoi.model.party import party_id
from konvoi.web.access.audit import record
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.attachments import WORKBOOK, attachment
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.refusals import refusal_text, tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.submissions import actions, quarantine, queries
from konvoi.web.submissions.jobs import overtaken_by
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.shown import shown_preview
from konvoi.web.submissions.sweep import removed_on

State = Upload.State


def submissions(request: HttpRequest) -> HttpResponse:
    """List what is stored of the viewer's parties, and the uploads that wait for a decision."""
    viewer = viewer_of(request)
    values = {
        "parties": queries.by_party(queries.documents(viewer)),
        "uploads": [(one, removed_on(one)) for one in queries.open_uploads(viewer)]
        if viewer.may(Right.SUBMIT)
        else [],
        "may_submit": viewer.may(Right.SUBMIT),
    }
    return render(request, "submissions/list.html", values)


@csrf_exempt
def hand_in(request: HttpRequest) -> HttpResponseBase:
    """Take files in; they are written to disk as they come, and refused at once where they are too large.

    The token of the form is checked inside, once it is known how files are to be received.
    """
    if request.method != "POST":
        return _hand_in(request)
    if length_of(request) > quarantine.MOST_BYTES + quarantine.FORM_BYTES:
        return _form(request, error=quarantine.too_large(), status=413)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    try:
        return _hand_in(request)
    except TooManyFilesSent:
        return _form(request, error=quarantine.too_many(), status=413, unread=True)


def length_of(request: HttpRequest) -> int:
    """Return the length that a request announces; 0 where it announces none."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() else 0


@csrf_protect
def _hand_in(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_of(request)
    if request.method != "POST":
        return _form(request)
    given = request.FILES.getlist("files")
    try:
        party = party_named(viewer, request.POST.get("party", ""))
        names = quarantine.names_of(given)
        upload = actions.hand_in(
            viewer=viewer,
            party=party,
            given={name: one.chunks() for name, one in zip(names, given, strict=True)},
            sizes=[one.size or 0 for one in given],
            key=form_key(request),
        )
    except Refused as error:
        return _form(request, error=refusal_text(error))
    return redirect("upload", upload=upload.pk)


def party_named(viewer: Viewer, text: str) -> str:
    """Return the party of an upload: the viewer's own, or for a planner the one that is named."""
    if viewer.party:
        return viewer.party
    party = party_id(text.strip()) or text.strip()
    if not party or len(party.split()) != 1 or party.startswith(".") or "/" in party or len(party) > 60:
        raise Refused(say("Choose the party on whose behalf you hand the files in."))
    return party


def form_key(request: HttpRequest) -> uuid.UUID:
    """Return the key of a form, by which what is sent twice is taken once; a new one where it has none."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def _form(request: HttpRequest, *, error: str = "", status: int = 200, unread: bool = False) -> HttpResponse:
    viewer = viewer_of(request)
    values = {
        "error": error,
        "key": uuid.uuid4(),
        "parties": [] if viewer.party else queries.known_parties(viewer),
        "chosen": ""
        if unread or status == 413 or request.method != "POST"
        else request.POST.get("party", ""),
        "own": party_text(viewer.party) if viewer.party else "",
        "most_files": quarantine.MOST_FILES,
        "most_megabytes": quarantine.MOST_MEGABYTES,
    }
    return render(request, "submissions/hand-in.html", values, status=status)


def upload(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """Show an upload: its progress, what it would change, or what became of it."""
    one = actions.upload_for(viewer_of(request), upload)
    job = actions.job_of(one)
    at_work = job is not None and job.is_open
    stuck = one.state in (State.CHECKING, State.STORING) and not at_work
    preview = shown_preview(one.preview, one.party)
    values = {
        "upload": one,
        "party_name": party_text(one.party),
        "job": job,
        "at_work": at_work,
        "stuck": stuck,
        "reason": refusal_text(one.outcome.get("refused", "") or (job.error if job and stuck else "")),
        "preview": preview,
        "errors": sum(file.errors for file in preview.files),
        "overtaken": one.outcome.get("later", ()),
        "later": overtaken_by(one) if one.state == State.CHECKED else (),
        "announced": actions.announced_of(one),
        "can_store": actions.stores_something(one),
        "removed_on": removed_on(one),
        "first": one.outcome.get("first", ""),
        "me": str(viewer_of(request).user),
        "marked": list(enumerate(quarantine.marked_names(one))),
    }
    return render(request, "submissions/upload.html", values)


def marked(request: HttpRequest, upload: uuid.UUID, number: int) -> HttpResponse:
    """Give a workbook back with its findings marked."""
    viewer = viewer_of(request)
    one = actions.upload_for(viewer, upload)
    names = quarantine.marked_names(one)
    content = quarantine.marked_content(one, names[number]) if number < len(names) else None
    if content is None:
        raise Http404
    with writing():
        record(viewer, "marked-workbook-opened", party=one.party, object=one.pk)
    return attachment(content, names[number], WORKBOOK)


def confirm(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """Have an upload stored."""
    return _acted(request, upload, partial(actions.confirm, seen=request.POST.get("seen", "")))


def discard(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """Remove an upload."""
    return _acted(request, upload, actions.discard)


def check_again(request: HttpRequest, upload: uuid.UUID) -> HttpResponse:
    """Check an upload anew."""
    return _acted(request, upload, actions.check_again)


def _acted(request: HttpRequest, upload: uuid.UUID, action: Callable[..., Upload]) -> HttpResponse:
    try:
        action(viewer=viewer_of(request), upload=upload)
    except Refused as error:
        tell_refusal(request, error)
    return redirect("upload", upload=upload)
