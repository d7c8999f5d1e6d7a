"""Journeys of reports in a browser: in each language, and by keyboard alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.live import opened, served
from tests.web.reports.test_releases import corrected
from tests.web.submissions.journeys import Person
from tests.web.submissions.uploading import relief, stored, work, workbook
from tests.web.world import World, compute, copied

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAYS = ("en", "de", "uk", "keyboard")


@pytest.fixture(scope="module")
def live(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """An instance and its address."""
    world = copied(template, tmp_path_factory.mktemp("reports") / "instance")
    with pytest.MonkeyPatch.context() as patched, served() as address:
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", "5O0000")])})
        compute(world.folder, ("cell", "public", "XA"), "asked")
        yield world, address


@contextmanager
def visit(browser: "Browser", live: tuple[World, str], way: str, name: str) -> Iterator[Person]:
    """Open the site as a person, in a way of WAYS."""
    language = "en" if way == "keyboard" else way
    with opened(browser, *live, name, language) as page:
        yield Person(page, live[1], language, keyboard=way == "keyboard")


@pytest.mark.parametrize("way", WAYS)
def test_a_desk_opens_its_delegation_page_and_answers_a_question(
    browser: "Browser", live: tuple[World, str], way: str
) -> None:
    """Journey 4."""
    with visit(browser, live, way, "desk-xa") as desk:
        desk.page.goto("/reports/")
        desk.press_at('a[href*="/papers/delegation-XA"]')
        desk.page.wait_for_url("**/papers/delegation-XA")
        assert "EUR 1 m" in desk.page.inner_text("main").replace("1.0 m", "1 m").replace("\xa0", " ")
        work()
        desk.page.reload()
        desk.press("Answer questions")
        field = desk.page.locator('input[name^="answer-"]').first
        if desk.keyboard:
            desk._tab_to(field)
            desk.page.keyboard.type("500000")
        else:
            field.fill("500000")
        desk.press("Check the answers")
        desk.page.wait_for_url("**/submissions/uploads/*")
        work()
        desk.page.reload()
        desk.sees("What the files change")


@pytest.mark.parametrize("way", WAYS)
def test_the_cell_releases_a_brief_and_a_correction_shows_what_changed_since(
    browser: "Browser", live: tuple[World, str], way: str
) -> None:
    """Journey 5."""
    world = live[0]
    with visit(browser, live, way, "planner") as planner:
        planner.page.goto("/reports/")
        audience = planner.page.locator("#for")
        if planner.keyboard:
            planner._tab_to(audience)
        audience.select_option("public")
        planner.press("Show")
        planner.page.wait_for_url("**for=public**")
        planner.press_at('main a[href*="/papers/brief"]')
        planner.press("Release this brief")
        planner.press("Release")
        planner.sees("The brief is released.")
        address = planner.page.url
    number = WAYS.index(way)
    corrected(world, 3000000 + 100000 * number, way, f"2031-02-2{number}")
    with visit(browser, live, way, "") as reader:
        reader.page.goto("/reports/")
        reader.press_at(f'main a[href="{address.removeprefix(live[1])}"]')
        reader.sees("Totals and reasons")
        shown = reader.page.inner_text("main")
        assert "XB-1" in shown
        reader.press("Read")
        reader.page.wait_for_url("**/paper")
