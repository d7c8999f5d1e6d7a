"""Journey in a browser: a list names a carrier, two persons decide, and the plan in force avoids it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from django.db import connections
from tests.web.affairs import work_off
from tests.web.live import LANGUAGES, opened, served, words
from tests.web.planning.plan_files import NEEDS, OFFERS, hand_in
from tests.web.planning.test_adoption import second_planner
from tests.web.sanctions.listing import take_lists
from tests.web.sanctions.test_impact import CARRIED
from tests.web.sanctions.test_sanctions import rows_of, second
from tests.web.test_accessible import violations
from tests.web.world import World, compute, copied

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
READERS = ("cell", "XA")
PLANNED = "/planning/lists/planned-movements.json"


@pytest.fixture(scope="module")
def carried_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance whose plan sends by a carrier that no list names."""
    place = tmp_path_factory.mktemp("carried")
    world = copied(template, place / "instance")
    for party, tables in (("X-CELL", CARRIED), ("XV", NEEDS), ("XA", OFFERS["XA"])):
        hand_in(world.folder, place / party, party, "coalition", tables)
    compute(world.folder, READERS, "before")
    connections["default"].close()
    return world.folder


@pytest.fixture
def carried(carried_template: Path, tmp_path: Path) -> Iterator[World]:
    """A fresh copy of it."""
    yield copied(carried_template, tmp_path / "carried")
    connections["default"].close()


def press(page: "Page", selector: str) -> None:
    """Press a button with the keyboard, and wait for the page that follows."""
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def adopt(browser: "Browser", world: World, address: str, persons: tuple[str, str], code: str) -> None:
    """Have the plan as it is now adopted by two planners, and compute results."""
    with opened(browser, world, address, persons[0], code) as page:
        page.goto("/planning/scenarios")
        press(page, 'form[action$="/current"] button')
        place = page.url
        page.fill("#reason", "as it is now")
        press(page, 'form[action$="/propose"] button.main')
    with opened(browser, world, address, persons[1], code) as page:
        page.goto(place)
        press(page, 'button[value="adopted"]')
    compute(world.folder, READERS, place.rpartition("/")[2])


def lanes(world: World) -> set[str]:
    """Return the lanes that the plan of the newest results uses."""
    return {lane for row in rows_of(world, "planner", PLANNED) for lane in cast("list[str]", row["lanes"])}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_new_list_names_a_carrier_two_persons_decide_and_the_plan_avoids_it(
    browser: "Browser", carried: World, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 6: what the list blocks in the plan in force is on the page of the alert at once."""
    planners = ("planner", second_planner(carried))
    with served() as address:
        adopt(browser, carried, address, planners, code)
        assert "L-A" in lanes(carried)
        take_lists(carried.folder)
        compute(carried.folder, READERS, "listed")
        (alert,) = (row["hit"] for row in rows_of(carried, "sanctions", "/sanctions/alerts.json"))
        path = f"/sanctions/alerts/{alert}"
        for person in ("sanctions", second(carried)):
            with opened(browser, carried, address, person, code) as page:
                page.goto(path)
                shown = page.inner_text("main")
                assert words(code, "the plan of these results avoids them") in shown
                region = words(code, "Planned movements that are blocked")
                assert "L-A" in page.inner_text(f'[role="region"][aria-label="{region}"] tbody')
                assert violations(page) == []
                page.select_option("#disposition", "true match")
                page.fill("#reason", "The same company.")
                press(page, "main form button.main:last-of-type")
            work_off(monkeypatch)
            compute(carried.folder, READERS, f"decided-{person}")
        with opened(browser, carried, address, planners[0], code) as page:
            page.goto(path)
            press(page, 'form[action$="/current"] button')
            place = page.url
            page.fill("#reason", "without the carrier")
            press(page, 'form[action$="/propose"] button.main')
        with opened(browser, carried, address, planners[1], code) as page:
            page.goto(place)
            press(page, 'button[value="adopted"]')
        compute(carried.folder, READERS, "avoided")
        with opened(browser, carried, address, planners[0], code) as page:
            page.goto(path)
            assert violations(page) == []
    assert "L-A" not in lanes(carried)
