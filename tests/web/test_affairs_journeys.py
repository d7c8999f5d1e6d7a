"""Journeys in a browser: a reservation, a meeting, a condition, and a list that names a carrier."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.affairs import work_off
from tests.web.live import opened, served
from tests.web.sanctions.test_sanctions import rows_of, second
from tests.web.world import World, compute, copied

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
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


def choose(page: "Page", selector: str, key: str) -> None:
    """Choose in a field by typing."""
    page.focus(selector)
    page.keyboard.type(key)


def test_a_legal_desk_enters_a_reservation_by_keyboard(
    browser: "Browser", live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 3: the distance of the clause and the decision sheet change."""
    world, address = live
    with opened(browser, world, address, "legal") as page:
        page.goto("/agreements/documents")
        press(page, 'tbody a[href*="D-PACT"]')
        press(page, 'main a[href*="PACT-1"]')
        press(page, 'a[href$="/position"]')
        choose(page, "#clause", "I/1")
        choose(page, "#stance", "scr")
        page.focus("#words")
        page.keyboard.type("Who keeps it is to be said.")
        press(page, 'button[value="check"]')
        assert "2 → 3" in page.inner_text("section.warn")
        press(page, 'button[value="record"]')
        assert "The position is recorded." in page.inner_text("main")
    work_off(monkeypatch)
    compute(world.folder, ("cell", "XA"), "after")
    with opened(browser, world, address, "planner") as page:
        page.goto("/agreements/rounds/PACT-1")
        assert "3 parties keep clauses open" in page.inner_text("main")
        page.goto("/meetings/of/SES-1/room")
        sheet = page.inner_text("main").split("Decision sheet")[1]
        assert "reservations: Arvenia, Bolaria, Velmora" in sheet


def test_a_meeting_is_held_in_german(browser: "Browser", live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
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

    with opened(browser, world, address, "planner", "de") as page:
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
        assert "Erfasst." in page.inner_text("main")
    work_off(monkeypatch)
    compute(world.folder, ("cell",), "after")
    with opened(browser, world, address, "planner", "de") as page:
        page.goto("/meetings/of/SES-1")
        assert "2 Beschlüsse" in page.inner_text("main")
        assert "3 Maßnahmen" in page.inner_text("main")
    client = world.exporting("planner")
    for paper in ("protocol-SES-1", "session"):
        assert client.get(f"/reports/files/{paper}.en.docx").status_code == 200


def test_a_condition_is_found_met_by_two_persons_in_ukrainian(
    browser: "Browser", live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 5: the disbursable amount and the calendar change."""
    from tests.web.funding.test_funding import second_desk

    world, address = live
    with opened(browser, world, address, "desk-xb", "uk") as page:
        page.goto("/funding/conditions/C-1")
        page.select_option("#verdict", "met")
        page.select_option("#source", "ST-1")
        with page.expect_navigation():
            page.click('button[value="check"]')
        assert "4 000 000" in page.inner_text("section.warn").replace("\N{NO-BREAK SPACE}", " ")
        with page.expect_navigation():
            page.click('button[value="record"]')
    with opened(browser, world, address, second_desk(world), "uk") as page:
        page.goto("/funding/conditions/C-1")
        with page.expect_navigation():
            page.click('button[value="confirm"]')
    work_off(monkeypatch)
    compute(world.folder, ("cell", "public"), "after")
    with opened(browser, world, address) as page:
        page.goto("/funding/programmes/EP-1")
        assert "EUR 4,000,000" in page.inner_text("main")
        page.goto("/funding/payments")
        assert "15 Apr 2031" in page.inner_text("main")


@pytest.fixture
def listed_live(listed_template: Path, tmp_path: Path) -> Iterator[Live]:
    """An instance with lists of sanctions and a carrier, and its address."""
    yield from _live(listed_template, tmp_path / "live")


def test_alerts_on_a_carrier_are_decided_by_two_persons(
    browser: "Browser", listed_live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey 6: a list names a carrier, and two persons decide."""
    world, address = listed_live
    alerts = rows_of(world, "sanctions", "/sanctions/alerts.json?party=X-OSK")
    path = f"/sanctions/alerts/{alerts[0]['hit']}"
    for number, person in enumerate(("sanctions", second(world))):
        with opened(browser, world, address, person) as page:
            page.goto(path)
            assert "2 records blocked" in page.inner_text("main")
            page.select_option("#disposition", "false positive")
            page.fill("#reason", "Another company.")
            with page.expect_navigation():
                page.click("main form button.main")
            assert "The decision is recorded." in page.inner_text("main")
        work_off(monkeypatch)
        compute(world.folder, ("cell",), f"after-{number}")
    with opened(browser, world, address, "sanctions") as page:
        page.goto(path)
        assert "It blocks nothing." in page.inner_text("main")
