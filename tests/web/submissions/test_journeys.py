"""Journeys of desks in a browser, in each language and by keyboard alone."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.web.submissions.journeys import Person, exercise, served
from tests.web.submissions.uploading import relief, workbook
from tests.web.test_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAYS = ("en", "de", "uk", "keyboard")
CONFLICT = (
    "The submissions of {party} were changed after the preview that you confirmed. The files change "
    "something else now, so nothing was stored. The preview below shows what they change now."
)
Visit = Callable[[str], Person]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a small exercise."""
    folder = tmp_path_factory.mktemp("journeys") / "exercise"
    exercise(folder)
    with served(folder, folder.parent / "log.txt") as address:
        yield address


@pytest.fixture
def visit(browser: "Browser", address: str) -> Iterator[Visit]:
    """Open the site as a person in a way of WAYS."""
    contexts = []

    def opened(way: str) -> Person:
        context = browser.new_context(accept_downloads=True, locale="en")
        contexts.append(context)
        language = "en" if way == "keyboard" else way
        return Person(context.new_page(), address, language, keyboard=way == "keyboard")

    yield opened
    for one in contexts:
        one.close()


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("way", WAYS)
def test_a_desk_corrects_a_marked_workbook_and_sees_its_total(visit: Visit, way: str, tmp_path: Path) -> None:
    at = WAYS.index(way)
    desk = visit(way)
    desk.become("desk-xa")
    faulty = workbook("XA", [relief(f"XA-1{at}", "XA", "4OO000"), relief(f"XA-2{at}", "XA", 100000)])
    desk.hand_in(written(tmp_path, f"relief-{way}.xlsx", faulty))
    desk.sees("“{read}” is not a number. {remedy}", read="4OO000", remedy="")
    with desk.page.expect_download() as download:
        desk.press_at('a[href*="/marked/"]')
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    faults = [cell for sheet in book for row in sheet for cell in row if cell.value == "4OO000"]
    cell = next(one for one in faults if one.parent.title.casefold() == "packages")
    assert cell.comment is not None
    cell.value = 400000
    out = io.BytesIO()
    book.save(out)
    desk.press("Discard")
    desk.sees("Nothing of these files was stored.")
    desk.hand_in(written(tmp_path, f"relief-{way}.xlsx", out.getvalue()))
    desk.press("Confirm and store")
    desk.sees("The files are stored.")
    # XA-1 and XB-1 pledge EUR 3.5 m; each way of this journey adds half a million.
    total = {"en": "EUR {} m", "de": "{} Mio. EUR", "uk": "{} млн євро"}[desk.language]
    number = f"{3.5 + 0.5 * _done(way):.1f}"
    desk.sees_on_overview(total.format(number if desk.language == "en" else number.replace(".", ",")))


DONE: list[str] = []


def _done(way: str) -> int:
    """Return how many ways of the first journey have been gone by now."""
    DONE.append(way)
    return len(DONE)


@pytest.mark.parametrize("way", WAYS)
def test_a_confidential_offer_is_previewed_and_seen_by_no_other_desk(
    visit: Visit, way: str, tmp_path: Path
) -> None:
    name = f"Quiet-{way}"
    desk = visit(way)
    desk.become("desk-xb")
    offer = relief(f"XB-{name}", "XB", 300000, title=name, marking="own", count_mode="in total, not named")
    desk.hand_in(written(tmp_path, f"{name}.xlsx", workbook("XB", [offer], marking="own")))
    desk.sees("Confidential contributions: what others could infer")
    desk.press("Confirm and store")
    desk.sees("The files are stored.")
    other = visit("en")
    other.become("desk-xa")
    for path in ("/submissions/", "/", "/records"):
        other.page.goto(f"{other.address}{path}")
        assert name not in other.page.content(), path


@pytest.mark.parametrize("way", WAYS)
def test_of_two_desks_that_edit_at_once_the_later_one_gets_a_conflict(
    visit: Visit, way: str, tmp_path: Path
) -> None:
    at = WAYS.index(way)
    first, second = visit("en"), visit(way)
    for number, desk in enumerate((first, second)):
        desk.become("desk-xa")
        content = workbook("XA", [relief(f"XA-9{at}", "XA", 0, title=f"Relief of desk {number}")])
        desk.hand_in(written(tmp_path, f"desk-{number}-{way}.xlsx", content))
    first.press("Confirm and store")
    first.sees("The files are stored.")
    second.press("Confirm and store")
    second.sees(CONFLICT, party="XA")
    second.press("Confirm and store")
    second.sees("The files are stored.")


def test_pages_of_an_upload_and_of_documents_are_accessible(visit: Visit, tmp_path: Path) -> None:
    """KONVOI_PICTURES names a folder that keeps pictures of the pages."""
    desk = visit("en")
    desk.become("desk-xa")
    faulty = workbook("XA", [relief("XA-30", "XA", "4OO000"), relief("XA-1", "XA", 1200000)])
    desk.hand_in(written(tmp_path, "relief.xlsx", faulty))
    keep = os.environ.get("KONVOI_PICTURES")
    upload = desk.page.url
    desk.page.goto(f"{desk.address}/submissions/")
    document = desk.page.locator('a[href*="/documents/"]').first.get_attribute("href") or ""
    own = written(tmp_path, "own.csv", b"Vorgang;Betrag in EUR\nA-1;250000\n")
    desk.hand_in(own)
    desk.press("Map its columns")
    pages = [desk.page.url, upload, f"{desk.address}{document}?withdraw"]
    pages += [f"{desk.address}/submissions/{one}" for one in ("", "hand-in", "questions")]
    for path in pages:
        desk.page.goto(path)
        assert violations(desk.page) == [], path
        desk.page.emulate_media(color_scheme="light")
        desk.page.set_viewport_size({"width": 1100, "height": 800})
        if keep:
            name = path.rstrip("/").rpartition("/")[2][:11].strip("-")
            desk.page.screenshot(path=f"{keep}/{name}.png", full_page=True)
