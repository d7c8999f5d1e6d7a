"""Jobs and open questions in the API: ask for results, wait for a job, read questions and answer them."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse

from konvoi.gateways.refusal import Refused
from konvoi.kit.json_text import json_text
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.once import once
from konvoi.web.api.problems import ADDRESS, problem, unfit
from konvoi.web.api.received import id_of, members_of, texts
from konvoi.web.api.uploads import JSON, created
from konvoi.web.pages.texts import say
from konvoi.web.runs.actions import ask_results
from konvoi.web.runs.models import Job
from konvoi.web.runs.views import job_for, progress_of, stopped
from konvoi.web.submissions import questions as asked

LONGEST = 2_000
MOST_ANSWERS = 1_000
OF_ANSWER = {"question": 100, "answer": LONGEST, "day": LONGEST, "remark": LONGEST}


def job(request: HttpRequest, job: str) -> HttpResponse:
    """Return how far a job is."""
    viewer = viewer_of(request)
    return _stated(job_values(viewer, job_for(viewer, id_of(job))))


def ask_for_results(request: HttpRequest) -> HttpResponse:
    """Ask for results: of a day for the reader of the token, without a day of the newest state."""
    viewer = viewer_of(request)
    if "day" in request.GET and viewer.day is None:
        return problem(400, "query", "A day is written as 2026-03-31.", parameter="day")

    def act() -> HttpResponse:
        made = ask_results(viewer=viewer)
        response = _stated(job_values(viewer, made), status=202)
        response["Location"] = f"{ADDRESS}jobs/{made.pk}"
        return response

    return once(request, act)


def cancel(request: HttpRequest, job: str) -> HttpResponse:
    """Stop a job that waits or runs."""
    viewer, id = viewer_of(request), id_of(job)

    def act() -> HttpResponse:
        if not stopped(viewer, id):
            raise Refused(say("The job had ended already."))
        return _stated(job_values(viewer, job_for(viewer, id)))

    return once(request, act)


def questions(request: HttpRequest) -> HttpResponse:
    """Return the open questions that the reader may see; none while they are looked for."""
    viewer = viewer_of(request)
    found = asked.questions_job(viewer)
    rows = [
        {
            "question": one.id,
            "party": own.party,
            "title": one.title,
            "about": one.about,
            "where": one.where,
            "asks": one.asks,
            "needed": one.needed,
            "open_days": one.days,
            "choices": [value for value, _ in one.choices] if one.field == "choice" else [],
        }
        for own in asked.shown_questions(found)
        for one in own.questions
    ]
    return _stated({**job_values(viewer, found), "questions": rows})


def answer(request: HttpRequest) -> HttpResponse:
    """Hand in answers of a party; they are checked and confirmed like files."""
    viewer, told = viewer_of(request), members_of(request)
    rows = told.get("answers")
    if set(told) != {"answers"} or not isinstance(rows, list) or not 0 < len(rows) <= MOST_ANSWERS:
        raise unfit("answers", f"A list of 1 to {MOST_ANSWERS} answers is needed, and nothing else.")
    rows = [texts(one, OF_ANSWER, needed=["question"]) for one in rows]

    def act() -> HttpResponse:
        _refuse_unknown(viewer, [one["question"] for one in rows])
        given = {
            f"{name}-{one['question']}": one[name]
            for one in rows
            for name in ("answer", "day", "remark")
            if name in one
        }
        made = asked.answer(viewer=viewer, given=given, by=str(viewer.person), key=uuid.uuid4())
        return created(made)

    return once(request, act, content=rows, needed=True)


def _refuse_unknown(viewer: Viewer, named: list[str]) -> None:
    """Refuse where an answer is to no open question of the party, or one question is answered twice."""
    if not viewer.party:
        # The action says why.
        return
    found = asked.shown_questions(asked.questions_job(viewer))
    known = {one.id for own in found if own.party == viewer.party for one in own.questions}
    for one in named:
        if one not in known or named.count(one) > 1:
            text = "“{question}” is not an open question of the party, or is answered twice."
            raise Refused(say(text, question=one))


def job_values(viewer: Viewer, found: Job) -> dict[str, Any]:
    """Return how far a job is, as a viewer may know it."""
    told = progress_of(found, viewer)
    if told.get("note"):
        told["note"] = say(str(told["note"]))
    return {"job": str(found.pk), "kind": found.kind, **told}


def _stated(values: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(json_text(values) + "\n", content_type=JSON, status=status)
    if values["state"] in ("waiting", "running"):
        response["Retry-After"] = "1"
    return response
