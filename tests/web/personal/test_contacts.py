"""Contacts are kept apart from the record: sealed, opened for letters, and erased with their key."""

import io
import sys
import zipfile
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from tests.cli.calling import konvoi
from tests.web.submissions.uploading import checked, relief, stored, workbook
from tests.web.world import World, text

from konvoi.flow.contact_store import FOLDER, KEYS, contacts, is_commitment
from konvoi.flow.store import store, verification
from konvoi.flow.submissions.questions_asked import asking
from konvoi.flow.workspace import workspace
from konvoi.web import erase
from konvoi.web.access.models import AuditEvent
from konvoi.web.accounts.models import User
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.quarantine import marked_names

NAME, ADDRESS = "Alma Merrowdale", "alma.merrowdale@exercise.invalid"


def book(*, remark: str = "") -> bytes:
    """Return a workbook with a contact, whose author is the contact; remark: beside a package."""
    found = openpyxl.load_workbook(
        io.BytesIO(workbook("XA", [relief("XA-7", "XA", "5O0000", title=remark or "Relief")]))
    )
    sheet = found["Contacts"]
    for column, value in enumerate((NAME, "XA", "Desk officer", ADDRESS, "en"), start=1):
        sheet.cell(3, column).value = value
    found.properties.creator = NAME
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def plain(content: bytes) -> str:
    """Return all parts of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return " ".join(parts.read(one).decode("utf-8", "replace") for one in parts.infolist())


def stored_book(world: World) -> bytes:
    found = store(world.folder).content("submissions/XA/list.xlsx")
    assert found is not None
    return found


def erased(world: World, who: str, target: Path) -> int:
    with patch.object(sys, "argv", ["erase", str(world.folder), who, str(target)]):
        return erase.main()


@pytest.mark.slow
def test_a_contact_is_cut_from_what_is_stored_and_opened_for_letters_alone(world: World) -> None:
    given = book()
    upload = stored(world, "desk-xa", {"list.xlsx": given})
    assert upload.state == Upload.State.STORED
    kept = plain(stored_book(world))
    assert NAME not in kept
    assert ADDRESS not in kept
    assert "Desk officer" not in kept
    (one,) = contacts(world.folder).values()
    assert (one.party, one.name, one.function, one.email) == ("XA", NAME, "Desk officer", ADDRESS)
    assert one.id in kept
    assert is_commitment(one.id)
    assert verification(store(world.folder)).holds
    # Nothing on disk beside the key and what it opens holds the name; the marked workbook is the sender's.
    assert NAME not in str(upload.preview)
    letters = asking(workspace(world.folder), party="XA").files
    assert f"{NAME}, Desk officer, {ADDRESS}".encode() in letters["XA/letter.en.html"]
    again = checked(world.client("desk-xa"), {"list.xlsx": given})
    assert [file["outcome"] for file in again.preview["files"]] == ["unchanged"]


@pytest.mark.slow
def test_a_name_elsewhere_in_the_file_is_told(world: World) -> None:
    upload = checked(world.client("desk-xa"), {"list.xlsx": book(remark=f"Ask {NAME}")})
    page = text(world.client("desk-xa").get(f"/submissions/uploads/{upload.pk}"))
    assert "elsewhere they stay in the record" in page
    assert NAME in page


@pytest.mark.slow
def test_contacts_that_cannot_be_put_aside_are_refused(world: World) -> None:
    with patch("konvoi.flow.submissions.contacts_apart._may_hold", return_value=False):
        upload = checked(world.client("desk-xa"), {"list.xlsx": book()})
    assert [file["outcome"] for file in upload.preview["files"]] == ["refused"]
    assert "leave the contacts out" in text(world.client("desk-xa").get(f"/submissions/uploads/{upload.pk}"))
    assert contacts(world.folder) == {}


@pytest.mark.slow
def test_a_person_is_erased_with_account_and_contact_and_verify_explains_it(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload = stored(world, "desk-xa", {"list.xlsx": book()})
    before = stored_book(world)
    (one,) = contacts(world.folder)
    user = world.user("reader-xa")
    User.objects.filter(pk=user.pk).update(email=ADDRESS)
    assert marked_names(upload)
    assert erased(world, ADDRESS, tmp_path / "kept" / "erasures.jsonl") == 0
    told = capsys.readouterr().out
    assert "Erased. Accounts: 1; contacts: 1." in told
    assert not (world.folder / FOLDER / KEYS / one).exists()
    assert not (world.folder / FOLDER / f"{one}.age").exists()
    assert contacts(world.folder) == {}
    assert stored_book(world) == before
    assert marked_names(upload) == []
    assert not User.objects.filter(pk=user.pk).exists()
    assert AuditEvent.objects.get(action="person-erased").object == str(user.pk)
    listed = (tmp_path / "kept" / "erasures.jsonl").read_text()
    assert one in listed
    assert str(user.pk) in listed
    assert NAME not in listed
    assert ADDRESS not in listed
    letters = asking(workspace(world.folder), party="XA").files
    assert NAME.encode() not in letters["XA/letter.en.html"]
    assert one.encode() not in letters["XA/letter.en.html"]
    verified = konvoi("verify", world.folder)
    assert verified.code == 0
    assert "2 persons: content erased on request on" in verified.out
    assert erased(world, ADDRESS, tmp_path / "kept" / "erasures.jsonl") == 3
    assert "no account and no contact" in capsys.readouterr().err


@pytest.mark.slow
def test_an_erasure_is_applied_again_to_an_older_backup(world: World, tmp_path: Path) -> None:
    from tests.web.world import use

    stored(world, "desk-xa", {"list.xlsx": book()})
    key, archive = tmp_path / "keys" / "backup.key", tmp_path / "cell.backup"
    assert konvoi("backup", world.folder, "--to", archive, "--key-file", key).code == 0
    user = world.user("reader-xa")
    User.objects.filter(pk=user.pk).update(email=ADDRESS)
    assert erased(world, ADDRESS, key.parent / "erasures.jsonl") == 0
    restored = tmp_path / "restored"
    assert konvoi("restore", archive, "--key-file", key, "--dir", restored).code == 0
    assert contacts(restored) == {}
    assert list((restored / FOLDER / KEYS).iterdir()) == []
    use(restored)
    assert not User.objects.filter(pk=user.pk).exists()
    assert konvoi("verify", restored).code == 0


@pytest.mark.slow
def test_a_document_that_still_holds_the_address_is_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(world, "desk-xa", {"list.xlsx": book(remark=f"Ask {ADDRESS}")})
    assert erased(world, ADDRESS, tmp_path / "erasures.jsonl") == 1
    assert "XA/list.xlsx still holds the address" in capsys.readouterr().out
