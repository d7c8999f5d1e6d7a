"""What is held about persons goes in its time; closed accounts are erased, and the chain holds."""

import json
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone
from tests.web.personal.test_contacts import ADDRESS, NAME, book
from tests.web.submissions.uploading import stored
from tests.web.world import World

from konvoi.flow.store import ERASURES, store
from konvoi.web.access.audit import check
from konvoi.web.access.grants import memberships
from konvoi.web.access.models import Note
from konvoi.web.accounts.invitations import invite
from konvoi.web.accounts.models import Invitation, SignInLink, User
from konvoi.web.runs.models import Job
from konvoi.web.sign_in import retention
from konvoi.web.sign_in.views import BACKEND


def _later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    now = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("konvoi.web.sign_in.retention.timezone.now", lambda: now)


def test_closed_accounts_and_expired_invitations_are_erased_in_their_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = world.user("reader-xa")
    administrator = world.client("administrator")
    administrator.post(f"/administration/users/{closed.pk}/account", {"do": "deactivate"})
    invited, _ = invite("never.came@exercise.invalid", "Never Came", by=None)
    _later(monkeypatch, 364)
    assert retention.forget() == 1
    assert not User.objects.filter(pk=invited.pk).exists()
    assert User.objects.filter(pk=closed.pk).exists()
    _later(monkeypatch, 366)
    assert retention.forget() == 1
    assert not User.objects.filter(pk=closed.pk).exists()
    assert memberships(closed.pk) == ()
    assert str(closed.pk) in (store(world.folder).text(ERASURES) or "")
    assert User.objects.filter(email="desk-xa@exercise.invalid").exists()
    assert check().holds


def test_what_tells_of_sign_ins_and_jobs_goes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    user = world.user("desk-xa")
    now = timezone.now()
    SignInLink.objects.create(digest="d", user=user, expires=now)
    UserSession.objects.create(
        user=user, ip="192.0.2.1", session_key="k", user_agent="a", last_seen_at=now, data={}
    )
    Invitation.objects.create(digest="i", email=user.email, user=user, expires=now, accepted=now)
    Note.objects.create(commitment="c", salt="s", text="t", at=now)
    Job.objects.create(kind="check", lane="files", state=Job.State.DONE, ended=now)
    _later(monkeypatch, 89)
    retention.forget()
    assert not SignInLink.objects.exists()
    assert (UserSession.objects.count(), Invitation.objects.count(), Job.objects.count()) == (1, 1, 1)
    _later(monkeypatch, 91)
    retention.forget()
    assert (UserSession.objects.count(), Invitation.objects.count(), Job.objects.count()) == (0, 0, 0)
    assert Note.objects.exists()
    _later(monkeypatch, 366)
    retention.forget()
    assert not Note.objects.exists()


@pytest.mark.slow
def test_a_person_takes_all_that_is_held_about_it(world: World) -> None:
    stored(world, "desk-xa", {"list.xlsx": book()})
    user = world.user("reader-xa")
    User.objects.filter(pk=user.pk).update(email=ADDRESS)
    client = world.client()
    client.force_login(User.objects.get(pk=user.pk), backend=BACKEND)
    told = json.loads(client.post("/account/export").content)
    assert [(one["party"], one["name"]) for one in told["contacts"]] == [("XA", NAME)]
    assert told["retention, days"]["closed_accounts"] == 365
    other = json.loads(world.client("desk-xa").post("/account/export").content)
    assert other["contacts"] == []
    assert [one["files"][0]["name"] for one in other["uploads"]] == ["list.xlsx"]
