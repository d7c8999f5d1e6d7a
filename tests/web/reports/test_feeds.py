"""Calendar feeds: shown once, cut to what the person may see at each request, and revocable."""

import re
import uuid

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.web.world import World, text

from konvoi.kit.digest import digest
from konvoi.web.access.grants import decide, grants
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.accounts.models import User
from konvoi.web.reports import feeds
from konvoi.web.reports.models import CalendarFeed

FEEDS = "/reports/feeds"


def made(world: World, name: str) -> str:
    """Make a feed as a person, and return the path of its address."""
    page = world.client(name).post(f"{FEEDS}/make", {"name": "Phone"})
    found = re.search(r"http://testserver(/reports/calendar/konvoi_[\w-]+\.ics)", page.content.decode())
    assert found is not None
    return found[1]


def test_the_address_is_shown_once_and_kept_as_a_digest(world: World) -> None:
    path = made(world, "desk-xa")
    secret = path.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert feed.digest == digest(secret.encode())
    page = world.client("desk-xa").get(FEEDS).content.decode()
    assert secret not in page
    assert "Phone" in page
    assert "never" in page
    assert AuditEvent.objects.get(action__startswith="feed").action == "feed-made"
    assert secret not in str(list(AuditEvent.objects.values()))


def test_a_feed_is_the_calendar_of_its_owner_without_a_session(world: World) -> None:
    path = made(world, "desk-xa")
    answer = world.client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "no-store"
    calendar = Calendar.from_ical(answer.content)
    assert "Marking: releasable to Arvenia only" in str(calendar["x-wr-caldesc"])
    own = world.client("desk-xa").get("/brief/brief.ics").content
    assert answer.content == own
    feed = CalendarFeed.objects.get()
    assert feed.used is not None
    event = AuditEvent.objects.get(action="feed-read")
    assert (event.actor, event.party, event.detail) == (str(world.user("desk-xa").id), "XA", {"reader": "XA"})
    # Read again on the same day, it is in the log once.
    CalendarFeed.objects.update(used=timezone.now().replace(hour=0, minute=0, second=0))
    world.client().get(path)
    assert AuditEvent.objects.filter(action="feed-read").count() == 1


def test_every_address_without_a_calendar_gets_the_same_answer(world: World) -> None:
    path = made(world, "desk-xa")
    anonymous = world.client()
    lost = anonymous.get("/reports/calendar/konvoi_unknown.ics")
    assert lost.status_code == 404
    grant = grants(world.user("desk-xa").id)[0]
    decide(grant.id, GrantEvent.Step.REVOKED, by=None)
    ended = anonymous.get(path)
    other = made(world, "desk-xb")
    CalendarFeed.objects.filter(user=world.user("desk-xb")).update(revoked=timezone.now())
    revoked = anonymous.get(other)
    third = made(world, "recipient")
    User.objects.filter(pk=world.user("recipient").pk).update(is_active=False)
    closed = anonymous.get(third)
    for one in (ended, revoked, closed):
        assert (one.status_code, one.content, dict(one.items()).keys()) == (
            404,
            lost.content,
            dict(lost.items()).keys(),
        )


def test_a_person_revokes_only_feeds_of_their_own(world: World) -> None:
    path = made(world, "desk-xa")
    feed = CalendarFeed.objects.get()
    assert world.client("desk-xb").post(f"{FEEDS}/{feed.pk}/revoke").status_code == 404
    assert world.client("planner").post(f"{FEEDS}/{feed.pk}/revoke").status_code == 404
    assert world.client().get(path).status_code == 200
    page = world.client("desk-xa").post(f"{FEEDS}/{feed.pk}/revoke", follow=True)
    assert "The address is void." in text(page)
    assert world.client().get(path).status_code == 404
    assert AuditEvent.objects.filter(action="feed-revoked", object=str(feed.pk)).count() == 1
    assert world.client("desk-xa").post(f"{FEEDS}/{uuid.uuid4()}/revoke").status_code == 404


def test_a_feed_has_a_limit_of_requests(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PER_HOUR", 2)
    monkeypatch.setattr(feeds, "_hour", lambda: 7)
    path = made(world, "desk-xa")
    answers = [world.client().get(path) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "3600"


def test_a_feed_needs_a_name_and_there_are_not_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.client("desk-xa")
    assert "needs a name" in text(desk.post(f"{FEEDS}/make", {"name": " "}, follow=True))
    monkeypatch.setattr(feeds, "MOST", 1)
    made(world, "desk-xa")
    assert "Revoke one first" in text(desk.post(f"{FEEDS}/make", {"name": "Second"}, follow=True))
    assert CalendarFeed.objects.count() == 1
