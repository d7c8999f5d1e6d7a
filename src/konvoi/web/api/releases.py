"""Releases in the API: the public brief as it would be released, its release, and its withdrawal."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from konvoi.gateways.refusal import Refused
from konvoi.kit.json_text import json_text
from konvoi.model.markings import PUBLIC
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.calls import tagged
from konvoi.web.api.once import once
from konvoi.web.api.problems import ADDRESS, problem, unfit
from konvoi.web.api.received import id_of, members_of, refuse_unseen, texts
from konvoi.web.api.uploads import JSON
from konvoi.web.pages.languages import CODES, code
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now
from konvoi.web.reports import release_actions
from konvoi.web.reports.release_actions import LONGEST_REASON, release_brief
from konvoi.web.reports.release_list import values
from konvoi.web.reports.releases import Release, release_of


def brief(request: HttpRequest) -> HttpResponse:
    """Return the public brief of a day in figures, as it would be released."""
    viewer = viewer_of(request)
    if "day" in request.GET and viewer.day is None:
        return problem(400, "query", "A day is written as 2026-03-31.", parameter="day")
    opened = view(viewer, PUBLIC)
    if opened is None:
        return problem(409, "not-computed", say("There are no results for this day yet."))
    told = {
        "reader": PUBLIC,
        "day": opened.day,
        "view": opened.manifest.digest,
        "languages": list(settings_now().languages),
        "figures": [
            {"figure": id, "title": title, "value": value} for id, title, value in opened.tiles(code())
        ],
    }
    response = HttpResponse(json_text(told) + "\n", content_type=JSON)
    return tagged(request, response, f'"{opened.manifest.digest}"')


def release(request: HttpRequest, release: str) -> HttpResponse:
    """Return a release: its state, and its files."""
    return _stated(viewer_of(request), id_of(release))


def make_release(request: HttpRequest) -> HttpResponse:
    """Release the public brief of a day, as the program has seen it."""
    viewer, told = viewer_of(request), members_of(request)
    languages = told.get("languages")
    if "day" in request.GET and viewer.day is None:
        return problem(400, "query", "A day is written as 2026-03-31.", parameter="day")
    if set(told) != {"languages"} or not isinstance(languages, list) or not languages:
        raise unfit("languages", "A list of languages is needed, and nothing else.")
    if any(one not in CODES for one in languages):
        raise unfit("languages", f"Languages are {', '.join(CODES)}.")

    def act() -> HttpResponse:
        opened = view(viewer, PUBLIC)
        digest = "" if opened is None else opened.manifest.digest
        refuse_unseen(request, [f'"{digest}"'], needed=True)
        if set(languages) - set(settings_now().languages):
            raise Refused(say("The coalition does not publish in one of these languages."))
        made = release_brief(viewer=viewer, seen=digest, languages=languages, key=uuid.uuid4())
        response = _stated(viewer, made)
        response.status_code = 201
        response["Location"] = f"{ADDRESS}releases/{made}"
        return response

    return once(request, act, content=languages, needed=True)


def withdraw_release(request: HttpRequest, release: str) -> HttpResponse:
    """Withdraw a release for a reason that its readers are told; its bytes stay in the record."""
    viewer, id = viewer_of(request), id_of(release)
    told = texts(members_of(request), {"reason": LONGEST_REASON}, needed=["reason"])

    def act() -> HttpResponse:
        release_actions.withdraw_release(viewer=viewer, release=id, reason=told["reason"])
        return _stated(viewer, id)

    return once(request, act, content=told)


def _stated(viewer: Viewer, id: uuid.UUID) -> HttpResponse:
    found = release_of(id)
    if found is None or not viewer.reads(found.reader):
        raise Http404
    told = {**values(found), "files": _files(viewer, found)}
    return HttpResponse(json_text(told) + "\n", content_type=JSON)


def _files(viewer: Viewer, found: Release) -> list[str]:
    """Return the addresses of the files that a viewer may take."""
    names = found.names if found.is_open_to(viewer) else []
    return [reverse("release-file", kwargs={"release": found.id, "released": one}) for one in names]
