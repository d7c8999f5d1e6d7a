"""A stored document: seen by its originator, the coordination cell and auditors, withdrawn and restored."""

import re

import pytest
from tests.web.submissions.uploading import confirm, relief, stored, work, workbook
from tests.web.world import World, text

from konvoi.flow.store import store
from konvoi.web.access.models import AuditEvent
from konvoi.web.submissions.models import Upload


def address(world: World, name: str, file: str) -> str:
    """Return the address of a document in the list of a reader."""
    page = world.client(name).get("/submissions/").content.decode()
    found = re.search(rf'href="(/submissions/documents/[0-9a-f]+)">(?:v\d+/)?{re.escape(file)}<', page)
    assert found, page
    return found[1]


@pytest.mark.slow
def test_the_original_comes_back_as_an_attachment_and_to_nobody_else(world: World) -> None:
    content = workbook("XA", [relief("XA-2", "XA", 500000)])
    stored(world, "desk-xa", {"list.xlsx": content})
    path = address(world, "desk-xa", "list.xlsx")
    for name in ("desk-xa", "reader-xa", "planner", "auditor"):
        client = world.client(name)
        if name in ("planner", "auditor"):
            # Until results know its marking, the document counts as labelled.
            assert client.get(f"{path}/original").status_code == 302
            client.post("/purpose", {"for": "XA", "purpose": "checking"})
        answer = client.get(f"{path}/original")
        assert answer.content == content, name
        assert answer["Content-Disposition"] == 'attachment; filename="list.xlsx"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert client.get(path).status_code == 200, name
    assert AuditEvent.objects.filter(action="original-opened").count() == 4
    for name in ("desk-xb", "recipient", "administrator"):
        client = world.client(name)
        answers = [client.get(path), client.get(f"{path}/original"), client.get("/submissions/documents/no")]
        assert {one.status_code for one in answers} == {404}, name
        assert len({text(one) for one in answers}) == 1, name


@pytest.mark.slow
def test_two_versions_are_compared_field_by_field(world: World) -> None:
    stored(world, "desk-xa", {"a.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    stored(world, "desk-xa", {"b.xlsx": workbook("XA", [relief("XA-2", "XA", 700000)], day="2031-03-03")})
    old = address(world, "desk-xa", "a.xlsx").rpartition("/")[2]
    page = text(world.client("desk-xa").get(f"{address(world, 'desk-xa', 'b.xlsx')}?with={old}"))
    assert "EUR 500,000 → EUR 700,000" in page


@pytest.mark.slow
def test_a_document_is_withdrawn_with_a_reason_and_restored_through_a_check(world: World) -> None:
    desk = world.client("desk-xa")
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    path = address(world, "desk-xa", "list.xlsx")
    page = text(desk.get(f"{path}?withdraw"))
    assert "Its rows no longer count." in page
    assert "No earlier version comes into force." in page
    assert desk.post(f"{path}/withdraw", {"reason": " "}).status_code == 302
    assert "XA/list.xlsx" in [one.name for one in store(world.folder).contents().documents]
    for _ in range(2):
        desk.post(f"{path}/withdraw", {"reason": "Sent by mistake"})
    contents = store(world.folder).contents()
    assert "XA/list.xlsx" not in [one.name for one in contents.documents]
    assert [one.name for one in contents.withdrawn] == ["XA/list.xlsx"]
    assert store(world.folder).receipts()[-1].change.reason == "Sent by mistake"
    assert AuditEvent.objects.filter(action="submission-withdrawn").count() == 1
    aside = address(world, "desk-xa", "list.xlsx")
    assert "Sent by mistake" in text(desk.get(aside))
    answer = desk.post(f"{aside}/restore")
    work()
    upload = Upload.objects.get(pk=answer["Location"].rpartition("/")[2])
    assert upload.preview["files"][0]["outcome"] == "brought back"
    confirm(desk, f"/submissions/uploads/{upload.pk}")
    work()
    assert "XA/list.xlsx" in [one.name for one in store(world.folder).contents().documents]


def test_only_who_may_submit_for_the_party_withdraws_and_restores(world: World) -> None:
    path = address(world, "desk-xa", "packages.csv")
    before = store(world.folder).receipts()
    for name in ("desk-xb", "reader-xa", "recipient", "auditor", "administrator", "legal"):
        for way in ("withdraw", "restore"):
            answer = world.client(name).post(f"{path}/{way}", {"reason": "x"})
            assert answer.status_code == 404, (name, way)
    assert store(world.folder).receipts() == before
    assert not Upload.objects.exists()
