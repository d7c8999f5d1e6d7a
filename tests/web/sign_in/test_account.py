"""One's own account: preferences, tokens, what is held about oneself, and the second factor of roles."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.web.world import World, text

from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import ApiToken
from konvoi.web.reports.models import CalendarFeed


def made(world: World, client: Client, **given: str) -> str:
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    words = {"name": "Portal", "party": "XA", "scope": "read", "until": until, **given}
    return client.post("/account/tokens", words, follow=True).content.decode()


def test_a_token_is_shown_once_and_does_what_its_owner_may(world: World) -> None:
    client = world.client("desk-xa")
    page = made(world, client)
    found = re.search(r'value="(konvoi_[^"]+)"', page)
    assert found
    assert found[1] not in client.get("/account/").content.decode()
    assert ApiToken.objects.get().digest != found[1]
    asked = Client().get("/", headers={"authorization": f"Bearer {found[1]}"})
    assert "EUR 3.5 m pledged" in text(asked)
    token = ApiToken.objects.get()
    assert token.used is not None
    assert (
        Client().get("/administration/users", headers={"authorization": f"Bearer {found[1]}"}).status_code
        == 404
    )
    assert world.client("desk-xb").post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    client.post(f"/account/tokens/{token.pk}/revoke")
    asked = Client().get("/submissions/", headers={"authorization": f"Bearer {found[1]}"})
    assert asked.status_code == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"party": "XB"}, "A token is for a party of which you have a role."),
        ({"until": "2999-01-01"}, "A token is valid for one day to one year."),
        ({"until": "2001-01-01"}, "A token is valid for one day to one year."),
        ({"until": "soon"}, "A token is valid for one day to one year."),
        ({"scope": "all"}, "The scope of a token is read, submit, decide, negotiate or screen."),
        ({"name": " "}, "The token needs a name."),
    ],
)
def test_a_token_that_may_not_be_is_refused(world: World, given: dict[str, str], why: str) -> None:
    assert why in made(world, world.client("desk-xa"), **given)
    assert not ApiToken.objects.exists()


def test_a_reader_makes_no_token_that_hands_in(world: World) -> None:
    page = made(world, world.client("reader-xa"), scope="submit")
    assert "None of your roles for this party may hand in; choose the scope read." in page


def test_a_token_for_positions_or_sanctions_needs_the_right_of_a_role(world: World) -> None:
    refused = {
        "negotiate": ("sanctions", "", "may take positions"),
        "screen": ("planner", "", "may decide on sanctions"),
    }
    for scope, (person, party, why) in refused.items():
        page = made(world, world.client(person), scope=scope, party=party)
        assert f"None of your roles for this party {why}; choose the scope read." in page
        assert f'<option value="{scope}">' not in page
    for person, party, scope in (("legal", "XA", "negotiate"), ("sanctions", "", "screen")):
        client = world.client(person)
        assert f'<option value="{scope}">' in client.get("/account/").content.decode()
        assert re.search(r'value="(konvoi_[^"]+)"', made(world, client, scope=scope, party=party))
    assert {one.scope for one in ApiToken.objects.all()} == {"negotiate", "screen"}
    assert "reading and taking positions" in text(world.client("legal").get("/account/"))
    assert "reading and deciding on sanctions" in text(world.client("sanctions").get("/account/"))


def test_a_program_acts_in_the_role_that_gives_the_rights_of_its_scope(world: World) -> None:
    user = world.user("reader-xa")
    decide(ask(user.id, Role.DESK, "XA", by=user.id), GrantEvent.Step.CONFIRMED, by=None)
    found = re.search(r'value="(konvoi_[^"]+)"', made(world, world.client("reader-xa"), scope="submit"))
    assert found
    asked = Client().get("/submissions/hand-in", headers={"authorization": f"Bearer {found[1]}"})
    assert asked.status_code == 200


def test_a_planner_alone_makes_a_token_that_decides_and_its_second_factor_is_asked_for_each_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person, party in (("desk-xa", "XA"), ("auditor", ""), ("administrator", "")):
        page = made(world, world.client(person), scope="decide", party=party)
        assert "None of your roles for this party may decide; choose the scope read." in page
        assert '<option value="decide">' not in page
    client = world.client("planner")
    assert '<option value="decide">' in client.get("/account/").content.decode()
    found = re.search(r'value="(konvoi_[^"]+)"', made(world, client, scope="decide", party=""))
    assert found
    assert "reading and deciding" in text(client.get("/account/"))
    headers = {"authorization": f"Bearer {found[1]}"}
    assert Client().get("/api/v1/pairs", headers=headers).status_code != 404
    assert Client().get("/submissions/hand-in", headers=headers).status_code == 404
    monkeypatch.setattr(settings, "KONVOI_SECOND_FACTOR", True)
    assert Client().get("/api/v1/pairs", headers=headers).status_code == 404


def test_preferences_and_the_export_of_what_is_held(world: World) -> None:
    client = world.client("desk-xa")
    client.post("/account/preferences", {"digest": "on"})
    user = world.user("desk-xa")
    assert (user.keys, user.digest) == (False, True)
    assert 'data-keys="on"' not in client.get("/account/").content.decode()
    made(world, client)
    client.post("/reports/feeds/make", {"name": "Deadlines"})
    answer = client.post("/account/export")
    assert "attachment" in answer["Content-Disposition"]
    held = answer.json()
    assert held["account"]["email"] == "desk-xa@exercise.invalid"
    assert held["tokens"][0]["name"] == "Portal"
    assert [one["role"] for one in held["roles"]] == ["desk", "desk"]
    assert [(one["name"], one["role"]) for one in held["calendar feeds"]] == [("Deadlines", "desk:XA")]
    assert CalendarFeed.objects.get().digest not in answer.content.decode()
    assert ApiToken.objects.get().digest not in answer.content.decode()
    assert user.password not in answer.content.decode()
    assert "desk-xb" not in answer.content.decode()
    assert AuditEvent.objects.filter(action="account-exported").count() == 1


@pytest.mark.parametrize("name", ["planner", "sanctions", "legal", "auditor", "administrator"])
def test_roles_that_need_a_second_factor_are_not_in_force_without_one(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    monkeypatch.setattr(settings, "KONVOI_SECOND_FACTOR", True)
    client = world.client(name)
    page = text(client.get("/account/"))
    assert "A role of yours waits for a second factor." in page
    paths = {"administrator": "/administration/", "auditor": "/administration/audit/"}
    path = paths.get(name, "/submissions/")
    assert client.get(path).status_code == 404
    TOTP.activate(world.user(name), generate_totp_secret())
    assert "second factor." not in text(client.get("/account/"))
    if name in paths:
        assert client.get(path).status_code == 200


def test_a_desk_needs_no_second_factor(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "KONVOI_SECOND_FACTOR", True)
    assert "EUR 3.5 m pledged" in text(world.client("desk-xa").get("/"))
