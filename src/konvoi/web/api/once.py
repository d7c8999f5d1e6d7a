"""Writes of programs: one transaction each, and the same answer for a request that is sent again."""

import json
import re
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.web.access.requests import viewer_of
from konvoi.web.accounts.kept_answers import KEEP
from konvoi.web.accounts.models import KeptAnswer
from konvoi.web.api.problems import Stopped, problem
from konvoi.web.pages.refusals import refusal_text

KEY = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,100}")
_KEPT = ("Content-Type", "ETag", "Location", "Retry-After")


def once(
    request: HttpRequest, act: Callable[[], HttpResponse], *, content: object = None, needed: bool = False
) -> HttpResponse:
    """Act in one transaction and return the answer; with a key that was sent before, the answer of then.

    content: what was sent, of which equal requests have equal values. needed: True where a key has to be
    sent. An action that is refused, or stopped, changes nothing, and its answer is not kept.
    """
    key = request.headers.get(KEY, "")
    if KEY in request.headers and not _KEY.fullmatch(key):
        return problem(400, "key", f"{KEY}: 1 to 100 visible characters of ASCII.")
    if not key and needed:
        return problem(400, "key", f"Send the header {KEY}, a new value for each request.")
    try:
        with transaction.atomic():
            return _kept(request, key, content, act) if key else act()
    except Refused as error:
        return problem(409, "refused", "The action was refused. Nothing was changed.", refusal_text(error))


def _kept(request: HttpRequest, key: str, content: object, act: Callable[[], HttpResponse]) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    role = "" if viewer.acting is None else viewer.acting.key
    asked = digest(json.dumps([role, request.method, request.get_full_path(), content]).encode())
    KeptAnswer.objects.filter(user_id=viewer.person, key=key, at__lte=now - KEEP).delete()
    kept, is_new = KeptAnswer.objects.get_or_create(
        user_id=viewer.person, key=key, defaults={"digest": asked, "at": now}
    )
    if kept.digest != asked:
        raise Stopped(problem(422, "key-used", f"The {KEY} was sent with another request before."))
    if not is_new:
        response = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
        response["Idempotency-Replayed"] = "true"
        return response
    response = act()
    kept.status, kept.body = response.status_code, response.content.decode()
    kept.headers = {name: response[name] for name in _KEPT if name in response}
    kept.save()
    return response
