"""Views of papers: the list, each in the frame with its records, and their files."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.flow.reader_papers import OF_PARTY
from konvoi.model.markings import PUBLIC
from konvoi.web.access.audit import record
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view, view_for
from konvoi.web.access.viewer import Viewer
from konvoi.web.overview.tasks import tasks
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.record import settings_now, writing
from konvoi.web.reports.papers import (
    OF_BRIEF,
    Paper,
    audiences,
    content_of_file,
    delegations,
    is_own_delegation,
    paper_of,
    papers,
    query,
)
from konvoi.web.reports.releases import releases
from konvoi.web.runs.queue import ask_run
from konvoi.web.submissions.questions import questions_job, shown_questions

FOR = "for"
"""Parameter of an address: the reader whose papers are shown."""


def reader_of(request: HttpRequest, name: str = "") -> str:
    """Return the reader whose papers are asked for, where the viewer may read them; 404 otherwise.

    name: of a paper or of its file; a delegation page and a reminder are of its party.
    """
    viewer = viewer_of(request)
    known = [one for one, _ in audiences(viewer)]
    pages = (one for one in known for kind in OF_PARTY if name.partition(".")[0] == f"{kind}-{one}")
    asked = request.GET.get(FOR, "") or next(pages, viewer.reader)
    if asked not in known:
        raise Http404
    return asked


def reports(request: HttpRequest) -> HttpResponse:
    """List the papers of a reader on a day, and what was released."""
    viewer = viewer_of(request)
    reader = reader_of(request)
    opened = view_for(request, reader)
    values = {
        "audiences": audiences(viewer),
        "reader": reader,
        "papers": papers(opened) if opened else [],
        "delegations": delegations(viewer) if reader == viewer.reader else [],
        "query": query(viewer, reader),
        "releases": releases()[:5],
    }
    return _tagged(render(request, "reports/reports.html", values), opened)


def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """Show a paper in the frame; a desk answers its open questions there."""
    viewer, reader, opened, found = _found(request, paper)
    if found is None or opened is None:
        return redirect(f"/reports/{query(viewer, reader)}")
    at = f"/reports/papers/{found.id}/records{query(viewer, reader)}#"
    values: dict[str, object] = {
        "paper": found,
        "reader": reader,
        "query": query(viewer, reader),
        "figures": found.figures(opened).replace('href="records#', f'href="{at}'),
        "key": uuid.uuid4(),
    }
    if is_own_delegation(viewer, found):
        job = questions_job(viewer)
        values |= {
            "answering": True,
            "job": job,
            "parties": shown_questions(job),
            "may_answer": True,
            "tasks": tasks(viewer, opened),
        }
    if found.kind == OF_BRIEF and reader == PUBLIC and viewer.may(Right.DECIDE):
        values["releasing"] = settings_now().languages
    return _tagged(render(request, "reports/paper.html", values), opened)


def records(request: HttpRequest, paper: str) -> HttpResponse:
    """Show the records behind the figures of a paper."""
    viewer, reader, opened, found = _found(request, paper)
    if found is None or opened is None:
        return redirect(f"/reports/{query(viewer, reader)}")
    values = {"paper": found, "query": query(viewer, reader), "records": found.records(opened)}
    return _tagged(render(request, "reports/records.html", values), opened)


def _found(request: HttpRequest, id: str) -> tuple[Viewer, str, Opened | None, Paper | None]:
    """Return what a page of a paper shows; no paper where nothing was computed yet, 404 where it is not one
    of the reader's.
    """
    viewer = viewer_of(request)
    reader = reader_of(request, id)
    opened = view_for(request, reader)
    if opened is None:
        return viewer, reader, None, None
    found = paper_of(opened, id)
    if found is None:
        raise Http404
    return viewer, reader, opened, found


def file(request: HttpRequest, file: str) -> HttpResponse:
    """Give a file of a paper, as an attachment."""
    viewer = viewer_of(request)
    reader = reader_of(request, file)
    opened = view(viewer, reader)
    content = content_of_file(opened, file) if opened else None
    if content is None:
        raise Http404
    return take(request, file, reader=reader) or attachment(content, file, kind_of(file))


def compute(request: HttpRequest) -> HttpResponse:
    """Ask for the papers of a reader on the day of the request."""
    viewer = viewer_of(request)
    reader = reader_of(request)
    with writing():
        job = ask_run(readers=[reader], day=viewer.day, by=viewer.user)
        record(viewer, "run-asked", object=job.pk)
    return redirect("run", job=job.pk)


def _tagged(response: HttpResponse, opened: Opened | None) -> HttpResponse:
    """Set the view digest, which covers only what the reader may see."""
    if opened is not None:
        response["Konvoi-View"] = opened.manifest.digest
    return response
