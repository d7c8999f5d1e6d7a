"""Pages of a PDF that was handed in: shown as image and text to who sees the document, and to nobody else."""

import pytest
from tests.intake.formats.test_pdf import SAMPLE
from tests.web.submissions.test_document import address
from tests.web.submissions.uploading import stored
from tests.web.world import World, text

from konvoi.web.access.models import AuditEvent
from konvoi.web.submissions import document_views, stored_documents


@pytest.fixture
def path(world: World) -> str:
    """The address of a PDF of XA."""
    stored(world, "desk-xa", {"agreement.pdf": SAMPLE})
    return address(world, "desk-xa", "agreement.pdf")


def test_pages_are_shown_one_by_one_as_image_and_text(world: World, path: str) -> None:
    desk = world.client("desk-xa")
    first, second = (desk.get(f"{path}?page={number}") for number in (1, 2))
    assert "Agreement between Arland" in text(first)
    assert "Termination" in text(second)
    assert "Termination" not in text(first).partition("Findings")[0]
    assert f'src="{path}/pages/2"' in second.content.decode()
    assert 'rel="prev"' in second.content.decode()
    assert 'rel="next"' not in second.content.decode()
    image = desk.get(f"{path}/pages/2")
    assert (image["Content-Type"], image["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert image.content.startswith(b"\x89PNG")
    assert image["Cache-Control"] == "no-store"
    assert desk.get(f"{path}/original")["Content-Disposition"].startswith("attachment")


def test_a_page_that_is_not_there_is_said_to_be_none(world: World, path: str) -> None:
    desk = world.client("desk-xa")
    for asked in ("0", "3", "99999"):
        assert "The PDF has no such page." in text(desk.get(path, {"page": asked}))
    for asked in ("999999999999", "-1", "x", "²"):
        assert "Agreement between Arland" in text(desk.get(path, {"page": asked}))
    assert desk.get(f"{path}/pages/3").status_code == 404


def test_who_may_not_see_the_document_has_no_page_drawn(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []
    for name in ("page_image", "page_text"):
        monkeypatch.setattr(stored_documents, name, lambda *given: drawn.append(given))
    for name in ("desk-xb", "recipient", "administrator"):
        found = world.client(name).get(f"{path}/pages/1")
        assert (found.status_code, text(found)) == (404, text(world.client(name).get("/no"))), name
    assert drawn == []


def test_a_labelled_document_of_another_is_drawn_for_a_purpose_alone_and_logged(
    world: World, path: str
) -> None:
    # Until results know its marking, the document counts as labelled.
    planner = world.client("planner")
    assert planner.get(f"{path}/pages/1").status_code == 404
    planner.post("/purpose", {"for": "XA", "purpose": "checking"})
    assert planner.get(f"{path}/pages/1").status_code == 200
    assert AuditEvent.objects.filter(action="labelled-read").count() == 1


def test_a_pdf_that_came_damaged_with_a_folder_is_said_to_be(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for broken in (SAMPLE[:300], b"%PDF-1.7"):
        monkeypatch.setattr(stored_documents, "content_of", lambda _, given=broken: given)
        page = world.client("desk-xa").get(path)
        assert "The PDF is damaged. Its pages cannot be shown." in text(page)
        assert "<img" not in page.content.decode()
        assert world.client("desk-xa").get(f"{path}/pages/1").status_code == 404


def test_without_the_library_that_draws_pages_are_shown_as_text(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_views, "draws", lambda: False)
    page = world.client("desk-xa").get(path).content.decode()
    assert "<img" not in page
    assert "<details open>" in page
