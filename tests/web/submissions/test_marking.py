"""A desk changes marking and count mode by form: effect shown first, fewer readers at once, more by two."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.test import Client
from tests.web.submissions.test_document import address
from tests.web.submissions.uploading import checked, confirm, relief, stored, work, workbook
from tests.web.world import World, compute, text

from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import User
from konvoi.web.record import state_of
from konvoi.web.sign_in.views import BACKEND
from konvoi.web.submissions.models import Upload


def stating(client: Client, path: str, **given: Any) -> Upload:
    """Send the form, have its statement checked, and return the upload."""
    values: Mapping[str, Any] = {"base": state_of("XA"), "key": str(uuid.uuid4()), "which": "all", **given}
    answer = client.post(f"{path}/marking", values)
    assert answer.status_code == 302, text(answer)
    work()
    return Upload.objects.get(pk=answer["Location"].rpartition("/")[2])


def confirmed(client: Client, upload: Upload) -> Upload:
    """Confirm an upload and have it stored."""
    confirm(client, f"/submissions/uploads/{upload.pk}")
    work()
    upload.refresh_from_db()
    return upload


def seen(world: World, reader: str, name: str) -> set[str]:
    """Return the packages of XA that a reader sees by name in new results."""
    compute(world.folder, (reader,), name=name)
    role = Membership(Role.DESK, reader) if reader != "public" else None
    opened = view(Viewer(uuid.uuid4(), role, (role,) if role else (), public_allowed=True))
    rows = opened.rows("packages").rows if opened else ()
    return {str(row["package"]) for row in rows if row["party"] == "XA"}


def second(world: World) -> Client:
    """Return the browser of a second person at the desk of XA."""
    user = User.objects.create_user("second@exercise.invalid", "Second person")
    decide(ask(user.id, Role.DESK, "XA", by=None), GrantEvent.Step.CONFIRMED, by=uuid.uuid4())
    found = world.client()
    found.force_login(user, backend=BACKEND)
    return found


def test_fewer_readers_need_one_person_and_more_need_two(world: World) -> None:
    desk, path = world.client("desk-xa"), address(world, "desk-xa", "packages.csv")
    assert seen(world, "XB", "before") == {"XA-1"}
    upload = stating(desk, path, marking="own")
    page = text(desk.get(f"/submissions/uploads/{upload.pk}"))
    assert "Who sees the records by name" in page
    shown = {one["reader"]: (one["rows"], one["amounts"]) for one in upload.preview["audiences"]}
    assert shown["XB"] == ([1, 0], [1000000, 0])
    assert shown["coalition"] == shown["XB"]
    assert shown["public"] == ([0, 0], [0, 0])
    assert "XA" not in shown
    assert confirmed(desk, upload).state == Upload.State.STORED
    assert seen(world, "XB", "narrow") == set()

    wider = stating(desk, path, marking="coalition")
    assert [one["after"] for one in wider.preview["widened"]] == ["coalition"]
    for _ in range(2):
        assert confirmed(desk, wider).state == Upload.State.CHECKED
    assert confirmed(second(world), wider).state == Upload.State.STORED
    assert seen(world, "XB", "wide") == {"XA-1"}
    events = AuditEvent.objects.filter(action__in=("upload-confirmed", "widening-confirmed"))
    assert sorted(one.action for one in events) == [
        "upload-confirmed",
        "upload-confirmed",
        "widening-confirmed",
    ]


def test_a_list_that_comes_again_with_its_old_marking_shows_nothing_that_was_hidden(world: World) -> None:
    row = relief("XA-2", "XA", 500000)
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [row])})
    path = address(world, "desk-xa", "list.xlsx")
    confirmed(world.client("desk-xa"), stating(world.client("desk-xa"), path, marking="own"))
    stored(world, "desk-xa", {"again.xlsx": workbook("XA", [row | {"amount": 600000}], day="2031-03-03")})
    assert seen(world, "XB", "again") == {"XA-1"}


def test_a_count_mode_that_tells_more_shows_what_others_could_infer_and_needs_two(world: World) -> None:
    desk, path = world.client("desk-xa"), address(world, "desk-xa", "packages.csv")
    upload = stating(desk, path, marking="own", count_mode="in total, not named")
    assert [one["after"] for one in upload.preview["widened"]] == ["in total, not named"]
    assert {"XA-1"} == {one["record"].split(" / ")[1] for one in upload.preview["exposures"]}
    assert confirmed(desk, upload).state == Upload.State.CHECKED
    assert confirmed(second(world), upload).state == Upload.State.STORED
    page = text(desk.get(f"{path}/marking"))
    assert "ownin total, not named" in page


def test_a_form_that_was_overtaken_changes_nothing(world: World) -> None:
    desk, path = world.client("desk-xa"), address(world, "desk-xa", "packages.csv")
    old = state_of("XA")
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", 500000)])})
    answer = desk.post(f"{path}/marking", {"base": old, "which": "all", "marking": "own"})
    assert "were changed after this form was opened" in text(answer)
    assert 'value="own" checked' in answer.content.decode()
    late = stating(desk, path, marking="own")
    stored(world, "desk-xa", {"more.xlsx": workbook("XA", [relief("XA-1", "XA", 100000)])})
    assert confirmed(desk, late).state == Upload.State.CHECKED


def test_the_desk_of_the_party_alone_changes_its_markings(world: World) -> None:
    path = address(world, "desk-xa", "packages.csv")
    for name in ("desk-xb", "planner", "reader-xa", "auditor", "administrator", "recipient"):
        client = world.client(name)
        assert client.get(f"{path}/marking").status_code == 404, name
        form = {"base": state_of("XA"), "marking": "public"}
        assert client.post(f"{path}/marking", form).status_code == 404
    assert not Upload.objects.exists()


def test_what_the_form_cannot_take_is_said(world: World) -> None:
    desk, path = world.client("desk-xa"), address(world, "desk-xa", "packages.csv")
    base = {"base": state_of("XA"), "which": "all"}
    for given, said in (
        ({}, "Choose a marking or a count mode."),
        ({"marking": "coalition"}, "No record would change."),
        ({"marking": "parties", "parties": "XB, NOWHERE"}, "Not known: NOWHERE."),
        ({"marking": "parties", "parties": " "}, "Name the parties by their ids"),
        ({"marking": "own", "which": "some", "record": "packages:XB-1"}, "No record would change."),
    ):
        assert said in text(desk.post(f"{path}/marking", base | given)), given
    assert not Upload.objects.exists()
    named = stating(desk, path, marking="parties", parties="XB XV")
    assert {one["reader"]: one["rows"] for one in named.preview["audiences"]}["XB"] == [1, 1]


def test_a_statement_of_markings_is_not_withdrawn(world: World) -> None:
    desk, path = world.client("desk-xa"), address(world, "desk-xa", "packages.csv")
    upload = confirmed(desk, stating(desk, path, marking="own"))
    name = upload.files[0]["name"]
    own = address(world, "desk-xa", name)
    page = text(desk.post(f"{own}/withdraw", {"reason": "mistake"}, follow=True))
    assert "Markings are not withdrawn" in page
    forged = b'{"konvoi": "markings", "party": "XA", "day": "2031-03-03", "records": [{"table": "x"}]}'
    assert checked(desk, {"forged.json": forged}).preview["files"][0]["outcome"] == "refused"
