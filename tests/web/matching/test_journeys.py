"""Journeys of reviewers in a browser, in each language and by keyboard alone."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.web.live import opened, served
from tests.web.matching.reviewing import desk
from tests.web.matching.test_decisions import ask, decide
from tests.web.test_accessible import violations
from tests.web.world import World

from konvoi.report.language import Language

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAYS = ("en", "de", "uk", "keyboard")
KEYS = {"same": "s", "different": "d"}


@pytest.fixture
def pairs(reviewed: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[World, str]]:
    """A fresh instance with pairs, and its address."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with served() as address:
        yield reviewed, address


def said(way: str, text: str) -> str:
    return Language("en" if way == "keyboard" else way).say(text)


def press(page: "Page", way: str, verdict: str) -> None:
    """Decide by button, or by key alone."""
    with page.expect_navigation():
        if way == "keyboard":
            page.keyboard.press(KEYS[verdict])
        else:
            page.locator(f'button[value="{verdict}"]').click()


def total(world: World) -> list[str]:
    found = desk(world).now.total
    assert found is not None
    return [f"{one:.0f}" for one in found]


@pytest.mark.parametrize("way", WAYS)
def test_a_planner_reviews_the_five_weightiest_and_sees_total_and_range_move(
    browser: "Browser", pairs: tuple[World, str], way: str
) -> None:
    world, address = pairs
    code = "en" if way == "keyboard" else way
    with opened(browser, world, address, "planner", code) as page:
        page.goto("/matching/")
        shown = [page.locator("#total").inner_text()]
        if way == "keyboard":
            page.keyboard.press("n")
        else:
            page.get_by_role("link", name=said(way, "Review the next pair"), exact=True).click()
        for _ in range(5):
            page.wait_for_selector('button[value="same"]')
            press(page, way, "same")
            shown.append(page.locator(".message.success").inner_text())
        assert len(set(shown)) == 6
        if way == "keyboard":
            with page.expect_navigation():
                page.keyboard.press("z")
            page.get_by_text(said(way, "taken back")).first.wait_for()
        page.goto("/matching/")
        now = "".join(sign for sign in page.locator("#total").inner_text() if sign.isdigit())
    assert "".join(total(world)) == now
    assert total(world)[0] != "7800000"


@pytest.mark.parametrize("way", WAYS)
def test_two_reviewers_disagree_and_the_pair_returns_for_a_third(
    browser: "Browser", pairs: tuple[World, str], way: str
) -> None:
    world, address = pairs
    code = "en" if way == "keyboard" else way
    pair = str(desk(world).pairs["pair"][0])
    decide(world, pair, "same")
    ask(world, pair, "planner-b")
    with opened(browser, world, address, "planner-b", code) as page:
        page.goto("/matching/next")
        assert pair in page.url
        assert page.locator("#total").count() == 0
        press(page, way, "different")
        told = said(way, "Two reviewers disagree. The pair returns for a third person.")
        page.get_by_text(told).wait_for()
    assert total(world) == ["7800000", "5600000", "7800000"]
    with opened(browser, world, address, "planner-c", code) as page:
        page.goto("/matching/next")
        assert pair in page.url
        press(page, way, "same")
    assert total(world) == ["7200000", "5600000", "7200000"]


def test_pages_of_pairs_are_accessible(browser: "Browser", pairs: tuple[World, str]) -> None:
    """KONVOI_PICTURES names a folder that keeps pictures of the pages."""
    world, address = pairs
    keep = os.environ.get("KONVOI_PICTURES")
    found = [str(one) for one in desk(world).pairs["pair"].head(2)]
    decide(world, found[0], "same")
    ask(world, found[1], "planner-b")
    rule = "?senders=XA|XB&relation=same_as&evidence=day=the same day"
    places = {"queue": "/matching/", "pair": f"/matching/pairs/{found[0]}", "rule": f"/matching/batch{rule}"}
    with opened(browser, world, address, "planner") as page:
        for name, path in places.items():
            page.goto(path)
            assert violations(page) == [], name
            for scheme, width in (("light", 1100), ("dark", 1100), ("light", 360)) if keep else ():
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.set_viewport_size({"width": width, "height": 800})
                page.screenshot(path=f"{keep}/{name}-{scheme}-{width}.png", full_page=True)
