"""A working text that comes back with tracked changes, from the upload to positions in the matrix."""

import io
import re
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.affairs import work_off
from tests.web.world import World, compute, text

from konvoi.web.form_rows.models import FormRow
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.quarantine import FILES, folder_of

ROUND = "/agreements/rounds/PACT-1"
BACK = f"{ROUND}/returned"
ONE = "The Parties keep one schedule of deliveries."
FUND = "Each Party pays into the Fund."


def changed(world: World) -> bytes:
    """Return the working text with an insertion in I/1 and a new paragraph behind it."""
    source = zipfile.ZipFile(io.BytesIO(world.exporting("planner").get(f"{ROUND}/text.docx").content))
    out = io.BytesIO()
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    ins = '<w:ins w:id="90" w:author="A1">{}</w:ins>'
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                before = content.decode()
                more = run.format("The Parties keep one ") + ins.format(run.format("public "))
                more += (
                    run.format("schedule of deliveries.")
                    + f"</w:p><w:p>{ins.format(run.format('A depot is named.'))}"
                )
                after = re.sub(rf"<w:r><w:t[^>]*>(1\. )?{re.escape(ONE)}</w:t></w:r>", more, before)
                assert after != before
                content = after.encode()
            target.writestr(name, content)
    return out.getvalue()


def hand_in(world: World, person: str, content: bytes, name: str = "text.docx", **more: str) -> str:
    """Hand a text in and read it; return its address."""
    sent = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile(name, content), **more}
    answer = world.client(person).post(BACK, sent)
    assert answer.status_code == 302, text(answer)
    address: str = answer["Location"]
    return address


def read(monkeypatch: pytest.MonkeyPatch) -> Job:
    """Read what was handed in, as the worker does."""
    work_off(monkeypatch)
    return Job.objects.get(kind="return")


def test_changes_become_positions_once_the_legal_desk_confirms_them(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = negotiated.client("legal")
    address = hand_in(negotiated, "legal", changed(negotiated))
    assert "The file is being read." in text(client.get(address))
    job = read(monkeypatch)
    assert not list((folder_of(Upload(pk=job.pk)) / FILES).iterdir())
    page = text(client.get(address))
    assert "1 change on a clause, 1 change on no clause" in page
    assert "The Parties keep one public schedule of deliveries." in page
    assert "A depot is named." in page
    shown = client.get(address).content.decode()
    (row,) = re.findall(r'name="change" value="(\d+)"', shown)
    given = {"change": row, "marking": "coalition"}
    checked = client.post(address, {**given, "step": "check"})
    assert "Parties that keep the text open: 2 → 3" in text(checked)
    assert not FormRow.objects.exists()
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', checked.content.decode())
    for _ in range(2):
        answer = client.post(address, {**given, "seen": seen, "step": "record"}, follow=True)
        assert "The positions are recorded." in text(answer)
    (stored,) = work_off(monkeypatch)
    assert (stored.state, stored.reason, stored.party) == (FormRow.State.STORED, "", "XA")
    assert stored.row["words"] == "The Parties keep one public schedule of deliveries."
    compute(negotiated.folder, ("cell", "XA"), "after")
    assert "[The Parties keep one schedule of deliveries.]" in text(client.get(ROUND))


def test_only_who_takes_positions_for_the_party_sees_what_came_back(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = hand_in(negotiated, "legal", changed(negotiated))
    read(monkeypatch)
    shown = {
        one
        for one in ("planner", "desk-xa", "desk-xb", "recipient", "auditor", "reader-xa", "")
        if negotiated.client(one).get(address).status_code == 200
    }
    assert shown == {"planner", "desk-xa"}
    assert "text.docx" in text(negotiated.client("desk-xa").get(ROUND))
    assert "text.docx" not in text(negotiated.client("desk-xb").get(ROUND))
    other = address.replace("PACT-1", "PACT-0")
    assert negotiated.client("planner").get(other).status_code == 404


def test_a_file_that_is_no_text_says_so(negotiated: World, monkeypatch: pytest.MonkeyPatch) -> None:
    address = hand_in(negotiated, "legal", b"PK\x03\x04 no text")
    read(monkeypatch)
    assert "The file is broken, encrypted or not let in" in text(negotiated.client("legal").get(address))
    answer = negotiated.client("legal").post(BACK, {"key": str(uuid.uuid4())})
    assert (answer.status_code, "Choose a text as DOCX" in text(answer)) == (400, True)


def test_nothing_is_recorded_without_a_choice_or_on_positions_that_changed(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = negotiated.client("legal")
    address = hand_in(negotiated, "legal", changed(negotiated))
    read(monkeypatch)
    (row,) = re.findall(r'name="change" value="(\d+)"', client.get(address).content.decode())
    for given, why in (
        ({}, "Choose at least one change."),
        ({"change": row, "seen": "0" * 16}, "were changed in the meantime"),
    ):
        sent = {"marking": "coalition", "step": "record", **given}
        assert why in text(client.post(address, sent, follow=True))
    assert not FormRow.objects.exists()
