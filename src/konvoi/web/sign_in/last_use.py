"""Note of when a session was last in use: once a minute, not with each page."""

import time
from collections.abc import Callable

from allauth.usersessions.internal.usersessionkit import track_activity
from django.http import HttpRequest, HttpResponseBase

EVERY = 60.0
"""Seconds between two notes on one session; a note is a write, and pages are read by many at once."""
_noted: dict[tuple[str, str, str], float] = {}


def with_last_use(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Note that the session of a request is in use, at once where its address or browser is another."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if (key := request.session.session_key) and request.user.is_authenticated:
            given = request.META
            one = (key, given.get("REMOTE_ADDR", ""), given.get("HTTP_USER_AGENT", ""))
            now = time.monotonic()
            if now - _noted.get(one, -EVERY) >= EVERY:
                track_activity(request, user=request.user, session=request.session)
                _forget(now)
                _noted[one] = now
        return answer(request)

    return answered


def _forget(now: float) -> None:
    """Keep no more than the sessions of the last minute."""
    for one in [known for known, noted in list(_noted.items()) if now - noted >= EVERY]:
        _noted.pop(one, None)
