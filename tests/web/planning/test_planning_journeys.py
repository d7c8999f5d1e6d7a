"""Journeys in a browser: a corridor closes and two persons adopt a plan; coverage; each partner its own."""

import re
import time
from typing import TYPE_CHECKING

import pytest
from tests.web.live import LANGUAGES, opened, served
from tests.web.planning.test_adoption import ALL, second_planner
from tests.web.world import World, compute

from konvoi.web.planning.scenarios import answer
from konvoi.web.runs.queue import claim

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PAGES = (
    *("/planning/", "/planning/coverage", "/planning/unmet", "/planning/map", "/planning/loads"),
    *("/planning/schedule", "/planning/lists/offers", "/planning/lists/planned-movements"),
    *("/planning/lists/plan-changes", "/planning/lists/loads", "/deliveries/", "/deliveries/orders"),
    *("/deliveries/lists/consignments", "/deliveries/lists/on-time"),
)
AT_MOST = 300.0
"""Seconds from the closure to the changes that partners see."""


def press(page: "Page", selector: str) -> None:
    """Press a button or follow a link with the keyboard, and wait for the page that follows."""
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_corridor_closes_and_two_persons_adopt_a_plan(
    browser: "Browser", planned: World, code: str
) -> None:
    """Journey 1: by keyboard, in five minutes from the closure to what partners see."""
    other = second_planner(planned)
    begun = time.monotonic()
    with served() as address:
        with opened(browser, planned, address, "planner", code) as page:
            page.goto("/planning/scenarios")
            page.select_option("#close", "L-B")
            page.fill("#name", "Bolwick closed")
            press(page, "main form button.main")
            place = page.url
            job = claim("test", ["scenarios"])
            assert job is not None
            answer(job)
            page.goto("/planning/scenarios")
            assert "Bolwick closed" in page.inner_text("main table")
            page.goto(place)
            page.fill("#reason", "bridge damaged")
            press(page, 'form[action$="/propose"] button.main')
            assert not page.query_selector('form[action$="/decide"]')
        with opened(browser, planned, address, other, code) as page:
            page.goto(place)
            assert "XB-O1" in page.inner_text("section[aria-labelledby=adoption-h]")
            press(page, 'button[value="adopted"]')
        compute(planned.folder, ALL, "adopted")
        with opened(browser, planned, address, "desk-xb", code) as page:
            page.goto("/")
            press(page, 'a[href^="/planning/lists/plan-changes"]')
            shown = page.inner_text("main")
            assert "XB-O1" in shown
            assert "L-B" in shown
            page.goto("/deliveries/orders")
            assert "XB-O1" not in page.inner_text("main")
        with opened(browser, planned, address, "desk-xa", code) as page:
            page.goto("/planning/lists/plan-changes")
            assert "XB-O1" not in page.inner_text("main")
    assert time.monotonic() - begun < AT_MOST


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_partner_sees_only_its_own_on_every_page(browser: "Browser", planned: World, code: str) -> None:
    """Journey 8: as another partner the pages of plan and deliveries show what is theirs."""
    with served() as address:
        for person, hidden in (("desk-xa", "XB-O1|Bolwick"), ("desk-xb", ""), ("recipient", "XB-O1|Bolwick")):
            with opened(browser, planned, address, person, code) as page:
                for path in PAGES:
                    answered = page.goto(path)
                    assert answered is not None
                    assert answered.status == 200, (person, path)
                    assert not hidden or not re.search(hidden, page.content()), (person, path)
            if person == "desk-xb":
                assert "XB-O1" in planned.client(person).get("/planning/lists/offers").content.decode()
