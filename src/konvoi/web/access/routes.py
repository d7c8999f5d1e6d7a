"""Routes: every address with the right that it asks for. There is no other way to make one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right

View = Callable[..., HttpResponseBase]
READS = ("GET", "HEAD")
WRITES = ("POST",)
FORMS = (*READS, *WRITES)


@dataclass(frozen=True)
class Route:
    """The right that an address asks for, and its methods."""

    right: Right
    methods: tuple[str, ...]


ROUTES: dict[str, Route] = {}
"""All routes by name; the generated matrix of rights walks over them."""


class _Record(StringConverter):
    """A table and a reference in it, as an address ends with them: any text."""

    regex = r"(?s:.+)"


class _Reference(_Record):
    """A reference of a record in an address: any text, as one part of the address.

    A slash in it is written ~1 and a tilde ~0, as in a pointer of JSON (RFC 6901), so that no reference is
    taken for another address. A part that is but dots would lead to another address, too: its dots are ~2.
    """

    def to_python(self, value: str) -> str:
        """Return the reference that stands in an address; a slash may stand in it as it is."""
        return value.replace("~2", ".").replace("~1", "/").replace("~0", "~")

    def to_url(self, value: str) -> str:
        """Return a reference as it stands in an address."""
        written = str(value).replace("~", "~0").replace("/", "~1")
        return written.replace(".", "~2") if not written.strip(".") else written


register_converter(_Record, "record")
register_converter(_Reference, "reference")


def route(
    pattern: str, view: View, right: Right, name: str, *, methods: tuple[str, ...] = READS
) -> URLPattern:
    """Return the pattern of an address that only those with a right reach.

    Others get the answer of an address that does not exist; who is not signed in is asked to, whatever the
    address is.
    """
    known = Route(right, methods)
    if ROUTES.setdefault(name, known) != known:
        raise ValueError(f"two routes of one name: {name}")
    return path(pattern, guarded(view, known), name=name)


def guarded(view: View, known: Route) -> View:
    """Return a view that asks for the right first, then for the method."""

    @wraps(view)
    def answered(request: HttpRequest, **given: Any) -> HttpResponseBase:
        viewer = viewer_of(request)
        if not viewer.may(known.right):
            return refused(request)
        if request.method not in known.methods:
            return HttpResponseNotAllowed(known.methods)
        return view(request, **given)

    answered.route = known  # type: ignore[attr-defined]
    return answered


def refused(request: HttpRequest) -> HttpResponseBase:
    """Return the answer to who may not: not found, or for nobody yet the way to sign in."""
    if viewer_of(request).user is None and "Authorization" not in request.headers:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    raise Http404
