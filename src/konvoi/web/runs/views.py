"""Views of runs: their progress, by events or by asking again, and a way to stop them."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render

from konvoi.web.access.audit import record
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.scope import returning_connection, seen_by
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.actions import ask_results
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import RUN, cancel
from konvoi.web.runs.results import has_results

LONGEST = 600
"""Seconds after which a stream of events ends; the page asks again."""


def job_for(viewer: Viewer, job: uuid.UUID) -> Job:
    """Return a job that a viewer may know of: its own, its party's, a run of its own reader, or any for the
    coordination cell and administrators; 404 for others.
    """
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise Http404
    if viewer.is_cell or viewer.may(Right.ADMINISTER):
        return found
    own = bool(found.party) and found.party == viewer.party
    of_reader = found.kind == RUN and viewer.reader in found.parameters.get("readers", [])
    if own or of_reader:
        return found
    raise Http404


def ask_for_run(request: HttpRequest) -> HttpResponse:
    """Ask for results of the day of the request for the viewer's reader."""
    job = ask_results(viewer=viewer_of(request))
    return redirect("run", job=job.pk)


def progress(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """Show how far a job is; a part of the page where htmx asks for it."""
    viewer = viewer_of(request)
    found = job_for(viewer, job)
    name = "runs/progress-part.html" if request.headers.get("HX-Request") else "runs/progress.html"
    values = {"job": found, "may_stop": found.is_open and may_stop(viewer, found)}
    own = "own" in request.GET
    response = render(request, name, {**values, "own": "?own" if own else ""})
    if request.headers.get("HX-Request") and _has_ended(found, viewer, own=own):
        # 286: htmx stops asking.
        response.status_code = 286
        response["HX-Trigger"] = "job-ended"
    return response


def events(request: HttpRequest, job: uuid.UUID) -> HttpResponseBase:
    """Send the progress of a job as events until it ends."""
    viewer = viewer_of(request)
    found = job_for(viewer, job)
    told = _told(found.pk, viewer, own="own" in request.GET)
    return StreamingHttpResponse(told, content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _told(job: uuid.UUID, viewer: Viewer, *, own: bool) -> AsyncIterator[bytes]:
    before = b""
    for _ in range(LONGEST * 2):
        values, ended = await sync_to_async(returning_connection(_seen))(job, viewer, own=own)
        if not values:
            return
        event = f"data: {json.dumps(values)}\n\n".encode()
        if event != before:
            yield event
            before = event
        if ended:
            return
        await asyncio.sleep(0.5)


def _seen(job: uuid.UUID, viewer: Viewer, *, own: bool) -> tuple[dict[str, str | int], bool]:
    """Return how far a job is for a viewer, and whether there is nothing more to wait for."""
    with seen_by(viewer):
        found = Job.objects.filter(pk=job).first()
        if found is None:
            return {}, True
        ended = _has_ended(found, viewer, own=own)
        values = progress_of(found, viewer)
    return (values if not ended or not found.is_open else {**values, "state": Job.State.DONE}), ended


def _has_ended(job: Job, viewer: Viewer, *, own: bool) -> bool:
    """Return True once a job has ended; own: or has the results of the viewer, for who waits for these."""
    return not job.is_open or (own and job.kind == RUN and has_results(job, viewer.reader))


def progress_of(job: Job, viewer: Viewer) -> dict[str, str | int]:
    """Return what a viewer may know of a job: how far a run is tells how much is hidden from a reader."""
    if job.kind == RUN and not viewer.is_cell:
        return {"state": Job.State.RUNNING if job.is_open else job.state}
    return {"state": job.state, "note": job.note, "done": job.done, "total": job.total}


def may_stop(viewer: Viewer, job: Job) -> bool:
    """Return True for a planner, an administrator, and who asked for the job; a run may be for others too."""
    own = job.kind != RUN and job.asked_by == viewer.user
    return own or viewer.may(Right.DECIDE) or viewer.may(Right.ADMINISTER)


def stop(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """Stop a job, where the viewer may."""
    if not stopped(viewer_of(request), job):
        messages.info(request, say("The job had ended already."))
    return redirect("run", job=job)


def stopped(viewer: Viewer, job: uuid.UUID) -> bool:
    """Stop a job, where the viewer may; return False where it had ended already."""
    found = job_for(viewer, job)
    if not may_stop(viewer, found):
        raise Http404
    with writing():
        done = cancel(found.pk)
        if done:
            record(viewer, "run-cancelled", party=found.party, object=found.pk)
    return done
