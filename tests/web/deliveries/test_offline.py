"""A receipt is entered by phone without a connection, sent once there is one, and gone at sign-out."""

from typing import TYPE_CHECKING

import pytest
from tests.web.live import opened, reload, served
from tests.web.submissions.uploading import work
from tests.web.test_accessible import violations
from tests.web.world import World

from konvoi.web.submissions.models import Upload

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

FORM = "/deliveries/receipts/add"
WIDE = """[...document.querySelectorAll("main *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest(".wide"))
    .map((one) => `${one.tagName} ${one.id || one.className}`)"""
"""Elements that are cut off on a narrow screen."""
COUNT = "konvoiDevice.all().then((all) => all.length)"


def test_the_browser_is_told_to_forget_what_waits_at_sign_out(world: World) -> None:
    answer = world.client("recipient").post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"storage"'


def until(page: "Page", expression: str) -> None:
    """Wait until an expression is true; the policy of the pages forbids what Playwright waits with itself."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"still false: {expression}")


def enter(page: "Page", receipt: str) -> None:
    """Fill the form in and send it."""
    for field, value in (("receipt", receipt), ("day", "2031-03-02"), ("received", "4"), ("short", "1")):
        page.fill(f"#{field}", value)
    page.click("main form button.main")


@pytest.mark.browser
@pytest.mark.slow
def test_an_entry_made_without_a_connection_is_sent_once_and_survives_a_new_sign_in(
    browser: "Browser", delivered: World
) -> None:
    with served() as address, opened(browser, delivered, address, "recipient") as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(FORM)
        page.wait_for_selector("form[data-kept]", state="attached")
        until(page, "navigator.serviceWorker.controller !== null")
        page.context.set_offline(True)
        page.goto(f"{FORM}?reference=W-1&place=XV-HUB")
        assert page.input_value("#reference") == "W-1"
        enter(page, "XV-R7")
        page.wait_for_selector("#waiting:not([hidden]) li")
        assert "XV-R7: Saved on this device." in page.inner_text("#waiting")
        assert page.evaluate(WIDE) == []
        assert not Upload.objects.exists()
        # The session ends; after a new sign-in in the same role what waits is sent.
        page.context.clear_cookies()
        page.context.set_offline(False)
        page.click("#waiting p button")
        page.wait_for_selector("#waiting li:has-text('Sign in again')")
        session = delivered.client("recipient").cookies["konvoi_session"].value
        page.context.add_cookies([{"name": "konvoi_session", "value": session, "url": address}])
        # The answer to the first time is lost on the way: the entry is sent a second time.
        page.context.route(f"**{FORM}", lost)
        page.goto(FORM)
        until(page, f"{COUNT}.then((n) => n === 1)")
        page.context.unroute(f"**{FORM}")
        page.click("#waiting p button")
        page.wait_for_selector("#waiting li a")
        assert violations(page) == []
        assert page.evaluate(COUNT) == 0
        (upload,) = Upload.objects.all()
        with page.expect_navigation():
            page.click("#waiting li a")
        work()
        reload(page)
        with page.expect_navigation():
            page.click('form[action$="/confirm"] button')
        work()
        upload.refresh_from_db()
        assert upload.state == Upload.State.STORED


def lost(route: "Route") -> None:
    """Let what is sent reach the server, and lose the answer."""
    if route.request.method != "POST":
        route.continue_()
        return
    route.fetch()
    route.abort()


@pytest.mark.browser
@pytest.mark.slow
def test_entries_are_removed_at_sign_out_and_are_not_sent_by_others(
    browser: "Browser", delivered: World
) -> None:
    with served() as address, opened(browser, delivered, address, "recipient") as page:
        page.goto(f"{FORM}?reference=W-1")
        page.wait_for_selector("form[data-kept]", state="attached")
        page.context.set_offline(True)
        enter(page, "XV-R8")
        page.wait_for_selector("#waiting:not([hidden]) li")
        # Nobody is signed in once there is a connection again, so that nothing is sent before the other is.
        page.context.clear_cookies()
        page.context.set_offline(False)
        session = delivered.client("planner").cookies["konvoi_session"].value
        page.context.add_cookies([{"name": "konvoi_session", "value": session, "url": address}])
        page.goto(FORM)
        assert page.evaluate(COUNT) == 1
        assert page.is_hidden("#waiting")
        page.on("dialog", lambda dialog: dialog.accept())
        with page.expect_navigation():
            page.click("form[data-unsent] button")
        session = delivered.client("recipient").cookies["konvoi_session"].value
        page.context.add_cookies([{"name": "konvoi_session", "value": session, "url": address}])
        page.goto("/deliveries/")
        assert page.evaluate(COUNT) == 0
        assert page.evaluate("caches.has('konvoi-receipts')") is False
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert not Upload.objects.exists()
