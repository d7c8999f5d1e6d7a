"""Journey: an administrator invites a desk that sets up a second factor; a second person grants its role."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.web.live import opened, served
from tests.web.sign_in.test_pages import PASSWORD
from tests.web.world import World

from konvoi.web.access.grants import memberships
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.viewer import Membership
from konvoi.web.accounts.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EMAIL = "new@exercise.invalid"


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def by_pointer(page: "Page", selector: str, text: str | None = None) -> None:
    """Fill a field, or press a button or a link."""
    if text is None:
        page.click(selector)
    else:
        page.fill(selector, text)


def by_keyboard(page: "Page", selector: str, text: str | None = None) -> None:
    """Do so with the keyboard alone, from the top of the page."""
    wanted = page.locator(selector).first
    page.evaluate("document.activeElement.blur()")
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            break
    else:
        pytest.fail(f"{selector}: not reached by keyboard")
    if text is None:
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        return
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def second_administrator(world: World) -> str:
    """Make another administrator; return the name under which the world knows it."""
    user = User.objects.create_user("second@exercise.invalid", "Second")
    GrantEvent.objects.create(step="confirmed", user=user.pk, role=Role.ADMINISTRATOR, at=timezone.now())
    return "second"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "act"), [("en", by_pointer), ("de", by_pointer), ("uk", by_pointer), ("en", by_keyboard)]
)
def test_an_invited_desk_sets_up_a_second_factor_and_works_once_its_role_is_granted(
    code: str, act: Callable[..., None], world: World, browser: "Browser"
) -> None:
    second = second_administrator(world)
    with served() as address:
        with opened(browser, world, address, "administrator", code) as page:
            page.goto("/administration/users")
            act(page, "a[href='/administration/users/invite']")
            act(page, "#email", EMAIL)
            act(page, "#name", "New Desk")
            page.select_option("#role", "desk")
            act(page, "#party", "XA")
            act(page, "main form button")
            link = page.input_value("#link")
            page.goto("/administration/users")
            assert page.locator("button[value=confirm]").count() == 0
        with opened(browser, world, address, "", code) as desk:
            _open_account(desk, act, link)
            secret = _set_up_factor(desk, act)
            act(desk, "form[action='/accounts/logout/'] button")
            _sign_in(desk, act, secret)
            desk.goto("/account/")
            assert EMAIL in desk.inner_text("main")
            assert desk.goto("/submissions/").status == 404  # type: ignore[union-attr]
            with opened(browser, world, address, second, code) as page:
                page.goto("/administration/users")
                act(page, "button[value=confirm]")
                page.wait_for_load_state()
                assert page.locator(".state.good").count() == 2
            user = User.objects.get(email=EMAIL)
            assert memberships(user.pk) == (Membership(Role.DESK, "XA"),)
            desk.goto("/")
            assert desk.get_attribute("html", "lang") == code
            assert "3.5" in desk.inner_text("main") or "3,5" in desk.inner_text("main")


def _open_account(page: "Page", act: Callable[..., None], link: str) -> None:
    page.goto(link)
    act(page, "#name", "New Desk")
    act(page, "#password", PASSWORD)
    act(page, "#again", PASSWORD)
    act(page, "main form button.main")
    page.wait_for_load_state()


def _set_up_factor(page: "Page", act: Callable[..., None]) -> str:
    page.goto("/account/")
    act(page, "main a[href='/accounts/2fa/']")
    act(page, "a[href='/accounts/2fa/totp/activate/']")
    secret = page.input_value("#authenticator_secret")
    act(page, "#id_code", code_of(secret))
    act(page, "main form button")
    page.wait_for_url("**/recovery-codes/")
    return secret


def _sign_in(page: "Page", act: Callable[..., None], secret: str) -> None:
    page.goto("/accounts/login/")
    act(page, "#id_login", EMAIL)
    act(page, "#id_password", PASSWORD)
    act(page, "main form button.main")
    page.wait_for_url("**/2fa/authenticate/")
    from django.core.cache import cache

    # A code is used once; within half a minute the app would show the same one.
    cache.clear()
    act(page, "#id_code", code_of(secret))
    act(page, "main form button.main")
    page.wait_for_url(lambda address: "/accounts/" not in address)
