"""Accounts of an identity provider are linked by invitation, by issuer and subject, and never by e-mail."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import override_settings
from tests.web.live import served
from tests.web.sign_in.identity_provider import CLIENT, PASSWORD, SECRET
from tests.web.world import World, text

from konvoi.gateways.refusal import Refused
from konvoi.web.access.models import AuditEvent
from konvoi.web.accounts.models import User
from konvoi.web.oidc import Oidc, oidc

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def provider_of(folder: Path, **more: str) -> Oidc | None:
    (folder / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    known = {
        "KONVOI_OIDC_ISSUER": "https://login.example.org/cell/",
        "KONVOI_OIDC_CLIENT_ID": CLIENT,
        "KONVOI_OIDC_CLIENT_SECRET_FILE": str(folder / "secret"),
    }
    return oidc({name: value for name, value in (known | more).items() if value})


def test_the_provider_comes_from_the_environment(tmp_path: Path) -> None:
    found = provider_of(tmp_path)
    assert found is not None
    assert (found.secret, found.name, found.origin) == (
        SECRET,
        "login.example.org",
        "https://login.example.org",
    )
    other = provider_of(tmp_path, KONVOI_OIDC_ISSUER="https://login.example.org/other")
    assert other is not None
    assert other.id != found.id
    assert oidc({}) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"KONVOI_OIDC_ISSUER": "http://login.example.org"},
        {"KONVOI_OIDC_CLIENT_ID": ""},
        {"KONVOI_OIDC_CLIENT_SECRET_FILE": "/no/such/file"},
    ],
)
def test_a_provider_that_is_not_whole_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        provider_of(tmp_path, **wrong)


@pytest.fixture
def instance(world: World, tmp_path: Path) -> Iterator[str]:
    """The address of an instance on localhost that knows a provider on 127.0.0.1."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    found = provider_of(tmp_path, KONVOI_OIDC_ISSUER=issuer, KONVOI_OIDC_NAME="Partner Login")
    assert found is not None
    policy: dict[str, Any] = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    policy["form-action"] = [*policy["form-action"], found.origin]
    changed = {
        "KONVOI_OIDC_NAME": found.name,
        "KONVOI_OIDC_ID": found.id,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [found.app]}},
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": policy},
    }
    with override_settings(**changed), served() as address:
        callback = f"{address}/accounts/oidc/{found.id}/login/callback/"
        words = [
            sys.executable,
            "-m",
            "tests.web.sign_in.identity_provider",
            str(tmp_path),
            str(port),
            callback,
        ]
        path = os.pathsep.join([str(Path(__file__).parents[3]), *filter(None, sys.path)])
        known = {**os.environ, "PYTHONPATH": path}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        child = subprocess.Popen(words, env=known, stdout=subprocess.PIPE, text=True)
        try:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == "ready"
            yield address
        finally:
            child.kill()
            child.wait()


def invited(world: World, email: str) -> str:
    """The path of an invitation."""
    words = {"email": email, "name": "N", "role": "reader", "party": "XA"}
    page = world.client("administrator").post("/administration/users/invite", words)
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', page.content.decode())
    assert found, text(page)
    return found[1]


def sign_in_there(page: "Page", person: str) -> None:
    """Sign in at the provider, where it asks for it."""
    page.wait_for_url("http://127.0.0.1:*/**")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("http://localhost:*/**")


@pytest.mark.browser
@pytest.mark.slow
def test_an_invited_person_links_an_identity_and_signs_in_with_it(
    world: World, instance: str, browser: "Browser"
) -> None:
    path = invited(world, "anything@exercise.invalid")
    context = browser.new_context(base_url=instance, locale="en-GB")
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda one: wrong.append(one.text) if "Security Policy" in one.text else None)
    page.goto(path)
    page.get_by_role("button", name="Sign in with Partner Login").click()
    page.locator("main form button").click()
    sign_in_there(page, "first")
    user = User.objects.get(email="anything@exercise.invalid")
    assert user.is_active
    linked = SocialAccount.objects.get()
    assert (linked.user_id, linked.provider) == (user.pk, settings.KONVOI_OIDC_ID)
    page.goto("/account/")
    assert "anything@exercise.invalid" in page.inner_text("main")
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"invitation-accepted", "identity-linked", "signed-in"} <= actions
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Sign in with Partner Login").click()
    page.locator("main form button").click()
    page.wait_for_url(f"{instance}/")
    page.goto("/account/")
    assert "anything@exercise.invalid" in page.inner_text("main")
    assert wrong == []
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_an_identity_with_the_address_of_an_account_gets_nothing(
    world: World, instance: str, browser: "Browser"
) -> None:
    User.objects.create_user("first@partner.invalid", "First")
    context = browser.new_context(base_url=instance, locale="en-GB")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Sign in with Partner Login").click()
    page.locator("main form button").click()
    sign_in_there(page, "first")
    assert "This identity is not linked to an account. Ask for an invitation." in page.inner_text("main")
    assert not SocialAccount.objects.exists()
    page.goto("/account/")
    assert "/accounts/login/" in page.url
    context.close()
