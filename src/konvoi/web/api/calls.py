"""Calls of the API: one entry, which finds the operation, asks for its right, and answers in JSON alone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from konvoi.kit.digest import digest
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.routes import READS
from konvoi.web.api.problems import not_found, not_signed_in, problem, too_many
from konvoi.web.pages.texts import say

_PARAMETER = re.compile(r"\{(\w+)\}")
MOST_FAILURES = 10
"""Wrong tokens from one address in a minute; further ones are not looked at in detail."""
Operation = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Call:
    """An operation. path: below /api/v1/, parameters in braces; right: that it asks for."""

    path: str
    right: Right
    operation: Operation
    summary: str

    def parameters(self, path: str) -> Mapping[str, str] | None:
        """Return the parameters of a path; None for another path."""
        pattern = _PARAMETER.sub(r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return None if found is None else found.groupdict()


@csrf_exempt
def entry(request: HttpRequest, path: str, *, calls: Callable[[], tuple[Call, ...]]) -> HttpResponseBase:
    """Answer a call. Who may not is answered as where there is nothing; nobody is asked for a token first."""
    viewer = viewer_of(request)
    if viewer.user is None and "Authorization" in request.headers:
        return too_many() if _failed_too_often(request) else not_signed_in()
    for call in calls():
        given = call.parameters(path)
        if given is None or not viewer.may(call.right):
            continue
        if request.method not in READS:
            response = problem(405, "method", say("This address is only read."))
            response["Allow"] = ", ".join(READS)
            return response
        return call.operation(request, **given)
    return not_signed_in() if viewer.user is None else not_found()


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
