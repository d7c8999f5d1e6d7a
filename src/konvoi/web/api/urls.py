"""The address of the API, and its operations."""

from functools import cache, partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from konvoi.kit.json_text import json_text
from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.api import jobs, lists, uploads
from konvoi.web.api.calls import Call, entry
from konvoi.web.api.description import openapi
from konvoi.web.lists.query import LISTS


def description(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    return HttpResponse(json_text(openapi(LISTS, OPERATIONS)) + "\n", content_type=lists.JSON)


_upload = partial(Call, right=Right.SUBMIT, query=(), answer="Upload")
_write = partial(_upload, writes=True)
OPERATIONS = (
    Call("tables/{table}", Right.PUBLIC, lists.table, "A table of the results"),
    _write(
        "uploads", operation=uploads.hand_in, summary="Hand in files", status=201, body="Files", keyed=True
    ),
    _upload("uploads/{upload}", operation=uploads.upload, summary="An upload and what it would change"),
    _write("uploads/{upload}/confirm", operation=uploads.confirm, summary="Have an upload stored", seen=True),
    _write("uploads/{upload}/discard", operation=uploads.discard, summary="Remove an upload", seen=False),
    _write("uploads/{upload}/check", operation=uploads.check, summary="Check an upload again", seen=False),
    _write(
        "documents/{document}/withdraw",
        operation=uploads.withdraw,
        summary="Withdraw a stored document",
        answer="Document",
        body="Reason",
    ),
    _write(
        "documents/{document}/restore",
        operation=uploads.restore,
        summary="Hand a withdrawn document in again",
        status=201,
        keyed=True,
    ),
    Call("questions", Right.READ, jobs.questions, "Open questions", query=(), answer="Questions"),
    _write(
        "questions/answers",
        operation=jobs.answer,
        summary="Hand in answers to open questions",
        status=201,
        body="Answers",
        keyed=True,
    ),
    Call(
        "runs",
        Right.READ,
        jobs.ask_for_results,
        "Ask for results",
        query=("day",),
        answer="Job",
        status=202,
        writes=True,
    ),
    Call("jobs/{job}", Right.READ, jobs.job, "Progress of a job", query=(), answer="Job"),
)
"""All operations that are no lists."""


@cache
def calls() -> tuple[Call, ...]:
    """Return all operations; the addresses of all lists are known when the first one is asked for."""
    of_lists = (
        Call(name, query.right, partial(lists.answer, query=query), str(query.title))
        for name, query in LISTS.items()
    )
    document = Call("openapi.json", Right.OPEN, description, "The OpenAPI document")
    return (document, *of_lists, *OPERATIONS)


def api(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call of the API."""
    return entry(request, path, calls=calls)


api.csrf_exempt = True  # type: ignore[attr-defined]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
urlpatterns = [route("api/v1/<path:path>", api, Right.OPEN, "api", methods=METHODS)]
