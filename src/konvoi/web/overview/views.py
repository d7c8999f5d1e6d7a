"""Views of the overview: the first page of the brief, live, for the reader of the request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from konvoi.flow.snapshots import BRIEF, FIGURES, RECORDS
from konvoi.web.access.audit import record
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view
from konvoi.web.accounts.models import User
from konvoi.web.overview.changes import changes, note_visit
from konvoi.web.overview.tasks import FIRST, tasks
from konvoi.web.pages.languages import code
from konvoi.web.record import head, writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import RUN, ask_run

_KINDS = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}


def overview(request: HttpRequest) -> HttpResponse:
    """Show the first page; where its results are not there yet, ask for them and show the progress."""
    viewer = viewer_of(request)
    opened = view(viewer)
    if opened is None:
        return render(request, "overview/waiting.html", {"job": _waiting(request)})
    since = note_visit(request.user) if isinstance(request.user, User) and viewer.day is None else None
    waiting = tasks(viewer, opened)
    values = {
        "tasks": waiting[:FIRST],
        "further": max(0, len(waiting) - FIRST),
        "changes": changes(viewer, opened, since),
        "figures": opened.text(FIGURES, code()).replace('href="records#', f'href="{_records(request)}#'),
        "exports": exports(opened),
        "outdated": viewer.day is None and opened.head != head(),
        "run": _open_run() if viewer.day is None else None,
    }
    return _tagged(request, render(request, "overview/overview.html", values), opened)


def _records(request: HttpRequest) -> str:
    viewer = viewer_of(request)
    return "/records" if viewer.day is None else f"/records?day={viewer.day.isoformat()}"


def _waiting(request: HttpRequest) -> Job | None:
    """Return the job that computes what is missing. The public waits for the runs of others."""
    viewer = viewer_of(request)
    running = _open_run() if viewer.day is None else None
    if running is not None and viewer.reader in running.parameters.get("readers", []):
        return running
    if viewer.user is None and viewer.day is not None:
        return None
    failed = Job.objects.filter(kind=RUN).order_by("-created").first()
    if viewer.day is None and failed is not None and not failed.is_open and failed.error:
        return failed
    return ask_run(readers=[viewer.reader], day=viewer.day, by=viewer.user)


def _open_run() -> Job | None:
    found = Job.objects.filter(
        kind=RUN, state__in=(Job.State.WAITING, Job.State.RUNNING), parameters__day=None
    )
    return found.order_by("created").first()


def exports(opened: Opened) -> list[str]:
    """Return the names of the files of the brief that the reader may take."""
    return sorted(
        name.removeprefix(f"{BRIEF}/") for name in opened.manifest.files if name.startswith(f"{BRIEF}/")
    )


def all_tasks(request: HttpRequest) -> HttpResponse:
    """Show all tasks of the viewer."""
    viewer = viewer_of(request)
    return render(request, "overview/tasks.html", {"tasks": tasks(viewer, view(viewer))})


def records(request: HttpRequest) -> HttpResponse:
    """Show the records behind the figures: file, sheet, row, column and source of each."""
    opened = view(viewer_of(request))
    if opened is None:
        return overview(request)
    page = render(request, "overview/records.html", {"records": opened.text(RECORDS, code())})
    return _tagged(request, page, opened)


def brief_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of the brief, as an attachment."""
    viewer = viewer_of(request)
    opened = view(viewer)
    content = opened.file(f"{BRIEF}/{name}") if opened else None
    if content is None:
        raise Http404
    if viewer.user is not None:
        with writing():
            record(viewer, "exported", party=viewer.party, object=name, detail={"reader": viewer.reader})
    kind = _KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _tagged(request: HttpRequest, response: HttpResponse, opened: Opened) -> HttpResponse:
    """Set the view digest, which covers only what the reader may see."""
    response["Konvoi-View"] = opened.manifest.digest
    return response
