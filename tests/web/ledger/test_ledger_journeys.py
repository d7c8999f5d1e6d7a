"""Journeys of an auditor and an analyst in a browser, in each language and by keyboard alone."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.web.live import opened, served
from tests.web.packages import AT
from tests.web.world import World, compute, copied

from konvoi.flow.submissions.import_submission import take
from konvoi.report.language import Language

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAYS = ("en", "de", "uk", "keyboard")
SAMPLES = Path(__file__).parents[2] / "intake" / "formats" / "samples"
FILES = {
    "XB/packages.csv": "2500000",
    "XB/page.json": "",
    "XB/chain.xml": "",
}
"""Documents of entries, with the text of the cell to which the first one leads where it is known."""


@pytest.fixture(scope="module")
def live(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """An instance with entries of a table, of JSON and of XML, and a text; its address."""
    world = copied(template, tmp_path_factory.mktemp("ledger") / "instance")
    for name in ("fts/page.json", "iati/chain.xml", "pdf/agreement.pdf"):
        take([SAMPLES / name], party="XB", folder=world.folder, at=AT)
    compute(world.folder, ("cell", "XA"), "second")
    with pytest.MonkeyPatch.context() as patched, served() as address:
        # The loop of the browser runs in the thread of the tests.
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield world, address


def follow(page: "Page", link: "Locator", way: str) -> None:
    """Follow a link or press a button, by mouse or by keyboard."""
    with page.expect_navigation():
        if way == "keyboard":
            link.focus()
            page.keyboard.press("Enter")
        else:
            link.click()


def said(way: str, text: str) -> str:
    """Return a text in the language of a way."""
    return Language("en" if way == "keyboard" else way).say(text)


@pytest.mark.parametrize("way", WAYS)
def test_an_auditor_follows_a_figure_to_its_cell_and_verifies_the_chain(
    browser: "Browser", live: tuple[World, str], way: str
) -> None:
    world, address = live
    with opened(browser, world, address, "auditor", "en" if way == "keyboard" else way) as page:
        page.goto("/")
        follow(page, page.locator('a.n[href^="/records#"]').first, way)
        for document, text in FILES.items():
            page.goto("/records")
            # Records of entries name an amount: their column is the cell.
            links = page.locator(f'a[href^="ledger/source/"]:text-is("{document}")')
            follow(page, links.first, way)
            assert page.locator("h2", has_text=document).is_visible()
            marked = page.locator("mark").first
            assert marked.is_visible()
            assert text in marked.inner_text()
        page.goto("/ledger/source/clauses/II/s1/1")
        assert "may end this Agreement" in page.locator("mark").inner_text()
        follow(
            page,
            page.get_by_role("link", name=said(way, "The whole document, its digest and its history")),
            way,
        )
        assert page.locator("code").count() > 0
        page.goto("/administration/audit/")
        follow(
            page,
            page.locator('form[action="/administration/audit/verify"] button'),
            way,
        )
        assert page.locator("main").is_visible()


@pytest.mark.parametrize("way", WAYS)
def test_an_analyst_builds_a_total_and_the_file_has_the_figure_of_the_page(
    browser: "Browser", live: tuple[World, str], way: str, tmp_path: Path
) -> None:
    world, address = live
    with opened(browser, world, address, "reader-xa", "en" if way == "keyboard" else way) as page:
        page.goto("/ledger/packages")
        follow(page, page.get_by_role("link", name=said(way, "Build a total")), way)
        page.locator("#stage").select_option("pledged")
        page.locator("#by").select_option("partner")
        page.locator("#party").fill("XA")
        page.locator("#currency").fill("EUR")
        page.locator("#on").fill("2031-02-28")
        follow(page, page.get_by_role("button", name=said(way, "Compute")), way)
        figure = page.locator(".figure-line").inner_text()
        link = page.locator('a[href^="/ledger/total.xlsx"]')
        with page.expect_download() as download:
            link.focus()
            page.keyboard.press("Enter")
        file = tmp_path / "total.xlsx"
        download.value.save_as(file)
        value = load_workbook(file).worksheets[0]["B2"].value
        assert str(value) == re.sub(r"\D", "", figure.partition("EUR")[0])
