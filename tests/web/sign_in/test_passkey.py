"""A passkey is added and signs in, in a browser with an authenticator of its own, under the strict policy."""

from typing import TYPE_CHECKING

import pytest
from tests.web.live import served
from tests.web.sign_in.test_pages import PASSWORD
from tests.web.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
@pytest.mark.slow
def test_a_passkey_is_added_and_signs_in(world: World, browser: "Browser") -> None:
    user = world.user("desk-xa")
    user.set_password(PASSWORD)
    user.save()
    with served() as address:
        context = browser.new_context(base_url=address, locale="en-GB")
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: told.append(str(one)))
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto("/accounts/login/")
        page.fill("input[name=login]", user.email)
        page.fill("input[name=password]", PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{address}/")
        page.goto("/accounts/2fa/webauthn/add/")
        page.fill("input[name=password]", PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/accounts/2fa/webauthn/add/")
        page.fill("input[name=name]", "This laptop")
        page.check("input[name=passwordless]")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/accounts/2fa/recovery-codes/**")
        page.goto("/accounts/2fa/webauthn/")
        assert "This laptop" in page.inner_text("main")
        page.get_by_role("button", name="Sign out").click()
        page.goto("/accounts/login/")
        page.click("#passkey_login")
        page.wait_for_url(f"{address}/")
        page.goto("/account/")
        assert user.email in page.inner_text("main")
        assert told == []
        context.close()
