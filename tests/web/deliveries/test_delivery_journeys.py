"""Journeys in a browser: a need is validated and covered, a hub reports a short receipt by phone."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.live import LANGUAGES, opened, reload, served
from tests.web.submissions.uploading import work
from tests.web.test_accessible import violations
from tests.web.world import World, compute

from konvoi.web.planning.scenarios import answer
from konvoi.web.runs.queue import claim

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHEET = "/deliveries/consignments/W-1/sheet"
pytestmark = pytest.mark.browser


def press(page: "Page", selector: str) -> None:
    """Press a button or follow a link with the keyboard, and wait for the page that follows."""
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def confirm(page: "Page") -> None:
    """Confirm the upload on whose page the browser is, as soon as it was checked."""
    work()
    reload(page)
    press(page, 'form[action$="/confirm"] button')
    work()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_recipient_validates_a_need_by_keyboard_and_sees_its_coverage(
    browser: "Browser", delivered: World, code: str
) -> None:
    with served() as address, opened(browser, delivered, address, "recipient", code) as page:
        page.goto("/planning/lists/needs")
        press(page, 'a[href^="/planning/needs/N-3"]')
        assert violations(page) == []
        page.select_option("#state", "validated")
        press(page, "main form button.main")
        confirm(page)
        compute(delivered.folder, ("cell", "XV"), "second")
        page.goto("/planning/coverage?region=West")
        assert "N-3" in page.inner_text("main")
        assert violations(page) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_hub_reports_a_short_receipt_by_phone(browser: "Browser", delivered: World, code: str) -> None:
    with served() as address, opened(browser, delivered, address, "recipient", code) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto("/deliveries/receipts/add?reference=W-7&received=5&place=XV-HUB")
        assert page.input_value("#received") == "5"
        for field, value in (("receipt", "XV-R7"), ("day", "2031-03-02"), ("received", "4"), ("short", "1")):
            page.fill(f"#{field}", value)
        press(page, "main form button.main")
        confirm(page)
        compute(delivered.folder, ("XV",), "second")
        page.goto("/deliveries/lists/receipts")
        assert "XV-R7" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_a_short_receipt_by_phone_becomes_a_question_that_the_sender_answers(
    browser: "Browser", delivered: World, tmp_path: Path
) -> None:
    with served() as address:
        with opened(browser, delivered, address, "recipient") as page:
            page.set_viewport_size({"width": 360, "height": 740})
            page.goto("/deliveries/receipts/add?reference=XA-M1&place=XV-HUB")
            assert violations(page) == []
            page.screenshot(path=tmp_path / "receipt-form.png")
            entered = (("receipt", "XV-R7"), ("day", "2031-03-02"), ("received", "1"), ("short", "2"))
            for field, value in entered:
                page.fill(f"#{field}", value)
            press(page, "main form button.main")
            confirm(page)
        compute(delivered.folder, ("XA", "XV"), "second")
        with opened(browser, delivered, address, "desk-xa") as page:
            page.goto("/")
            press(page, "a:has-text('Discrepancies between dispatch and receipt: 2 open questions')")
            work()
            reload(page)
            asked = "Receipt XV-R7: 2 pieces of dispatch XA-M1 (40 pieces) not received."
            question = page.locator("fieldset", has_text=asked)
            for paper in ("Dispatched: XA-M1", "Received: XV-R7"):
                assert question.get_by_role("heading", name=paper).is_visible(), paper
            assert violations(page) == []
            page.screenshot(path=tmp_path / "question.png", full_page=True)
            question.locator("select").select_option("right as it stands")
            press(page, "main form button.main")
            confirm(page)
            compute(delivered.folder, ("XA", "XV"), "third")
            page.goto("/deliveries/consignments/W-1")
            assert "XV-R7: right as it stands" in page.inner_text("main")
            assert violations(page) == []


@pytest.mark.slow
def test_axe_finds_no_violation_on_pages_with_a_plan_and_a_delivery(
    browser: "Browser", delivered: World, tmp_path: Path
) -> None:
    client = delivered.client("planner")
    place = client.post("/planning/scenarios", {"name": "Bolwick closed", "close": "L-B"})["Location"]
    job = claim("test", ["scenarios"])
    assert job is not None
    answer(job)
    with served() as address, opened(browser, delivered, address, "planner") as page:
        for path in ("/deliveries/lists/consignments", "/deliveries/lists/on-time"):
            page.goto(path)
            page.click("main tbody a")
            assert violations(page) == [], path
        pages = ("", "coverage", "unmet", "map", "loads", "schedule", "records", "offers/XA-O3", "scenarios")
        for path in (
            *(f"/planning/{one}" for one in pages),
            place,
            "/deliveries/",
            "/deliveries/orders",
            SHEET,
        ):
            page.goto(path)
            assert violations(page) == [], path
            page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '-')}.png", full_page=True)
