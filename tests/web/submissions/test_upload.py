"""Uploads: checked before they count, stored once, and reached by nobody else."""

import uuid
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.submissions.uploading import checked, confirm, hand_in, relief, stored, work, workbook
from tests.web.world import World, text

from konvoi.flow.store import store
from konvoi.web.access.models import AuditEvent
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.quarantine import folder_of


def names(world: World) -> list[str]:
    return [one.name for one in store(world.folder).contents().documents]


@pytest.mark.slow
def test_an_upload_changes_nothing_before_it_is_confirmed_and_is_stored_once(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    assert upload.state == Upload.State.CHECKED
    own = [one for one in names(world) if one.startswith("XA/")]
    assert own == ["XA/konvoi.csv", "XA/packages.csv"]
    page = text(desk.get(f"/submissions/uploads/{upload.pk}"))
    assert "would be imported" in page
    assert "1,000,000 " in page or "3,500,000" in page
    for _ in range(2):
        assert confirm(desk, f"/submissions/uploads/{upload.pk}").status_code == 302
    work()
    confirm(desk, f"/submissions/uploads/{upload.pk}")
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.STORED
    assert names(world).count("XA/list.xlsx") == 1
    assert Job.objects.filter(kind="take").count() == 1
    page = text(desk.get(f"/submissions/uploads/{upload.pk}"))
    assert "The files are stored." in page
    actions = list(AuditEvent.objects.order_by("number").values_list("action", flat=True))
    assert actions[0] == "signed-in"
    assert actions[1:] == ["upload-received", "upload-confirmed", "submission-stored"]


@pytest.mark.slow
def test_findings_stand_in_place_and_the_workbook_comes_back_marked(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", "5O0000")])})
    page = text(desk.get(f"/submissions/uploads/{upload.pk}"))
    assert "“5O0000” is not a number." in page
    german = text(desk.get(f"/submissions/uploads/{upload.pk}", headers={"accept-language": "de"}))
    assert "„5O0000“ ist keine Zahl." in german
    marked = desk.get(f"/submissions/uploads/{upload.pk}/marked/0")
    assert marked["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    assert marked["X-Content-Type-Options"] == "nosniff"
    assert marked.content[:2] == b"PK"
    assert desk.get(f"/submissions/uploads/{upload.pk}/marked/1").status_code == 404


def test_the_same_form_sent_twice_is_one_upload(world: World) -> None:
    desk = world.client("desk-xa")
    key = uuid.uuid4()
    first = hand_in(desk, {"a.csv": b"x"}, key=key)
    assert hand_in(desk, {"a.csv": b"x"}, key=key) == first
    assert Upload.objects.count() == 1
    assert Job.objects.filter(kind="check").count() == 1
    other = world.client("desk-xb")
    again = other.post("/submissions/hand-in", {"files": SimpleUploadedFile("b.csv", b"y"), "key": str(key)})
    assert again.status_code == 404


@pytest.mark.slow
def test_only_who_may_submit_for_the_party_reaches_an_upload(world: World) -> None:
    upload = checked(world.client("desk-xa"), {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 1)])})
    before = (upload.state, names(world))
    paths = [f"/submissions/uploads/{upload.pk}{one}" for one in ("", "/marked/0")]
    writes = [f"/submissions/uploads/{upload.pk}/{one}" for one in ("confirm", "discard", "check")]
    for name in ("desk-xb", "reader-xa", "recipient", "legal", "sanctions", "auditor", "administrator"):
        client = world.client(name)
        assert {client.get(path).status_code for path in paths} == {404}, name
        assert {client.post(path).status_code for path in writes} == {404}, name
    upload.refresh_from_db()
    assert (upload.state, names(world)) == before
    assert world.client("planner").get(paths[0]).status_code == 200


def test_the_coordination_cell_hands_in_on_behalf_of_a_party_and_it_is_shown(world: World) -> None:
    planner = world.client("planner")
    refused = planner.post("/submissions/hand-in", {"files": SimpleUploadedFile("a.csv", b"x")})
    assert "Choose the party on whose behalf" in text(refused)
    upload = hand_in(planner, {"a.csv": b"x"}, party="XA")
    assert (upload.party, upload.for_party) == ("XA", True)
    desk = world.client("desk-xa")
    assert "handed in by the coordination cell" in text(desk.get(f"/submissions/uploads/{upload.pk}"))
    assert "by the coordination cell" in text(desk.get("/submissions/"))
    # A desk hands in for its own party, whatever its form says.
    assert hand_in(desk, {"b.csv": b"x"}, party="XB").party == "XA"


@pytest.mark.parametrize(
    ("name", "said"),
    [("~$list.xlsx", "hidden or temporary"), (".profile", "hidden or temporary")],
)
def test_hidden_names_are_refused(world: World, name: str, said: str) -> None:
    answer = world.client("desk-xa").post("/submissions/hand-in", {"files": SimpleUploadedFile(name, b"x")})
    assert said in text(answer)
    assert not Upload.objects.exists()


def test_too_many_files_and_too_large_ones_are_refused_with_a_clear_answer(world: World) -> None:
    desk = world.client("desk-xa")
    many = [SimpleUploadedFile(f"{at}.csv", b"x") for at in range(51)]
    answer = desk.post("/submissions/hand-in", {"files": many})
    assert answer.status_code == 413
    assert "More than 50 files at once." in text(answer)
    answer = desk.post(
        "/submissions/hand-in",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(60 << 20),
    )
    assert answer.status_code == 413
    assert "larger than 50 MB" in text(answer)
    assert not Upload.objects.exists()


def test_a_form_without_its_token_is_refused(world: World) -> None:
    desk = world.client("desk-xa", enforce_csrf_checks=True)
    answer = desk.post("/submissions/hand-in", {"files": SimpleUploadedFile("a.csv", b"x")})
    assert answer.status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.slow
def test_what_changed_since_the_preview_is_a_clear_conflict(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    path = f"/submissions/uploads/{upload.pk}"
    stored(world, "desk-xa", {"other.xlsx": workbook("XA", [relief("XA-2", "XA", 7)])})
    page = text(desk.get(path))
    assert "were changed after this preview was made" in page
    assert "other.xlsx" in page
    confirm(desk, path)
    work()
    assert "XA/list.xlsx" not in names(world)
    page = text(desk.get(path))
    assert "were changed after the preview that you confirmed" in page
    assert "other.xlsx" in page
    german = text(desk.get(path, headers={"accept-language": "de"}))
    assert "nach der Vorschau geändert, die Sie bestätigt haben" in german
    # It is the preview of now, and can be confirmed.
    upload.refresh_from_db()
    assert upload.preview["files"][0]["counts"]["new"] == 0
    confirm(desk, path)
    work()
    assert "XA/list.xlsx" in names(world)


def test_uploads_of_a_party_that_do_not_touch_one_another_are_stored_without_a_new_check(
    world: World,
) -> None:
    desk = world.client("desk-xa")
    # The three files have one name, and so are kept under other names than their previews name.
    uploads = [
        checked(desk, {"list.xlsx": workbook("XA", [relief(f"XA-{at}", "XA", at * 100000)])})
        for at in (2, 3, 4)
    ]
    for one in uploads:
        confirm(desk, f"/submissions/uploads/{one.pk}")
        work()
        one.refresh_from_db()
        assert one.state == Upload.State.STORED, one.outcome
    assert [one.kind for one in Job.objects.filter(lane="files")].count("check") == len(uploads)
    assert len([one for one in names(world) if one.startswith("XA/") and "list" in one]) == len(uploads)


@pytest.mark.parametrize(
    "other",
    [
        relief("XA-2", "XA", 500000),  # the same record, stated alike
        relief("XA-9", "XA", 500000, title="Relief XA-2"),  # a possible duplicate
    ],
)
def test_an_upload_that_does_something_else_by_now_is_not_stored(
    world: World, other: Mapping[str, str | int]
) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    stored(world, "desk-xa", {"other.xlsx": workbook("XA", [other])})
    confirm(desk, f"/submissions/uploads/{upload.pk}")
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert "XA/list.xlsx" not in names(world)


def test_rows_that_are_read_otherwise_by_now_are_not_stored(world: World) -> None:
    """A later document of the sender decides how an ambiguous number of another table is read."""
    desk = world.client("desk-xa")
    upload = checked(desk, {"caps.csv": b"party,what,most\nXA,quantity,1.200\n"})
    stored(world, "desk-xa", {"capacities.csv": b'on,tonnes\nDS,"1.234,5"\n'})
    confirm(desk, f"/submissions/uploads/{upload.pk}")
    work()
    upload.refresh_from_db()
    assert (upload.state, "XA/caps.csv" in names(world)) == (Upload.State.CHECKED, False)


def test_a_preview_that_somebody_had_made_anew_has_to_be_seen_first(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    path = f"/submissions/uploads/{upload.pk}"
    old = {"seen": upload.preview["announced"]}
    assert f'value="{old["seen"]}"' in desk.get(path).content.decode()
    stored(world, "desk-xa", {"other.xlsx": workbook("XA", [relief("XA-2", "XA", 7)])})
    desk.post(f"{path}/check")
    work()
    for form in (old, {}, {"seen": ""}):
        answer = desk.post(f"{path}/confirm", form, follow=True)
        assert "The preview was made anew after you opened it." in text(answer)
    work()
    assert "XA/list.xlsx" not in names(world)


@pytest.mark.slow
def test_a_discarded_upload_leaves_nothing(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    assert folder_of(upload).is_dir()
    desk.post(f"/submissions/uploads/{upload.pk}/discard")
    assert not folder_of(upload).exists()
    assert "Nothing of these files was stored." in text(desk.get(f"/submissions/uploads/{upload.pk}"))
    confirm(desk, f"/submissions/uploads/{upload.pk}")
    work()
    assert "XA/list.xlsx" not in names(world)


@pytest.mark.slow
def test_a_preview_tells_nothing_of_what_its_party_may_not_see(world: World) -> None:
    hidden = workbook("XB", [relief("XB-9", "XB", 77000000)], marking="own")
    stored(world, "desk-xb", {"quiet.xlsx": hidden})
    desk = world.client("desk-xa")
    upload = checked(desk, {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    page = text(desk.get(f"/submissions/uploads/{upload.pk}"))
    assert "4,000,000" in page
    assert "77" not in str(upload.preview["effects"])
    assert "XB-9" not in str(upload.preview)
    # The very bytes that another party has stored are new to this one, and are stored under its own name.
    upload = checked(desk, {"same.xlsx": hidden})
    assert [one["outcome"] for one in upload.preview["files"]] == ["imported"]
    assert [one["name"] for one in upload.preview["files"]] == ["same.xlsx"]


@pytest.mark.slow
def test_the_first_submission_of_a_party_that_nothing_names_yet_is_checked(world: World) -> None:
    content = workbook("XQ", [relief("XQ-1", "XQ", 500000)])
    upload = checked(world.client("planner"), {"list.xlsx": content}, party="XQ")
    assert upload.state == Upload.State.CHECKED
    assert upload.preview["files"][0]["counts"]["new"] == 1


def test_columns_are_mapped_of_tables_in_an_unknown_layout_alone(world: World) -> None:
    desk = world.client("desk-xa")
    page = text(checked_page(desk, {"own.csv": b"Nr,Amount of it\n1,2\n"}))
    assert "State once which column means what" in page
    for name, content in (
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100)),
        ("mail.eml", b"From: a@exercise.invalid\n\nHello\n"),
        ("broken.pdf", b"%PDF-1.7"),
        ("cut.xlsx", workbook("XA", [relief("XA-2", "XA", 5)])[:3000]),
    ):
        page = text(checked_page(desk, {name: content}))
        assert "cannot be read" in page, name
        assert "State once which column means what" not in page, name


def test_an_empty_template_and_one_of_another_party_are_said_to_be(world: World) -> None:
    desk = world.client("desk-xa")
    page = text(checked_page(desk, {"list.xlsx": workbook("XA", [])}))
    assert "Nothing is filled in" in page
    assert "Map its columns" not in page
    page = text(checked_page(desk, {"list.xlsx": workbook("XB", [relief("XB-5", "XB", 5)])}))
    assert "The head of the file names Bolaria" in page or "The head of the file names XB" in page
    page = text(checked_page(desk, {"list.xlsx": workbook("XA", [relief("XA-5", "XA", 5)])}))
    assert "The head of the file names" not in page


def checked_page(client: Client, files: Mapping[str, bytes]) -> object:
    """Send files, have them checked, and return the page of their upload."""
    return client.get(f"/submissions/uploads/{checked(client, files).pk}")
