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
from tests.web.submissions.journeys import Person
from tests.web.world import World, compute, copied

from konvoi.flow.submissions.import_submission import take

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


def person(page: "Page", address: str, way: str) -> Person:
    """Return a person who goes one of the ways."""
    return Person(page, address, "en" if way == "keyboard" else way, way == "keyboard")


@pytest.mark.parametrize("way", WAYS)
def test_an_auditor_follows_a_figure_to_its_cell_and_verifies_the_chain(
    browser: "Browser", live: tuple[World, str], way: str
) -> None:
    world, address = live
    with opened(browser, world, address, "auditor", "en" if way == "keyboard" else way) as page:
        auditor = person(page, address, way)
        page.goto("/")
        auditor.press_at('a.n[href^="/records#"]')
        page.wait_for_url("**/records#*")
        for document, text in FILES.items():
            page.goto("/records")
            auditor.press_at("#entries summary")
            auditor.press_at(f'#entries a[href^="ledger/source/"]:text-is("{document}")')
            page.locator("h2", has_text=document).wait_for()
            marked = page.locator("mark").first
            assert marked.is_visible()
            assert text in marked.inner_text()
        page.goto("/ledger/source/clauses/XB/agreement.pdf/II/s1/1")
        assert "may end this Agreement" in page.locator("mark").inner_text()
        auditor.press("The whole document, its digest and its history")
        page.wait_for_url("**/submissions/documents/*")
        assert page.locator("code").count() > 0
        page.goto("/administration/audit/")
        auditor.press_at('form[action="/administration/audit/verify"] button')
        page.locator(".message").nth(1).wait_for()
        assert page.locator(".message.error").count() == 0


@pytest.mark.parametrize("way", WAYS)
def test_an_analyst_builds_a_total_and_the_file_has_the_figure_of_the_page(
    browser: "Browser", live: tuple[World, str], way: str, tmp_path: Path
) -> None:
    world, address = live
    with opened(browser, world, address, "reader-xa", "en" if way == "keyboard" else way) as page:
        analyst = person(page, address, way)
        page.goto("/ledger/packages")
        analyst.press("Build a total")
        page.wait_for_url("**/ledger/total")
        analyst.pick("#stage", "pledged")
        analyst.pick("#by", "partner")
        analyst.write("#party", "XA")
        analyst.write("#currency", "EUR")
        # Browsers show day, month and year in the order of their own language.
        analyst.write("#on", "2031-02-28", "28022031", "02282031")
        analyst.press("Compute")
        figure = page.locator(".figure-line").inner_text()
        with page.expect_download() as download:
            analyst.press_at('a[href^="/ledger/total.xlsx"]')
        file = tmp_path / "total.xlsx"
        download.value.save_as(file)
        value = load_workbook(file).worksheets[0]["B2"].value
        assert str(value) == re.sub(r"\D", "", figure.partition("EUR")[0])
