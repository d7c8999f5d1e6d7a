"""A total in the API: the figure of the page, with its range, what is not in it, and its source rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from konvoi.kit.digest import key
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view
from konvoi.web.api.calls import tagged
from konvoi.web.api.problems import Stopped, problem
from konvoi.web.api.uploads import JSON
from konvoi.web.ledger.asked import FIELDS, LONG, MARKS, TEXTS, Asked, answered, asked
from konvoi.web.ledger.total_file import total_json
from konvoi.web.pages.texts import say

PARAMETERS = (*FIELDS, *TEXTS, *MARKS, "on")
YES = "yes"
_TITLE = "The address asks for something that the total does not have."


def total(request: HttpRequest) -> HttpResponse:
    """Return a total; without a figure where it is refused because it would count twice."""
    viewer = viewer_of(request)
    given = _given(request)
    opened = view(viewer)
    if opened is None or opened.totals() is None:
        return problem(409, "not-computed", say("There are no results for this day yet."))
    found = _document(_Asking(opened.folder, tuple(sorted(given.items())), opened))
    if isinstance(found, Asked):
        # Which names there are is a matter of what the reader may see.
        name, near = next(iter(found.wrong.items()))
        title = say("There is no such value, or it is not released to you.")
        return problem(404, "not-found", title, near, parameter=name)
    response = HttpResponse(found, content_type=JSON)
    response["Konvoi-View"] = opened.manifest.digest
    return tagged(request, response, f'"{key(opened.manifest.digest, *map(str, sorted(given.items())))}"')


@dataclass(frozen=True)
class _Asking:
    """A total that is asked for of results, which never change."""

    folder: Path
    given: tuple[tuple[str, str], ...]
    opened: Opened = field(compare=False)


@lru_cache(maxsize=100)
def _document(asking: _Asking) -> bytes | Asked:
    """Return the total as its file states it; the options where a name is not known."""
    kept = asking.opened.totals()
    found = asked(dict(asking.given)) if kept is None else answered(asked(dict(asking.given)), kept)
    return found if isinstance(found, Asked) else total_json(found, asking.opened)


def _given(request: HttpRequest) -> Mapping[str, str]:
    """Return the options of the address; stop where one is not as the document says."""
    given = request.GET.dict()
    for name, value in given.items():
        is_one = len(request.GET.getlist(name)) == 1
        if not is_one or not value.strip() or len(value) > LONG or not _fits(name, value):
            raise Stopped(problem(400, "query", _TITLE, parameter=name))
    if "day" in request.GET and viewer_of(request).day is None:
        raise Stopped(problem(400, "query", _TITLE, parameter="day"))
    return {name: value for name, value in given.items() if name != "day"}


def _fits(name: str, value: str) -> bool:
    if name in MARKS:
        return value == YES
    if name == "on":
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return name not in FIELDS or value in FIELDS[name]
