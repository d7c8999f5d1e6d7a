"""The list of sessions says when each was last in use, without a write for each page."""

import pytest
from allauth.usersessions.models import UserSession
from tests.web.world import World

from konvoi.web.sign_in import last_use


def test_a_session_is_noted_at_once_and_then_once_a_minute(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client("desk-xa")
    client.get("/")
    first = UserSession.objects.get().last_seen_at
    client.get("/submissions/")
    assert UserSession.objects.get().last_seen_at == first
    monkeypatch.setattr(last_use, "EVERY", 0.0)
    client.get("/submissions/")
    assert UserSession.objects.get().last_seen_at > first


def test_another_browser_with_the_same_session_is_noted_at_once(world: World) -> None:
    client = world.client("desk-xa")
    client.get("/", headers={"user-agent": "One"})
    client.get("/", headers={"user-agent": "Two"})
    assert UserSession.objects.get().user_agent == "Two"


def test_nobody_is_noted_without_signing_in(world: World) -> None:
    world.client("").get("/")
    assert not UserSession.objects.exists()
