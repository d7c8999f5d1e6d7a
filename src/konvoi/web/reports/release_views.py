"""Views of releases: the list, each with what changed since, the paper as it was released, and its files."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.flow.snapshots import BRIEF, FIGURES, RECORDS
from konvoi.gateways.refusal import Refused
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import frame_with, view_for
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.texts import say
from konvoi.web.reports.release_actions import release_brief, withdraw_release
from konvoi.web.reports.releases import Release, release_of, releases, since
from konvoi.web.submissions.views import form_key


def all_releases(request: HttpRequest) -> HttpResponse:
    """List all releases with their digests."""
    return render(request, "reports/releases.html", {"releases": releases()})


def release(request: HttpRequest, release: uuid.UUID) -> HttpResponse:
    """Show a release: its state, its files, and what changed since."""
    viewer = viewer_of(request)
    found = _known(viewer, release)
    view_for(request, found.reader)
    is_open = found.is_open_to(viewer)
    values = {
        "release": found,
        "is_open": is_open,
        "names": found.names if is_open else [],
        "since": since(viewer, found) if found.is_in_force else None,
        "may_withdraw": viewer.may(Right.DECIDE) and found.state != "withdrawn",
        "withdrawing": "withdraw" in request.GET,
    }
    return render(request, "reports/release.html", values)


def _known(viewer: Viewer, id: uuid.UUID, *, to_read: bool = False) -> Release:
    """Return a release of which a viewer may know; 404 for others. to_read: with its content."""
    found = release_of(id)
    if found is None or not viewer.reads(found.reader) or (to_read and not found.is_open_to(viewer)):
        raise Http404
    return found


def released_paper(request: HttpRequest, release: uuid.UUID) -> HttpResponse:
    """Show the paper as it was released."""
    found = _known(viewer_of(request), release, to_read=True)
    text = found.text(FIGURES).replace('href="records#', f'href="/reports/releases/{found.id}/records#')
    return _part(request, found, "reports/released.html", text)


def released_records(request: HttpRequest, release: uuid.UUID) -> HttpResponse:
    """Show the records behind the figures of the paper as it was released."""
    found = _known(viewer_of(request), release, to_read=True)
    return _part(request, found, "reports/released-records.html", found.text(RECORDS))


def _part(request: HttpRequest, found: Release, template: str, text: str) -> HttpResponse:
    manifest = found.manifest
    if not text or manifest is None:
        # Its bytes are not those that were released: nothing is shown in their place.
        raise Http404
    frame_with(request, manifest, found.at)
    return render(request, template, {"release": found, "text": text, "manifest": manifest})


def released_file(request: HttpRequest, release: uuid.UUID, released: str) -> HttpResponse:
    """Give a file of the paper as it was released, as an attachment."""
    found = _known(viewer_of(request), release, to_read=True)
    content = found.files.get(f"{BRIEF}/{released}")
    if content is None:
        raise Http404
    answer = attachment(content, released, kind_of(released))
    return take(request, released, reader=found.reader) or answer


def make_release(request: HttpRequest) -> HttpResponse:
    """Release the public brief of the day of the request."""
    try:
        made = release_brief(
            viewer=viewer_of(request),
            seen=request.POST.get("seen", ""),
            languages=request.POST.getlist("language"),
            key=form_key(request),
        )
    except Refused as error:
        messages.error(request, str(error))
        return redirect("/reports/papers/brief?for=public")
    messages.success(request, say("The brief is released."))
    return redirect("release", release=made)


def withdraw(request: HttpRequest, release: uuid.UUID) -> HttpResponse:
    """Withdraw a release."""
    try:
        withdraw_release(viewer=viewer_of(request), release=release, reason=request.POST.get("reason", ""))
    except Refused as error:
        messages.error(request, str(error))
        return redirect(f"/reports/releases/{release}?withdraw")
    messages.success(request, say("The release is withdrawn."))
    return redirect("release", release=release)
