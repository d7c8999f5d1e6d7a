"""The address of the API, and its operations."""

from functools import cache, partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import register_converter
from django.urls.converters import StringConverter

from konvoi.kit.json_text import json_text
from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.api import jobs, lists, mappings, pairs, releases, rows, totals, uploads
from konvoi.web.api.calls import Call, entry
from konvoi.web.api.description import openapi
from konvoi.web.api.operations import SUBJECTS
from konvoi.web.lists.query import LISTS, ListQuery
from konvoi.web.reports.release_list import RELEASES


def description(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    return HttpResponse(json_text(openapi(all_lists(), OPERATIONS)) + "\n", content_type=lists.JSON)


def all_lists() -> dict[str, ListQuery]:
    """Return the lists of the API by name: those with pages, and those that pages show in another way."""
    return {**LISTS, RELEASES.name: RELEASES}


_upload = partial(Call, right=Right.SUBMIT, query=(), answer="UploadState")
_write = partial(_upload, writes=True)
_pair = partial(Call, right=Right.READ, query=(), answer="PairState")
_decides = partial(_pair, right=Right.DECIDE, writes=True)
OPERATIONS = (
    Call("tables/{table}", Right.PUBLIC, lists.table, "A table of the results"),
    _write(
        "uploads",
        operation=uploads.hand_in,
        summary="Hand in files",
        status=201,
        body="FilesToUpload",
        keyed=True,
    ),
    _upload("uploads/{upload}", operation=uploads.upload, summary="An upload and what it would change"),
    _write("uploads/{upload}/confirm", operation=uploads.confirm, summary="Have an upload stored", seen=True),
    _write("uploads/{upload}/discard", operation=uploads.discard, summary="Remove an upload", seen=False),
    _write("uploads/{upload}/check", operation=uploads.check, summary="Check an upload again", seen=False),
    _upload(
        "uploads/{upload}/mapping",
        operation=mappings.mapping,
        summary="The mapping proposed for a file",
        query=mappings.OF_FILE,
        answer="ProposedMapping",
    ),
    _write(
        "uploads/{upload}/mapping",
        operation=mappings.keep_mapping,
        summary="Keep a mapping for the files of a sender",
        query=("file",),
        body="MappingsToKeep",
        seen=True,
    ),
    _write(
        "documents/{document}/withdraw",
        operation=uploads.withdraw,
        summary="Withdraw a stored document",
        answer="StoredDocument",
        body="ReasonGiven",
    ),
    _write(
        "documents/{document}/restore",
        operation=uploads.restore,
        summary="Hand a withdrawn document in again",
        status=201,
        keyed=True,
    ),
    Call("questions", Right.READ, jobs.questions, "Open questions", query=(), answer="OpenQuestions"),
    _write(
        "questions/answers",
        operation=jobs.answer,
        summary="Hand in answers to open questions",
        status=201,
        body="AnswersToQuestions",
        keyed=True,
    ),
    Call(
        "runs",
        Right.READ,
        jobs.ask_for_results,
        "Ask for results",
        query=("day",),
        answer="JobState",
        status=202,
        writes=True,
    ),
    Call("jobs/{job}", Right.READ, jobs.job, "Progress of a job", query=(), answer="JobState"),
    Call(
        "jobs/{job}/cancel",
        Right.READ,
        jobs.cancel,
        "Stop a job",
        query=(),
        answer="JobState",
        writes=True,
    ),
    Call(
        "total",
        Right.PUBLIC,
        totals.total,
        "A total with its range and source rows",
        query=("day", *totals.PARAMETERS),
        answer="LedgerTotal",
    ),
    *(
        _write(
            name,
            operation=rows.adding(form),
            summary=form.title,
            status=201,
            body=f"{form.key.capitalize()}Row",
            keyed=True,
        )
        for name, form in rows.FORMS.items()
    ),
    Call(
        "meetings/{meeting}/records",
        Right.DECIDE,
        rows.record_in_meeting,
        "Record in a meeting",
        query=(),
        answer="RecordedRow",
        status=202,
        writes=True,
        body="MeetingRecord",
        keyed=True,
    ),
    _pair("pairs/{pair}", operation=pairs.pair, summary="A pair with its evidence"),
    _decides(
        "pairs/{pair}/decide",
        operation=pairs.decide,
        summary="Decide on a pair",
        body="DecisionOnPair",
        seen=True,
    ),
    _decides("pairs/{pair}/undo", operation=pairs.undo, summary="Take a decision back", seen=False),
    _decides(
        "pairs/{pair}/second-opinion",
        operation=pairs.ask_second,
        summary="Ask for a second opinion",
        body="Opinion",
        seen=False,
    ),
    _pair(
        "rule",
        right=Right.DECIDE,
        operation=pairs.rule,
        summary="Pairs of a rule",
        query=pairs.OF_RULE,
        answer="Rule",
    ),
    _decides(
        "rule/decide",
        operation=pairs.decide_by_rule,
        summary="Decide on all pairs of a rule",
        query=pairs.OF_RULE,
        answer="DecidedPairs",
        body="RuleDecision",
        seen=True,
    ),
    Call(
        "brief", Right.PUBLIC, releases.brief, "The public brief in figures", query=("day",), answer="Brief"
    ),
    Call(
        "releases",
        Right.DECIDE,
        releases.make_release,
        "Release the public brief",
        query=("day",),
        answer="ReleaseState",
        status=201,
        writes=True,
        body="LanguagesToRelease",
        keyed=True,
        seen=True,
    ),
    Call("releases/{release}", Right.PUBLIC, releases.release, "A release", query=(), answer="ReleaseState"),
    Call(
        "releases/{release}/withdraw",
        Right.DECIDE,
        releases.withdraw_release,
        "Withdraw a release",
        query=(),
        answer="ReleaseState",
        writes=True,
        body="ReasonGiven",
    ),
    *(call for subject in SUBJECTS for call in subject.calls),
)
"""All operations that are no lists."""


@cache
def calls() -> tuple[Call, ...]:
    """Return all operations; the addresses of all lists are known when the first one is asked for."""
    of_lists = (
        Call(name, query.right, partial(lists.answer, query=query), str(query.title))
        for name, query in all_lists().items()
    )
    document = Call("openapi.json", Right.OPEN, description, "The OpenAPI document")
    return (document, *of_lists, *OPERATIONS)


def api(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call of the API."""
    return entry(request, path, calls=calls)


api.csrf_exempt = True  # type: ignore[attr-defined]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class _Anything(StringConverter):
    """All that can follow in an address, ends of lines and nothing at all included."""

    regex = r"(?s:.*)"


register_converter(_Anything, "anything")
urlpatterns = [route("api/v1/<anything:path>", api, Right.OPEN, "api", methods=METHODS)]
