"""Calendar feeds: secret addresses of a person's calendar, cut to what the person may see at each request."""

import secrets
import uuid
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from konvoi.flow.snapshots import CALENDAR
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.web.access.audit import record
from konvoi.web.access.requests import in_role
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import User
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.reports.models import CalendarFeed

PREFIX = "konvoi_"
MOST = 20
"""So many feeds of one person are in force at most."""
PER_HOUR = 60
"""So many requests of one feed are answered in an hour."""
_HOUR = 3600


class TooMany(Exception):
    """A feed was asked for more often than its limit."""


def feeds(viewer: Viewer) -> list[CalendarFeed]:
    """Return the feeds of the viewer, the newest first."""
    return list(CalendarFeed.objects.filter(user_id=viewer.person).order_by("-created"))


def make_feed(*, viewer: Viewer, name: str) -> tuple[CalendarFeed, str]:
    """Make a feed for the role in use; return it and its secret, which is stored nowhere."""
    with writing():
        if viewer.user is None or viewer.acting is None or viewer.scope or not viewer.may(Right.READ):
            raise Refused(say("A calendar feed belongs to a person and a role."))
        if not name.strip():
            raise Refused(say("The calendar feed needs a name."))
        if CalendarFeed.objects.filter(user_id=viewer.user, revoked=None).count() >= MOST:
            raise Refused(say("You have {count} calendar feeds. Revoke one first.", count=MOST))
        secret = PREFIX + secrets.token_urlsafe(32)
        feed = CalendarFeed.objects.create(
            digest=digest(secret.encode()),
            user=User.objects.get(pk=viewer.user),
            name=name.strip()[:100],
            role=viewer.acting.key,
            language=code(),
        )
        record(viewer, "feed-made", party=viewer.party, object=feed.pk)
    return feed, secret


def feed_for(viewer: Viewer, feed: uuid.UUID) -> CalendarFeed | None:
    """Return a feed of the viewer; None for one that is not there or another person's."""
    return CalendarFeed.objects.filter(pk=feed, user_id=viewer.person).first()


def revoke_feed(*, viewer: Viewer, feed: uuid.UUID) -> None:
    """Make the address of a feed void at once."""
    with writing():
        own = CalendarFeed.objects.filter(pk=feed, user_id=viewer.person, revoked=None)
        if own.update(revoked=timezone.now()):
            record(viewer, "feed-revoked", party=viewer.party, object=feed)


def calendar(secret: str) -> tuple[str, str] | None:
    """Return the calendar behind a secret address, and its view digest.

    None for an address that is unknown or revoked, for one of a person whose account is closed or whose role
    has ended, and where nothing is computed for the role. TooMany beyond the limit.
    """
    found = (
        CalendarFeed.objects.select_related("user")
        .filter(digest=digest(secret.encode()), revoked=None, user__is_active=True)
        .first()
    )
    if found is None:
        return None
    viewer = in_role(found.user.id, found.role)
    if not viewer.may(Right.READ):
        return None
    if not _is_within_limit(found):
        raise TooMany
    opened = view(viewer)
    text = opened.text(CALENDAR, found.language) if opened else ""
    if opened is None or not text:
        return None
    _note_use(viewer, found)
    return text, opened.manifest.digest


def _is_within_limit(feed: CalendarFeed) -> bool:
    key = f"feed-{feed.pk}-{_hour()}"
    asked = int(cache.get(key) or 0) + 1
    cache.set(key, asked, 2 * _HOUR)
    return asked <= PER_HOUR


def _hour() -> int:
    return int(timezone.now().timestamp()) // _HOUR


def _note_use(viewer: Viewer, feed: CalendarFeed) -> None:
    """Note the last use, and once a day in the audit log that the calendar was read."""
    now = timezone.now()
    if feed.used is not None and now - feed.used < timedelta(minutes=1):
        return
    first = feed.used is None or feed.used.date() != now.date()
    with writing() if first else transaction.atomic():
        CalendarFeed.objects.filter(pk=feed.pk).update(used=now)
        if first:
            record(viewer, "feed-read", party=viewer.party, object=feed.pk, detail={"reader": viewer.reader})
