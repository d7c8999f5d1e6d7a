"""The pages of sign-in: closed to who was not invited, limited in attempts, and like all other pages."""

import re

import pytest
from django.test import Client
from tests.web.world import World, text

from konvoi.web.access.models import AuditEvent
from konvoi.web.access.routes import ROUTES
from konvoi.web.sign_in.library_urls import CLOSED, USED

PASSWORD = "a long phrase of words"
OPEN = ("/accounts/login/",)
OWN = (
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/logout/",
)


def signed_in(world: World, name: str = "desk-xa") -> Client:
    """A browser in which a person signs in with its password."""
    user = world.user(name)
    if not user.has_usable_password():
        user.set_password(PASSWORD)
        user.save()
    client = Client(headers={"accept-language": "en"})
    page = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert page.status_code == 302, text(page)
    return client


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_each_page_has_one_heading_labels_and_the_frame(world: World, language: str) -> None:
    nobody = Client(headers={"accept-language": language})
    own = signed_in(world)
    pages = [nobody.get(one) for one in OPEN]
    pages += [own.get(one, headers={"accept-language": language}) for one in OWN]
    for page in pages:
        content = page.content.decode()
        assert page.status_code == 200, page.request["PATH_INFO"]
        assert content.count("<h1>") == 1, page.request["PATH_INFO"]
        assert f'<html lang="{language}">' in content
        for field in re.findall(r"<(?:input|select|textarea)[^>]*>", content):
            named = re.search(r'\bid="([^"]+)"', field)
            if 'type="hidden"' not in field:
                assert named, field
                assert f'for="{named[1]}"' in content, field
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", content)
        assert " style=" not in content


def test_nobody_signs_up_and_what_is_not_in_use_does_not_exist(world: World) -> None:
    client = signed_in(world)
    for path in (
        "signup",
        "email",
        "password/reset",
        "3rdparty/signup",
        "3rdparty",
        "confirm-email",
        "login/code",
    ):
        assert client.get(f"/accounts/{path}/").status_code == 404, path
    assert set(USED) <= set(ROUTES)
    assert not set(CLOSED) & set(ROUTES)


def test_attempts_are_limited_and_told_without_saying_who_exists(world: World) -> None:
    client = Client(headers={"accept-language": "en"})
    texts = []
    for email in ("desk-xa@exercise.invalid", "nobody@exercise.invalid"):
        page = client.post("/accounts/login/", {"login": email, "password": "wrong"})
        texts.append(re.sub(r"\S+@exercise.invalid", "", text(page)))
    assert texts[0] == texts[1]
    for _ in range(8):
        page = client.post("/accounts/login/", {"login": "desk-xa@exercise.invalid", "password": "wrong"})
    assert "Too many failed login attempts" in text(page)
    user = world.user("desk-xa")
    user.set_password(PASSWORD)
    user.save()
    page = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert page.status_code == 200
    assert AuditEvent.objects.filter(action="sign-in-failed", actor="").count() >= 2


def test_a_second_factor_is_asked_for_once_it_is_set_up(world: World) -> None:
    client = signed_in(world, "planner")
    page = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page.content.decode())
    assert secret, text(page)
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret[1], counter))
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert AuditEvent.objects.filter(action="factor-added").exists()
    client.post("/accounts/logout/")
    again = Client(headers={"accept-language": "en"})
    email = world.user("planner").email
    asked = again.post("/accounts/login/", {"login": email, "password": PASSWORD}, follow=True)
    assert "Two-Factor Authentication" in text(asked)
    assert again.get("/account/").status_code == 302
    wrong = again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200


def test_sessions_are_listed_and_others_are_ended(world: World) -> None:
    first, second = signed_in(world), signed_in(world)
    assert first.get("/account/").status_code == 200
    page = text(second.get("/accounts/sessions/"))
    assert "Current" in page
    second.post("/accounts/sessions/")
    assert first.get("/account/").status_code == 302
    assert second.get("/account/").status_code == 200


def test_who_came_by_a_link_and_has_no_password_can_set_up_a_second_factor(world: World) -> None:
    from konvoi.web.accounts.links import make_link

    client = Client(headers={"accept-language": "en"})
    path = make_link(world.user("administrator"))
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    assert client.get("/accounts/password/set/").status_code == 200
    assert Client().post(path).status_code == 302
    assert "used or is too old" in text(Client(headers={"accept-language": "en"}).post(path, follow=True))
