"""Changes since the viewer's last visit: documents and figures of two results for the same reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from konvoi.web.access.models import Snapshot
from konvoi.web.access.view import Opened, opened_as
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import User
from konvoi.web.pages.languages import code

VISIT = timedelta(minutes=30)
"""A page opened later than so long after the last one begins another visit."""
MOST = 10_000


@dataclass(frozen=True)
class Figure:
    """A figure of the first page before and now."""

    title: str
    before: str
    now: str


@dataclass(frozen=True)
class Changes:
    """Differences to the last visit. added, changed, gone: names of documents."""

    since: datetime
    figures: tuple[Figure, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def any(self) -> bool:
        """True where something changed."""
        return bool(self.figures or self.added or self.changed or self.gone)


def note_visit(user: User) -> datetime | None:
    """Note that a user opened the overview; return when the visit before this one was."""
    now = timezone.now()
    before = user.seen_before
    if user.seen is None or now - user.seen > VISIT:
        before = user.seen
        User.objects.filter(pk=user.pk).update(seen=now, seen_before=before)
    return before


def changes(viewer: Viewer, opened: Opened, since: datetime | None) -> Changes | None:
    """Return the changes since a moment; None without one, or where the results of then are gone."""
    if since is None or viewer.day is not None:
        return None
    earlier = (
        Snapshot.objects.filter(reader=viewer.reader, asked=None, made__lte=since).order_by("-made").first()
    )
    then = None if earlier is None else opened_as(viewer, earlier)
    if then is None:
        return None
    known, now = _documents(then), _documents(opened)
    return Changes(
        since,
        tuple(_figures(then, opened)),
        tuple(sorted(now.keys() - known.keys())),
        tuple(sorted(one for one in now.keys() & known.keys() if now[one] != known[one])),
        tuple(sorted(known.keys() - now.keys())),
    )


def _documents(opened: Opened) -> Mapping[str, object]:
    rows = opened.rows("submissions", limit=MOST).rows
    return {str(one["name"]): one.get("digest") for one in rows}


def _figures(then: Opened, now: Opened) -> list[Figure]:
    before = {one[0]: one[2] for one in then.tiles(code())}
    return [
        Figure(title, before[id], figure)
        for id, title, figure in now.tiles(code())
        if id in before and before[id] != figure
    ]
