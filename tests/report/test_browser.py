"""The page in a browser, offline: no violations of accessibility, nothing wider than the screen, A4
sheets."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.cases import case
from tests.report.talking import talking

from konvoi.model.answers import Form
from konvoi.model.finding import Place
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.delegation.page import delegation_page
from konvoi.report.delegation.recipient_page import recipient_page
from konvoi.report.meetings.decision_sheet import decision_sheet
from konvoi.report.page import Message
from konvoi.report.page_files import page_files
from konvoi.report.render import render
from konvoi.report.writers import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the invented case on disk."""
    made = tmp_path_factory.mktemp("brief")
    for name, content in render(case()).items():
        (made / name).write_bytes(content)
    return made


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page that can reach nothing."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("code", ["en", "de", "uk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(page: "Page", folder: Path, code: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((folder / f"brief.{code}.html").as_uri())
    page.evaluate(AXE.read_text("utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    assert violations == []


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_page_is_never_wider_than_the_screen(page: "Page", folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((folder / "brief.uk.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_it_says_nothing_on_the_console_and_asks_for_nothing_more(page: "Page", folder: Path) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "brief.en.html").as_uri())
    assert (said, len(asked)) == ([], 1)


def test_a_table_is_sorted_by_its_head_and_its_sum_stays_on_top(page: "Page", folder: Path) -> None:
    page.goto((folder / "brief.en.html").as_uri())
    page.get_by_role("button", name="pledged, EUR m").first.click()
    cells = page.locator("#by-partner tbody tr td:first-child").all_inner_texts()
    assert cells == ["All", "Tellmark", "Dorrest", "Castovia", "Breland", "Arvenia"]


def test_it_can_be_read_without_scripts(browser: "Browser", folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((folder / "brief.en.html").as_uri())
    opened.locator("#by-partner tr.sum a").first.click()
    assert opened.url.endswith(opened.locator("#by-partner tr.sum a").first.get_attribute("href") or "?")
    assert opened.locator("li:target").count() == 1
    context.close()


def test_the_keyboard_shows_where_it_is(page: "Page", folder: Path) -> None:
    page.goto((folder / "brief.en.html").as_uri())
    for _ in range(12):
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_it_prints_on_a4(page: "Page", folder: Path) -> None:
    page.goto((folder / "brief.de.html").as_uri())
    content = page.pdf(prefer_css_page_size=True)
    assert content.startswith(b"%PDF")
    # A4 in points, as Chromium writes it.
    assert b"/MediaBox [0 0 594.95996 841.91998]" in content


@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_the_short_form_prints_on_at_most_four_sheets(page: "Page", folder: Path, code: str) -> None:
    page.goto((folder / f"brief.{code}.html").as_uri())
    content = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type /Page\b", content)) <= 4


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_papers_print_on_their_sheets(page: "Page", tmp_path: Path, code: str) -> None:
    """A page of a delegation and that of the recipient on one sheet, a decision sheet on two."""
    asked = [long_question(number) for number in range(9)]
    session = talking().tables["sessions"].row(1, named=True)
    papers = (
        (1, page_files(delegation_page(case(), "ARV", asked), [code])),
        (1, page_files(recipient_page(case(), asked), [code])),
        (2, decision_sheet(talking(), session, audience="cell", languages=[code])),
    )
    for most, files in papers:
        for name, content in files.items():
            if not name.endswith(".html"):
                continue
            (tmp_path / name).write_bytes(content)
            page.goto((tmp_path / name).as_uri())
            printed = page.pdf(prefer_css_page_size=True)
            assert (name, len(re.findall(rb"/Type /Page\b", printed))) == (name, most)
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
            assert (name, found) == (name, [])


def long_question(number: int) -> Question:
    """A question with long sentences, so that a page with many of them is full."""
    told = Message("Receipt of dispatched goods: which goods arrived, how many, when and in what state? " * 2)
    return Question(
        "receipts", "ARV", f"lines/{number}", f"ARV-1/{number}", Place("a.xlsx"), told, told, Form(Type.TEXT)
    )


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_the_first_page_fits_two_screens_and_one_sheet(page: "Page", folder: Path, code: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((folder / f"brief.{code}.html").as_uri())
    assert page.evaluate("document.getElementById('front').getBoundingClientRect().bottom") <= 1800
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 900})
    assert page.evaluate("document.getElementById('front').offsetHeight") <= 980


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_an_entry_of_the_short_form_opens_its_list(
    browser: "Browser", folder: Path, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, offline=True)
    opened = context.new_page()
    opened.goto((folder / "brief.en.html").as_uri())
    hidden = opened.locator("#entries tbody tr").last
    assert not hidden.is_visible()
    opened.goto(f"{(folder / 'brief.en.html').as_uri()}#{hidden.get_attribute('id')}")
    hidden.wait_for(state="visible", timeout=2000)
    context.close()


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page as if its few entries and lists were more than are shown at once."""
    monkeypatch.setattr(html, "FOLD", 3)
    monkeypatch.setattr(html, "SHOWN", 2)
    for name, content in render(case(), full=True).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path / "brief.en.html"


@pytest.mark.slow
def test_long_lists_are_folded_behind_their_first_rows(page: "Page", long: Path) -> None:
    """Closed, the first two of each are seen; the summary says how many there are in all."""
    page.goto(long.as_uri())
    for rows in ("#behind li", "#entries tbody tr"):
        found = page.locator(rows)
        assert [found.nth(at).is_visible() for at in range(4)] == [True, True, False, False]
        (part,) = page.locator(f"{rows.split()[0]} summary").all_inner_texts()
        assert part == f"Show {found.count() - 2} more rows of {found.count()}"
    page.evaluate(AXE.read_text("utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    assert violations == []


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_folded_row_opens_it(browser: "Browser", long: Path, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, offline=True)
    opened = context.new_page()
    opened.goto(long.as_uri())
    hidden = opened.locator("#entries details tbody tr").last
    assert not hidden.is_visible()
    opened.goto(f"{long.as_uri()}#{hidden.get_attribute('id')}")
    hidden.wait_for(state="visible", timeout=2000)
    context.close()


def test_folded_rows_are_printed_all_the_same(page: "Page", long: Path) -> None:
    page.goto(long.as_uri())
    page.emulate_media(media="print")
    assert page.locator("#entries tbody tr").last.is_visible()
