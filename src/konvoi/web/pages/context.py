"""Values that every page shows around its content."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from konvoi.web.access.requests import DAY
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.languages import code
from konvoi.web.record import settings_now


@dataclass(frozen=True)
class Item:
    """An entry of the navigation. key: pressed after `g`; a code of the key's place, not of its letter."""

    name: str
    address: str
    key: str
    right: Right


NAVIGATION = (
    Item("Overview", "/", "KeyO", Right.PUBLIC),
    Item("Ledger", "/ledger/", "KeyF", Right.PUBLIC),
    Item("Planning room", "/planning/", "KeyP", Right.PUBLIC),
    Item("Deliveries", "/deliveries/", "KeyV", Right.PUBLIC),
    Item("Submissions", "/submissions/", "KeyS", Right.READ),
    Item("Tables", "/tables/", "KeyT", Right.PUBLIC),
    Item("Matching", "/matching/", "KeyD", Right.READ),
    Item("Agreements", "/agreements/", "KeyG", Right.PUBLIC),
    Item("Meetings", "/meetings/", "KeyE", Right.PUBLIC),
    Item("Funding", "/funding/", "KeyB", Right.PUBLIC),
    Item("Sanctions", "/sanctions/", "KeyX", Right.PUBLIC),
    Item("Reports", "/reports/", "KeyR", Right.PUBLIC),
    Item("Administration", "/administration/", "KeyA", Right.ADMINISTER),
    Item("Users", "/administration/users", "KeyU", Right.INVITE),
    Item("Audit log", "/administration/audit/", "KeyL", Right.AUDIT),
    Item("My account", "/account/", "KeyM", Right.SIGNED_IN),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the values of the frame of a page."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"language": code(), "languages": settings.LANGUAGES, "navigation": (), "viewer": None}
    opened = view_of(request) if viewer.may(Right.PUBLIC) else None
    known = settings_now()
    day = request.GET.get(DAY, "")
    return {
        "language": code(),
        "languages": settings.LANGUAGES,
        "coalition": known.name,
        "exercise": known.exercise,
        "viewer": viewer,
        "opened": opened,
        "marking": opened.manifest.marking.get(code(), "") if opened else "",
        "navigation": [one for one in NAVIGATION if viewer.may(one.right)],
        "current": current(request.path),
        "chosen_day": day if viewer.day else "",
        "unread_day": bool(day) and viewer.day is None,
        "day_query": viewer.day_query,
        "is_demo": instance().is_demo,
        "keys": getattr(request.user, "keys", True),
    }


def current(path: str) -> str:
    """Return the address of the entry of the navigation to which a page belongs: the longest that fits."""
    fitting = [one.address for one in NAVIGATION if path == one.address or path.startswith(one.address)]
    found = max(fitting, key=len, default="")
    return found if found != "/" or path in ("/", "/records") else ""
