"""Releases of the public brief: kept as bytes, shown as released, superseded, withdrawn, and compared."""

import re
import uuid
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.packages import AT, HEADINGS, submit
from tests.web.world import World, compute, text

from konvoi.flow.move_workspace import export_workspace
from konvoi.flow.store import store, verification
from konvoi.flow.submissions.import_submission import take
from konvoi.kit.digest import digest
from konvoi.web.access.models import AuditEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.record import receipts
from konvoi.web.reports.models import ReleaseEvent
from konvoi.web.reports.release_actions import unmarked
from konvoi.web.reports.releases import releases
from konvoi.web.runs.models import Job

BRIEF = "/reports/papers/brief?for=public"
MAKE = "/reports/releases/make"


def form(world: World) -> dict[str, str]:
    """Return the fields of the form of a release, as the planner finds them."""
    page = world.client("planner").get(BRIEF).content.decode()
    part = page.partition(f'action="{MAKE}"')[2].partition("</form>")[0]
    found = dict(re.findall(r'name="(key|seen)" value="([^"]*)"', part))
    assert set(found) == {"key", "seen"}
    return {**found, "language": "en"}


def released(world: World) -> uuid.UUID:
    """Release the public brief, as the planner does, and return the id of the release."""
    given = form(world)
    found = world.client("planner").post(MAKE, given)
    assert found["Location"] == f"/reports/releases/{given['key']}"
    return uuid.UUID(given["key"])


def corrected(world: World, amount: int = 3000000, name: str = "second", day: str = "2031-03-02") -> None:
    """Let a party correct its public package, and compute the results of all readers."""
    place = world.folder.parent / f"{world.folder.name}-{name}" / "corrected"
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text(f"party,XB\nday,{day}\nmarking,public\n", encoding="utf-8")
    row = f"XB-1,XB,energy,Bolarian relief,2031-01-12,pledged,EUR,{amount},XV\n"
    (place / "packages.csv").write_text(HEADINGS + row, encoding="utf-8")
    take([place], party="XB", folder=world.folder, at=AT)
    compute(world.folder, ("cell", "public"), name)


@pytest.mark.slow
def test_the_public_reads_a_released_brief_as_its_bytes_were(world: World) -> None:
    id = released(world)
    public = world.client()
    names = ("brief.en.html", "brief.en.docx", "brief.xlsx", "brief.json", "brief.ics")
    before = {name: public.get(f"/reports/files/{name}?for=public").content for name in names}
    shown = text(public.get(f"/reports/releases/{id}/paper"))
    corrected(world)
    assert text(public.get(f"/reports/releases/{id}/paper")) == shown
    assert "EUR 2.5 m" in shown
    assert {name: public.get(f"/reports/releases/{id}/files/{name}").content for name in names} == before
    assert public.get(f"/reports/files/{names[0]}?for=public").content != before[names[0]]
    assert (
        f'href="/reports/releases/{id}/records#'
        in public.get(f"/reports/releases/{id}/paper").content.decode()
    )
    assert "XB-1" in text(public.get(f"/reports/releases/{id}/records"))
    listed = text(public.get("/reports/releases"))
    assert "Public brief" in listed
    assert releases()[0].digest[:16] in listed
    assert world.client("desk-xa").get(f"/reports/releases/{id}/files/manifest.json").status_code == 404


def test_a_release_is_in_the_record_with_its_digest(world: World, tmp_path: Path) -> None:
    id = released(world)
    path = f"released/public/{id}.zip"
    kept = store(world.folder)
    content = kept.content(path)
    assert content is not None
    last = receipts()[-1].change
    assert (str(last.kind), last.day, last.by) == ("figures released", "2031-03-03", "")
    assert [(one.path, one.sha256) for one in last.files] == [(path, digest(content))]
    event = AuditEvent.objects.get(action="brief-released")
    assert event.object == str(id)
    assert event.detail == {"reader": "public", "day": "2031-03-03", "digest": digest(content)}
    assert Job.objects.filter(kind="run", state="waiting").count() == 1
    assert verification(kept).holds
    # Nobody is locked in: the folder that is exported holds it, and is checked against the same receipts.
    export_workspace(world.folder, tmp_path / "exported")
    assert (tmp_path / "exported" / path).read_bytes() == content
    assert verification(store(tmp_path / "exported")).holds
    (tmp_path / "exported" / path).write_bytes(b"altered")
    assert not verification(store(tmp_path / "exported")).holds


@pytest.mark.slow
def test_what_is_added_after_a_release_is_not_known_before_its_day(world: World) -> None:
    released(world)
    submit(world.folder, world.folder.parent / "later", "XA-own", marking="public", day="2031-02-05")
    compute(world.folder, ("public",), "second")
    page = world.client("planner").get("/reports/files/brief.json?for=public").content.decode()
    assert "XA-2" in page
    shown = world.client("planner").get(f"/reports/releases/{releases()[0].id}/paper")
    assert "XA-2" not in shown.content.decode()


@pytest.mark.slow
def test_a_release_shows_what_changed_since_with_the_reasons(world: World) -> None:
    id = released(world)
    compute(world.folder, ("public",), "same")
    assert "Nothing has changed since" in text(world.client().get(f"/reports/releases/{id}"))
    corrected(world)
    page = text(world.client().get(f"/reports/releases/{id}")).replace("\xa0", " ")
    assert "EUR 2.5 m" in page
    assert "EUR 3 m" in page.replace("3.0 m", "3 m")
    assert "corrected +" in page
    assert "XB-1" in page
    assert "2500000" in page.replace(",", "")


@pytest.mark.slow
def test_a_change_that_is_hidden_shows_nothing_since_the_release(world: World) -> None:
    id = released(world)
    submit(world.folder, world.folder.parent / "later", "XA-own", marking="own")
    compute(world.folder, ("cell", "public"), "second")
    for name in ("", "planner", "desk-xa"):
        assert "Nothing has changed since" in text(world.client(name).get(f"/reports/releases/{id}")), name


@pytest.mark.slow
def test_a_newer_release_supersedes_the_one_before(world: World) -> None:
    first = released(world)
    corrected(world)
    second = released(world)
    public = world.client()
    page = public.get(f"/reports/releases/{first}")
    assert "superseded by a newer one" in text(page)
    assert f"/reports/releases/{second}" in page.content.decode()
    assert "EUR 2.5 m" in text(public.get(f"/reports/releases/{first}/paper"))
    assert [one.state for one in releases()] == ["released", "superseded"]


def test_a_withdrawn_release_is_shown_with_its_reason_and_without_its_content(world: World) -> None:
    id = released(world)
    planner = world.client("planner")
    address = f"/reports/releases/{id}"
    assert "State the reason" in text(planner.post(f"{address}/withdraw", {"reason": " "}, follow=True))
    planner.post(f"{address}/withdraw", {"reason": "A pledge is stated twice."})
    planner.post(f"{address}/withdraw", {"reason": "Another reason."})
    for name in ("", "desk-xa"):
        client = world.client(name)
        assert "A pledge is stated twice." in text(client.get(address))
        lost = 302 if name == "" else 404
        for part in ("paper", "records", "files/brief.json"):
            assert client.get(f"{address}/{part}").status_code == lost, part
    assert planner.get(f"{address}/paper").status_code == 200
    assert ReleaseEvent.objects.filter(step="withdrawn").count() == 1
    assert AuditEvent.objects.filter(action="release-withdrawn").count() == 1


def test_a_brief_that_is_not_the_one_that_was_read_is_not_released(world: World) -> None:
    given = form(world)
    planner = world.client("planner")
    for wrong, told in (
        ({"seen": "another"}, "not the one that you have read"),
        ({"language": "fr"}, "at least one language"),
    ):
        assert told in text(planner.post(MAKE, {**given, **wrong}, follow=True))
    submit(world.folder, world.folder.parent / "later", "XA-own", marking="own")
    assert "has changed since the brief was computed" in text(planner.post(MAKE, given, follow=True))
    assert not ReleaseEvent.objects.exists()


def test_the_same_form_twice_releases_once(world: World) -> None:
    given = form(world)
    planner = world.client("planner")
    first, second = (planner.post(MAKE, given)["Location"] for _ in range(2))
    assert first == second
    assert ReleaseEvent.objects.count() == 1


def test_a_row_that_is_not_public_stops_a_release(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Membership(Role.PLANNER)
    cell, public = (view(Viewer(uuid.uuid4(), held, (held,)), reader) for reader in ("cell", "public"))
    assert cell is not None
    assert public is not None
    assert unmarked(public, "public") == []
    # The package of XA is marked coalition.
    assert unmarked(cell, "public") == ["entries"]
    planner = world.client("planner")
    given = form(world)
    monkeypatch.setattr("konvoi.web.reports.release_actions.unmarked", lambda *_: ["packages"])
    assert "not marked public: packages" in text(planner.post(MAKE, given, follow=True))
    assert not ReleaseEvent.objects.exists()


def test_nobody_but_the_planner_releases_or_withdraws(world: World) -> None:
    given = form(world)
    id = released(world)
    for name in ("desk-xa", "auditor", "administrator", "sanctions"):
        client = world.client(name)
        assert client.post(MAKE, {**given, "key": str(uuid.uuid4())}).status_code == 404, name
        assert client.post(f"/reports/releases/{id}/withdraw", {"reason": "x"}).status_code == 404, name
        assert MAKE not in client.get(BRIEF).content.decode()
    assert ReleaseEvent.objects.count() == 1


def test_the_database_changes_no_step_of_a_release(world: World) -> None:
    released(world)
    for statement in ("UPDATE reports_releaseevent SET reason = 'x'", "DELETE FROM reports_releaseevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
