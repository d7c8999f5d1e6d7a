"""Views of open questions: those to the viewer's party with a form, and for the coordination cell all."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.gateways.refusal import Refused
from konvoi.web.access.requests import viewer_of
from konvoi.web.accounts.models import User
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.submissions.questions import answer, questions_job, shown_questions
from konvoi.web.submissions.views import form_key


def questions(request: HttpRequest) -> HttpResponse:
    """Show the open questions; where they are not computed yet, the progress."""
    viewer = viewer_of(request)
    job = questions_job(viewer)
    values = {
        "job": job,
        "parties": shown_questions(job),
        "may_answer": viewer.may_submit_for(viewer.party),
        "key": uuid.uuid4(),
    }
    return render(request, "submissions/questions.html", values)


def answers(request: HttpRequest) -> HttpResponse:
    """Hand in what was answered; the answers are checked and confirmed like any other file."""
    viewer = viewer_of(request)
    user = request.user
    try:
        upload = answer(
            viewer=viewer,
            given={name: str(value) for name, value in request.POST.items()},
            by=str(user.pk) if isinstance(user, User) else "",
            key=form_key(request),
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect("questions")
    return redirect("upload", upload=upload.pk)
