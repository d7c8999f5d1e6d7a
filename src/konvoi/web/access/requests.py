"""The viewer of each request, from its session, its address and its token."""

import re
import uuid
from collections.abc import Callable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from konvoi.kit.digest import digest
from konvoi.web.access.grants import memberships
from konvoi.web.access.roles import BY_ROLE, OF_SCOPE
from konvoi.web.access.scope import set_for
from konvoi.web.access.second_factor import in_force
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import ApiToken, User
from konvoi.web.record import settings_now

ACTING = "acting"
"""Key of the session: the membership in use."""
DAY = "day"
"""Parameter of an address: the day as of which a page is shown."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer of a request; every view asks it, and nothing else, who is there."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]
    return found


def with_viewer(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set the viewer of each request, before its view."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        viewer = _viewer(request).on(day_of(request.GET.get(DAY, "")))
        set_for(viewer)
        request.viewer = viewer  # type: ignore[attr-defined]
        response = answer(request)
        # What one reader sees is stored by no one in between.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return answered


def _viewer(request: HttpRequest) -> Viewer:
    public = settings_now().public
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if token:
        return _of_token(token, public=public)
    user = request.user
    if not isinstance(user, User):
        return Viewer(public_allowed=public)
    held = _memberships(user.id, public=public)
    found = in_force(user.id, held)
    locked = tuple(one for one in held if one not in found)
    chosen = request.session.get(ACTING, "")
    acting = next((one for one in found if one.key == chosen), found[0] if found else None)
    return Viewer(user.id, acting, found, public_allowed=public, locked=locked)


def _of_token(token: str, *, public: bool) -> Viewer:
    """Return the viewer of a program; the rights of its owner are asked anew each time."""
    now = timezone.now()
    found = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest(token.encode()), revoked=None, expires__gt=now, user__is_active=True)
        .first()
    )
    if found is None:
        return Viewer(public_allowed=public)
    known = in_force(found.user.id, _memberships(found.user.id, public=public))
    held = [one for one in known if one.party == found.party]
    acting = _of_scope(held, found.scope)
    ApiToken.objects.filter(pk=found.pk).update(used=now)
    return Viewer(found.user.id, acting, tuple(held), public_allowed=public, scope=found.scope)


def _of_scope(held: Sequence[Membership], scope: str) -> Membership | None:
    """Return the role in which a program acts: the first one that gives all rights of the scope, if any."""
    asked = OF_SCOPE.get(scope, frozenset())
    return next((one for one in held if asked <= BY_ROLE[one.role]), held[0] if held else None)


def in_role(user: uuid.UUID, role: str) -> Viewer:
    """Return the viewer of a person in one of the roles, by its key; of no role where it has ended."""
    public = settings_now().public
    known = in_force(user, _memberships(user, public=public))
    found = Viewer(user, next((one for one in known if one.key == role), None), known, public_allowed=public)
    set_for(found)
    return found


def _memberships(user: uuid.UUID, *, public: bool) -> tuple[Membership, ...]:
    """Return the roles of a user, who sees no more than these until the role in use is known."""
    set_for(Viewer(user, public_allowed=public))
    return memberships(user)


def day_of(text: str) -> date | None:
    """Return the day that a text of an address names, as 2026-03-31; None for another text."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
