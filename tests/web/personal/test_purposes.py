"""Labelled records of others are read with a purpose, which is asked once and stands in the audit log."""

import re

import pytest
from tests.web.api.program import program
from tests.web.submissions.uploading import relief, stored, workbook
from tests.web.world import World, compute, text

from konvoi.web.access.models import AuditEvent, Note


def _document(world: World, marking: str) -> str:
    """Store a document of a party, compute, and return its address."""
    stored(world, "desk-xa", {"own.xlsx": workbook("XA", [relief("XA-8", "XA", "5O0000")], marking=marking)})
    compute(world.folder, name="second")
    page = world.client("planner").get("/submissions/").content.decode()
    found = re.search(r'href="(/submissions/documents/[0-9a-f]+)">own.xlsx<', page)
    assert found is not None
    return found[1]


@pytest.mark.slow
def test_a_labelled_document_of_another_party_is_opened_with_a_purpose_that_is_asked_once(
    world: World,
) -> None:
    path = _document(world, "own")
    desk, planner = world.client("desk-xa"), world.client("planner")
    assert desk.get(path).status_code == 200
    assert not AuditEvent.objects.filter(action="labelled-read").exists()
    for asked in (path, f"{path}/original"):
        answer = planner.get(asked)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/purpose?for=XA&next=")
    assert not AuditEvent.objects.filter(action="original-opened").exists()
    words = {"for": "XA", "next": path, "purpose": "", "text": ""}
    assert "Choose a purpose." in text(planner.post("/purpose", words))
    assert "Describe the purpose." in text(planner.post("/purpose", {**words, "purpose": "other"}))
    given = {**words, "purpose": "meeting", "text": "Session of the steering group"}
    assert planner.post("/purpose", given)["Location"] == path
    assert planner.get(path).status_code == 200
    assert planner.get(f"{path}/original").status_code == 200
    read = AuditEvent.objects.get(action="labelled-read")
    assert (read.party, read.detail) == ("XA", {"reader": "cell", "purpose": "meeting"})
    assert AuditEvent.objects.get(action="original-opened").detail["purpose"] == "meeting"
    event = AuditEvent.objects.get(action="purpose-stated")
    assert "steering" not in str(event.detail)
    auditor = world.client("auditor")
    assert auditor.get(path).status_code == 302
    log = "/administration/audit/?action=purpose-stated"
    assert "Session of the steering group" in text(auditor.get(log))
    Note.objects.all().delete()
    assert "note: erased" in text(auditor.get(log))
    assert world.client("desk-xb").get("/purpose?for=XA").status_code == 404


@pytest.mark.slow
def test_what_the_whole_coalition_may_see_needs_no_purpose(world: World) -> None:
    path = _document(world, "coalition")
    assert world.client("planner").get(path).status_code == 200
    assert not AuditEvent.objects.filter(action="labelled-read").exists()


def test_an_export_of_the_cell_is_logged_with_its_purpose(world: World) -> None:
    planner = world.client("planner")
    asked = planner.get("/brief/brief.json")
    assert asked["Location"] == "/purpose?for=all&next=%2Fbrief%2Fbrief.json"
    assert world.client("desk-xa").get("/purpose?for=all").status_code == 404
    planner.post("/purpose", {"for": "all", "next": "//elsewhere.invalid/", "purpose": "checking"})
    assert planner.get("/brief/brief.json").status_code == 200
    assert AuditEvent.objects.get(action="exported").detail == {"reader": "cell", "purpose": "checking"}
    assert world.client("desk-xa").get("/brief/brief.json").status_code == 200


FILES = ("/tables/packages.csv", "/tables.json", "/ledger/total.json?stage=pledged", "/ledger/packages.xlsx")


def test_every_file_of_the_cell_is_taken_with_a_purpose(world: World) -> None:
    files = (*FILES, "/reports/files/brief.json", "/reports/files/delegation-XA.en.docx")
    planner = world.client("planner")
    for path in files:
        assert planner.get(path)["Location"].startswith("/purpose?for=all&next="), path
    # Nobody states why it reads what everybody may read.
    assert planner.get("/reports/files/brief.json?for=public").status_code == 200
    assert [one.detail["purpose"] for one in AuditEvent.objects.filter(action="exported")] == [""]
    planner.post("/purpose", {"for": "all", "purpose": "meeting"})
    for path in files:
        assert planner.get(path).status_code == 200, path
    events = AuditEvent.objects.filter(action="exported").order_by("number")[1:]
    assert [one.detail["purpose"] for one in events] == ["meeting"] * len(files)
    assert world.client("desk-xa").get(FILES[0]).status_code == 200


def test_a_program_takes_files_without_a_form(world: World) -> None:
    token = program(world, "planner")
    assert token.get("/ledger/packages.csv").status_code == 200
    assert AuditEvent.objects.get(action="exported").detail["purpose"] == "token"
