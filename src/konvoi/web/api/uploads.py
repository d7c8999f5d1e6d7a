"""Uploads in the API: hand in, look, confirm, discard, check again; and withdraw and restore documents."""

import uuid
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse

from konvoi.kit.digest import digest
from konvoi.kit.json_text import json_text
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.calls import tagged
from konvoi.web.api.once import once
from konvoi.web.api.problems import ADDRESS, refused_by
from konvoi.web.api.received import digests, files_of, id_of, members_of, refuse_unseen, texts
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.submissions import actions, document_actions, quarantine
from konvoi.web.submissions.document_actions import LONGEST_REASON
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.shown import shown_preview
from konvoi.web.submissions.views import party_named

State = Upload.State
JSON = "application/json"


def upload(request: HttpRequest, upload: str) -> HttpResponse:
    """Return an upload: its state, and what it would change."""
    one = actions.upload_for(viewer_of(request), id_of(upload))
    return tagged(request, _stated(one), tag_of(one))


def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand in files; they are checked, and stored once that is confirmed."""
    viewer, given, party = viewer_of(request), files_of(request), request.POST.get("party", "")

    def act() -> HttpResponse:
        if viewer.party and party not in ("", viewer.party):
            raise refused_by({"party": "The token is for another party."})
        names = quarantine.names_of(given)
        pieces = {name: one.chunks() for name, one in zip(names, given, strict=True)}
        made = actions.hand_in(
            viewer=viewer,
            party=party_named(viewer, party),
            given=pieces,
            sizes=[one.size or 0 for one in given],
            key=uuid.uuid4(),
        )
        return created(made)

    return once(request, act, content=[party, digests(given)], needed=True)


def confirm(request: HttpRequest, upload: str) -> HttpResponse:
    """Have an upload stored as its preview, which the program names, says."""

    def act(*, viewer: Viewer, upload: uuid.UUID) -> Upload:
        # If-Match has said which preview was seen, in this transaction.
        seen = actions.announced_of(actions.upload_held(viewer, upload))
        return actions.confirm(viewer=viewer, upload=upload, seen=seen)

    return _acted(request, upload, act, seen=True)


def discard(request: HttpRequest, upload: str) -> HttpResponse:
    """Remove an upload that was not stored."""
    return _acted(request, upload, actions.discard)


def check(request: HttpRequest, upload: str) -> HttpResponse:
    """Check an upload against the submissions as they are now."""
    return _acted(request, upload, actions.check_again)


def _acted(
    request: HttpRequest, upload: str, action: Callable[..., Upload], *, seen: bool = False
) -> HttpResponse:
    viewer, id = viewer_of(request), id_of(upload)

    def act() -> HttpResponse:
        refuse_unseen(request, [tag_of(actions.upload_held(viewer, id))], needed=seen)
        return tagged_upload(action(viewer=viewer, upload=id))

    return once(request, act)


def withdraw(request: HttpRequest, document: str) -> HttpResponse:
    """Withdraw a stored document for a reason; nothing is deleted."""
    viewer = viewer_of(request)
    told = texts(members_of(request), {"reason": LONGEST_REASON}, needed=["reason"])

    def act() -> HttpResponse:
        # The record is not read here: others see what is written once the transaction has ended.
        one = document_actions.withdraw(viewer=viewer, document=document, reason=told["reason"])
        values = {"document": one.id, "party": one.party, "file": one.file, "withdrawn": one.withdrawn}
        return HttpResponse(json_text(values) + "\n", content_type=JSON)

    return once(request, act, content=told)


def restore(request: HttpRequest, document: str) -> HttpResponse:
    """Hand a withdrawn document in again; it is in force once that is confirmed."""
    viewer = viewer_of(request)

    def act() -> HttpResponse:
        return created(document_actions.restore(viewer=viewer, document=document, key=uuid.uuid4()))

    return once(request, act, needed=True)


def created(one: Upload) -> HttpResponse:
    """Return the answer to what made an upload."""
    response = tagged_upload(one)
    response.status_code = 201
    response["Location"] = f"{ADDRESS}uploads/{one.pk}"
    return response


def tag_of(one: Upload) -> str:
    """Return the entity tag of an upload: another one for another state or preview."""
    job = actions.job_of(one)
    told = [str(one.pk), one.state, one.base, one.preview, one.outcome, str(one.job), job and job.state]
    return f'"{digest(json_text(told).encode())[:32]}"'


def tagged_upload(one: Upload) -> HttpResponse:
    """Return an upload with its entity tag, as the answer to what changed it."""
    response = _stated(one)
    response["ETag"] = tag_of(one)
    return response


def _stated(one: Upload) -> HttpResponse:
    response = HttpResponse(json_text(_values(one)) + "\n", content_type=JSON)
    if actions.is_at_work(one):
        response["Retry-After"] = "1"
    return response


def _values(one: Upload) -> dict[str, Any]:
    job = actions.job_of(one)
    stuck = job is not None and not job.is_open and one.state in (State.CHECKING, State.STORING)
    return {
        "upload": str(one.pk),
        "party": one.party,
        "state": one.state,
        "job": None if one.job is None else str(one.job),
        "files": one.files,
        "created": one.created.isoformat(),
        "reason": refusal_text(one.outcome.get("refused", "") or (job.error if job and stuck else "")),
        "confirmable": one.state == State.CHECKED and actions.stores_something(one),
        "confirmed_by": len({one.outcome.get("first"), one.outcome.get("second")} - {None}),
        "preview": _preview(one),
    }


def _preview(one: Upload) -> dict[str, Any] | None:
    """Return what an upload would change, in the language that the program asks for."""
    if not one.preview:
        return None
    found = asdict(shown_preview(one.preview, one.party))
    for file in found["files"]:
        file["counts"] = dict(file["counts"])
        for name in ("format", "unknown", "other"):
            # What the page alone says in words.
            del file[name]
    return {name: found[name] for name in ("files", "elsewhere", "effects", "widened")}
