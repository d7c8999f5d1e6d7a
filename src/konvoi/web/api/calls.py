"""Calls of the API: one entry, which finds the operation, asks for its right, and answers in JSON alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from konvoi.kit.digest import digest
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.routes import READS, WRITES
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.problems import Stopped, not_found, not_signed_in, problem, too_many

_PARAMETER = re.compile(r"\{(\w+)\}")
_WITH_SLASHES = frozenset({"alert", "condition", "meeting", "need", "offer", "pair", "proposal", "round"})
"""Parameters of paths that are references, which can hold slashes as in the addresses of the pages."""
MOST_FAILURES = 10
"""Wrong tokens from one address in a minute; further ones are not looked at in detail."""
Operation = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Call:
    """An operation. path: below /api/v1/, parameters in braces; right: that it asks for.

    query: parameters that it reads from the address; None where it looks at them itself. answer: name of its
    schema in the document, with status. Of those that write: body, name of the schema of what is sent;
    keyed: True where an Idempotency-Key has to be sent; seen: True where If-Match has to be sent, False where
    it is heeded, None where it means nothing. tagged: True where the answer has an entity tag; needs_results:
    True where it is refused before results are computed. kinds: schemas of its query, where they are no
    texts; needed: those of its query that have to be sent.
    """

    path: str
    right: Right
    operation: Operation
    summary: str
    query: tuple[str, ...] | None = None
    answer: str = "Table"
    status: int = 200
    writes: bool = False
    body: str = ""
    keyed: bool = False
    seen: bool | None = None
    tagged: bool = False
    needs_results: bool = False
    kinds: Mapping[str, Any] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of the operation."""
        return WRITES if self.writes else READS

    @property
    def is_tagged(self) -> bool:
        """True for an operation whose answer has an entity tag."""
        known = ("UploadState", "PairState", "Rule", "Brief", "ProposedMapping", "LedgerTotal")
        return self.tagged or self.answer in known

    @property
    def is_cached(self) -> bool:
        """True for an operation that says so where nothing has changed since the tag that a program has."""
        return self.answer in ("UploadState", "Brief", "LedgerTotal") and not self.writes

    @property
    def names(self) -> list[str]:
        """The names of the parameters of its path."""
        return _PARAMETER.findall(self.path)

    def is_open_to(self, viewer: Viewer) -> bool:
        """Return True if a viewer may; only a program with a token that is for more than reading writes."""
        return viewer.may(self.right) and (not self.writes or viewer.scope not in ("", "read"))

    def parameters(self, path: str) -> Mapping[str, str] | None:
        """Return the parameters of a path; None for another path."""
        pattern = _PARAMETER.sub(_pattern, self.path)
        found = re.fullmatch(pattern, path)
        return None if found is None else found.groupdict()


def _pattern(found: "re.Match[str]") -> str:
    one = ".+" if found[1] in _WITH_SLASHES else "[^/]+"
    return f"(?P<{found[1]}>{one})"


Known = tuple[Call, Mapping[str, str]]


def _nearest(known: Sequence[Known]) -> list[Known]:
    """Return the operations of the address that says most: scenarios/current is no id of a scenario."""
    most = max((len(_PARAMETER.sub("", call.path)) for call, _ in known), default=0)
    return [one for one in known if len(_PARAMETER.sub("", one[0].path)) == most]


@csrf_exempt
def entry(request: HttpRequest, path: str, *, calls: Callable[[], tuple[Call, ...]]) -> HttpResponseBase:
    """Answer a call. Who may not is answered as where there is nothing; nobody is asked for a token first."""
    viewer = viewer_of(request)
    if viewer.user is None and "Authorization" in request.headers:
        return too_many() if _failed_too_often(request) else not_signed_in()
    known = _nearest([(call, given) for call in calls() if (given := call.parameters(path)) is not None])
    fitting = [(call, given) for call, given in known if request.method in call.methods]
    if known and not fitting:
        # What methods an address has stands in the document, which everybody may read.
        response = problem(405, "method", "This address has no such method.")
        response["Allow"] = ", ".join(one for call, _ in known for one in call.methods)
        return response
    for call, given in fitting:
        if call.is_open_to(viewer):
            return _answered(request, call, given)
    return _absent(viewer)


def _absent(viewer: Viewer) -> HttpResponse:
    """Return the answer where there is nothing for a viewer: the same for an address and for a record."""
    return not_signed_in() if viewer.user is None else not_found()


def _answered(request: HttpRequest, call: Call, given: Mapping[str, str]) -> HttpResponseBase:
    unknown = [] if call.query is None else sorted(set(request.GET) - set(call.query))
    if unknown:
        title = "The address asks for something that the operation does not have."
        return problem(400, "query", title, parameter=unknown[0])
    try:
        return call.operation(request, **given)
    except Http404:
        return _absent(viewer_of(request))
    except Stopped as stopped:
        return stopped.response


def _failed_too_often(request: HttpRequest) -> bool:
    """Count a wrong token; return True for more of them from one address in a minute than are answered."""
    address = get_adapter(request).get_client_ip(request)
    count = f"token-failed-{digest(f'{address} {timezone.now():%Y-%m-%d %H:%M}'.encode())}"
    cache.add(count, 0, 120)
    return cache.incr(count) > MOST_FAILURES


def tagged(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    """Return a response with its entity tag; 304 where the program has it already."""
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if tag in known or "*" in known:
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization, Cookie, Accept-Language"
    return response
