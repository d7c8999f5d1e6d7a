"""Views of the overview: the first page of the brief, live, for the reader of the request."""

import re
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from konvoi.flow.snapshots import BRIEF, FIGURES, PLAN_CHANGES, RECORDS, SOURCE_AT
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import User
from konvoi.web.overview.changes import changes, note_visit
from konvoi.web.overview.tasks import FIRST, tasks
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.languages import code
from konvoi.web.record import changed_since, head, senders
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import RUN, ask_run

_SOURCE = re.compile(rf'(href="{SOURCE_AT}[^"]*)"')
"""A link to a source cell."""


def overview(request: HttpRequest) -> HttpResponse:
    """Show the first page; where its results are not there yet, ask for them and show the progress."""
    viewer = viewer_of(request)
    opened = view_of(request)
    if opened is None:
        return _without_results(request)
    since = note_visit(request.user) if isinstance(request.user, User) and viewer.day is None else None
    waiting = tasks(viewer, opened)
    values = {
        "tasks": waiting[:FIRST],
        "further": max(0, len(waiting) - FIRST),
        "plan_changes": opened.rows(PLAN_CHANGES, limit=1).total,
        "changes": changes(viewer, opened, since),
        "figures": opened.text(FIGURES, code()).replace('href="records#', f'href="{_records(request)}#'),
        "exports": exports(opened),
        "outdated": viewer.day is None and _outdated(viewer, opened),
        "run": _open_run(viewer) if viewer.day is None else None,
    }
    return _tagged(render(request, "overview/overview.html", values), opened)


def _without_results(request: HttpRequest) -> HttpResponse:
    """Show how far the results are; without a submission there is nothing to compute, however often asked."""
    values: dict[str, object] = {"empty": True, "may_submit": viewer_of(request).may(Right.SUBMIT)}
    if senders():
        values = {"job": _waiting(request)}
    return render(request, "overview/waiting.html", values)


def _records(request: HttpRequest) -> str:
    return f"/records{viewer_of(request).day_query}"


def _waiting(request: HttpRequest) -> Job | None:
    """Return the job that computes what is missing. The public waits for the runs of others."""
    viewer = viewer_of(request)
    for running in _open_runs() if viewer.day is None else ():
        if viewer.reader in running.parameters.get("readers", []):
            return running
    if viewer.user is None and viewer.day is not None:
        return None
    if viewer.day is None and (failed := _failed(viewer)) is not None:
        return failed
    return ask_run(readers=[viewer.reader], day=viewer.day, by=viewer.user)


def _open_runs() -> Iterable[Job]:
    """Return the runs of the newest state that wait or run, the oldest first."""
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    found = Job.objects.filter(kind=RUN, state__in=open_states, parameters__day=None)
    return found.order_by("created")


def _open_run(viewer: Viewer) -> Job | None:
    """Return a run of which a viewer is told: any for the coordination cell, for others their own.

    That results are computed tells a reader that something changed, which may be hidden from it.
    """
    return next((one for one in _open_runs() if viewer.is_cell or _asked(viewer, one)), None)


def _asked(viewer: Viewer, job: Job) -> bool:
    return viewer.user is not None and str(viewer.user) in job.parameters.get("askers", [])


def _failed(viewer: Viewer) -> Job | None:
    """Return the last run for a reader where it failed."""
    for one in Job.objects.filter(kind=RUN, parameters__day=None).order_by("-created")[:20]:
        if viewer.reader in one.parameters.get("readers", []):
            return one if one.error and not one.is_open else None
    return None


def _outdated(viewer: Viewer, opened: Opened) -> bool:
    """Return True if what was computed changed since: anything for the coordination cell, for others what
    their own party submitted.
    """
    if opened.head == head():
        return False
    return viewer.is_cell or (bool(viewer.party) and changed_since(opened.head, viewer.party))


def exports(opened: Opened) -> list[str]:
    """Return the names of the files of the brief that the reader may take."""
    return sorted(
        name.removeprefix(f"{BRIEF}/") for name in opened.manifest.files if name.startswith(f"{BRIEF}/")
    )


def records(request: HttpRequest) -> HttpResponse:
    """Show the records behind the figures: file, sheet, row, column and source of each."""
    opened = view_of(request)
    if opened is None:
        return overview(request)
    text = opened.text(RECORDS, code())
    if (day := viewer_of(request).day) is not None:
        text = _SOURCE.sub(rf'\1?day={day.isoformat()}"', text)
    page = render(request, "overview/records.html", {"records": text})
    return _tagged(page, opened)


def brief_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of the brief, as an attachment."""
    opened = view_of(request)
    content = opened.file(f"{BRIEF}/{name}") if opened else None
    if content is None:
        raise Http404
    return take(request, name) or attachment(content, name, kind_of(name))


def _tagged(response: HttpResponse, opened: Opened) -> HttpResponse:
    """Set the view digest, which covers only what the reader may see."""
    response["Konvoi-View"] = opened.manifest.digest
    return response
