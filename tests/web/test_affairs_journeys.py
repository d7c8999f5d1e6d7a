"""Journeys in a browser: a reservation, a meeting, and a condition of a tranche."""

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.affairs import work_off
from tests.web.live import LANGUAGES, opened, served, words
from tests.web.world import World, compute, copied

from konvoi.report.language import Language

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("code", LANGUAGES)]
Live = tuple[World, str]


def _live(template: Path, target: Path) -> Iterator[Live]:
    world = copied(template, target)
    with pytest.MonkeyPatch.context() as patched, served() as address:
        # The loop of the browser runs in the thread of the tests.
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield world, address


@pytest.fixture
def live(affairs: Path, tmp_path: Path) -> Iterator[Live]:
    """An instance with a text, a meeting and a programme, and its address."""
    yield from _live(affairs, tmp_path / "live")


def press(page: "Page", selector: str) -> None:
    """Go to a place with the keyboard and press it."""
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: "Page", selector: str, value: str) -> None:
    """Choose a value in a field with the arrow keys."""
    page.focus(selector)
    for _ in range(page.locator(f"{selector} option").count()):
        if page.input_value(selector) == value:
            break
        page.keyboard.press("ArrowDown")
    assert page.input_value(selector) == value


def test_a_legal_desk_enters_a_reservation_by_keyboard(
    browser: "Browser", live: Live, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 3: the distance of the clause and the decision sheet change."""
    world, address = live
    with opened(browser, world, address, "legal", code) as page:
        page.goto("/agreements/documents")
        press(page, 'tbody a[href*="D-PACT"]')
        press(page, 'main a[href*="PACT-1"]')
        press(page, 'a[href$="/position"]')
        choose(page, "#clause", "I/1")
        choose(page, "#stance", "scrutiny reserve")
        page.focus("#words")
        page.keyboard.type("Who keeps it is to be said.")
        press(page, 'button[value="check"]')
        assert "2 → 3" in page.inner_text("section.warn")
        press(page, 'button[value="record"]')
        told = words(code, "The position is recorded. The matrix follows once results are computed.")
        assert told in page.inner_text("main")
    work_off(monkeypatch)
    compute(world.folder, ("cell", "XA"), "after")
    with opened(browser, world, address, "planner", code) as page:
        page.goto("/agreements/rounds/PACT-1")
        kept = words(
            code, "{count} party keeps clauses open", "{count} parties keep clauses open", 3, count=3
        )
        assert kept in page.inner_text("main")
        page.goto("/meetings/of/SES-1/room")
        sheet = page.inner_text("main").split(words(code, "Decision sheet"))[1]
        # The papers of this coalition are in English alone.
        assert words("en", "reservations: {who}", who="Arvenia, Bolaria, Velmora") in sheet


def test_a_meeting_is_held(
    browser: "Browser", live: Live, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 4: attendance, two decisions, one reservation, three tasks, pack and protocol as DOCX."""
    world, address = live

    def send(page: "Page", form: str, **given: str) -> None:
        at = f'form:has(input[value="{form}"])'
        page.eval_on_selector(f"details:has({at})", "one => { one.open = true; }")
        for name, value in given.items():
            field = page.locator(f'{at} [name="{name}"]')
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        with page.expect_navigation():
            page.click(f"{at} button.main")

    with opened(browser, world, address, "planner", code) as page:
        page.goto("/meetings/of/SES-1/room")
        send(page, "attendance", party="XA", how="in person", head="Player A2")
        send(page, "attendance", party="XB", how="online")
        send(page, "decision", words="The pact is tabled.", item="AG-1", state="adopted")
        send(page, "decision", words="The schedule is kept.", item="AG-2", state="adopted")
        first = page.locator("#r-decision option").first.get_attribute("value") or ""
        send(page, "reservation", decision=first, party="XB", words="until its courts agree")
        for title, party in (("Send the pact", "XA"), ("Name the days", "XB"), ("Say the places", "XV")):
            send(page, "task", title=title, party=party, due="2031-03-20")
        assert "XB: until its courts agree" in page.inner_text("#live")
        assert words(code, "Recorded.") in page.inner_text("main")
    work_off(monkeypatch)
    compute(world.folder, ("cell",), "after")
    with opened(browser, world, address, "planner", code) as page:
        page.goto("/meetings/of/SES-1")
        held = page.inner_text("main")
        assert words(code, "{count} decision", "{count} decisions", 2, count=2) in held
        assert words(code, "{count} action item", "{count} action items", 3, count=3) in held
    client = world.exporting("planner")
    for paper in ("protocol-SES-1", "session"):
        assert client.get(f"/reports/files/{paper}.en.docx").status_code == 200


def test_a_condition_is_found_met_by_two_persons(
    browser: "Browser", live: Live, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 5: the disbursable amount and the calendar change."""
    from tests.web.funding.test_funding import second_desk

    world, address = live
    amount = Language(code).decimal(Decimal(4_000_000))
    with opened(browser, world, address, "desk-xb", code) as page:
        page.goto("/funding/conditions/C-1")
        page.select_option("#verdict", "met")
        page.select_option("#source", "ST-1")
        with page.expect_navigation():
            page.click('button[value="check"]')
        assert amount in page.inner_text("section.warn")
        with page.expect_navigation():
            page.click('button[value="record"]')
    with opened(browser, world, address, second_desk(world), code) as page:
        page.goto("/funding/conditions/C-1")
        with page.expect_navigation():
            page.click('button[value="confirm"]')
    work_off(monkeypatch)
    compute(world.folder, ("cell", "public"), "after")
    with opened(browser, world, address, code=code) as page:
        page.goto("/funding/programmes/EP-1")
        assert amount in page.inner_text("main")
        page.goto("/funding/payments")
        assert Language(code).day(date(2031, 4, 15)) in page.inner_text("main")
