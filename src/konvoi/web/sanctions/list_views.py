"""Views of the import of published lists: hand files in, see what they are, import, release."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.flow.sanctions.lists import NAMES
from konvoi.gateways.refusal import Refused
from konvoi.model.naming import localized
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import refusal_text, tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.sanctions.list_import import import_list, import_of, list_read, receive_list, release_list
from konvoi.web.submissions.quarantine import names_of
from konvoi.web.submissions.views import form_key


def import_form(request: HttpRequest) -> HttpResponse:
    """Take the files of a published list in."""
    error = ""
    if request.method == "POST":
        given = request.FILES.getlist("files")
        try:
            names = names_of(given)
            job = receive_list(
                viewer=viewer_of(request),
                regime=request.POST.get("regime", ""),
                day=_day(request.POST.get("day", "")),
                given={name: one.chunks() for name, one in zip(names, given, strict=True)},
                key=form_key(request),
            )
            return redirect("list-import", job=job.pk)
        except Refused as refused:
            error = refusal_text(refused)
    regimes = [(one, localized("choice", one, code())) for one in NAMES]
    values = {
        "error": error,
        "key": uuid.uuid4(),
        "regimes": regimes,
        "chosen": request.POST.get("regime", ""),
    }
    return render(request, "sanctions/import.html", values)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(say("Write a day as 2026-03-31.")) from None


def imported_page(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """Show a list that was read, with digest and hold; import it, or release it from its hold."""
    viewer = viewer_of(request)
    read = list_read(viewer, job)
    if read is None:
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("step") == "import":
                import_list(viewer=viewer, job=job, seen=request.POST.get("seen", ""))
            else:
                release_list(viewer=viewer, job=job, reason=request.POST.get("reason", ""))
                messages.success(request, say("The list is released. Results are computed with it."))
        except Refused as error:
            tell_refusal(request, error)
        return redirect("list-import", job=job)
    taken = import_of(read)
    values = {
        "read": read,
        "taken": taken,
        "waits": read.is_open or (taken is not None and taken.is_open),
        "result": read.result,
        "outcome": str((taken or read).result.get("outcome", "")),
        "error": refusal_text((taken or read).error),
        "own": viewer.user in {read.asked_by, taken.asked_by if taken else None},
    }
    return render(request, "sanctions/imported.html", values)
