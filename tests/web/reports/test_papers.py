"""Papers of readers: each reads its own and the public's, in the frame and as files."""

import uuid
from datetime import date

import pytest
from tests.web.world import READERS, World, compute, text

from konvoi.flow.delegations import delegation_pages
from konvoi.flow.workspace import workspace
from konvoi.web.access.models import AuditEvent
from konvoi.web.runs.models import Job

PAST = date(2031, 2, 24)
DOCX = b"PK"


def test_a_reader_finds_the_papers_of_its_own_and_of_the_public(world: World) -> None:
    desk = world.client("desk-xa")
    page = desk.get("/reports/")
    assert "Delegation page" in text(page)
    assert "delegation-XB" not in page.content.decode()
    public = desk.get("/reports/?for=public")
    assert "Arvenian" not in public.content.decode()
    assert "papers/brief?for=public" in public.content.decode()
    for reader in ("XB", "cell", "coalition", "nonsense"):
        assert desk.get(f"/reports/?for={reader}").status_code == 404, reader


def test_the_planner_reads_the_page_of_every_delegation_and_of_each_reader(world: World) -> None:
    planner = world.client("planner")
    page = planner.get("/reports/").content.decode()
    for party in ("XA", "XB", "XV"):
        assert f"/reports/papers/delegation-{party}?for={party}" in page
        assert planner.get(f"/reports/papers/delegation-{party}").status_code == 200
    assert "Arvenian relief" in text(planner.get("/reports/papers/delegation-XA/records?for=XA"))
    shown = text(planner.get("/reports/papers/brief?for=XB"))
    assert "EUR 3.5 m" in shown
    assert "Marking" in shown


@pytest.mark.slow
def test_the_pages_of_delegations_are_those_of_the_command_line(world: World) -> None:
    made = delegation_pages(workspace(world.folder), "all")
    planner = world.exporting("planner")
    for name, content in made.files.items():
        party = name.removeprefix("delegation-").partition(".")[0]
        if party not in READERS:
            continue
        found = planner.get(f"/reports/files/{name}?for={party}")
        assert found.content == content, name
        assert found["Content-Disposition"].startswith("attachment")
    own = world.client("desk-xa").get("/reports/files/delegation-XA.en.docx")
    assert own.content == made.files["delegation-XA.en.docx"]


@pytest.mark.parametrize("name", ["brief.en.html", "brief.en.docx", "brief.xlsx", "brief.json", "brief.ics"])
def test_a_file_is_an_attachment_and_its_export_is_recorded(world: World, name: str) -> None:
    desk = world.client("desk-xa")
    found = desk.get(f"/reports/files/{name}?for=public")
    assert found["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"Arvenian" not in found.content
    last = AuditEvent.objects.order_by("-number")[0]
    assert (last.action, last.object, last.detail) == ("exported", name, {"reader": "public", "purpose": ""})
    for other in ("delegation-XB.en.docx", "manifest.json", "papers.json", "figures.en.html"):
        assert desk.get(f"/reports/files/{other}").status_code == 404, other


def test_the_public_takes_a_file_and_nothing_is_kept_of_it(world: World) -> None:
    before = AuditEvent.objects.count()
    assert world.client().get("/reports/files/brief.json").status_code == 200
    assert "Delegation" not in text(world.client().get("/reports/"))
    assert AuditEvent.objects.count() == before


def test_papers_of_a_past_day_are_computed_on_request(world: World) -> None:
    desk = world.client("desk-xa")
    waiting = desk.get(f"/reports/?day={PAST}")
    assert "not computed yet" in text(waiting)
    assert desk.get(f"/reports/papers/brief?day={PAST}")["Location"] == f"/reports/?day={PAST}"
    asked = desk.post(f"/reports/compute?day={PAST}")
    job = Job.objects.get(pk=uuid.UUID(asked["Location"].rpartition("/")[2]))
    assert job.parameters["readers"] == ["XA"]
    assert job.parameters["day"] == str(PAST)
    compute(world.folder, ("XA",), "past", PAST)
    assert "24 Feb 2031" in text(desk.get(f"/reports/papers/delegation-XA?day={PAST}")).replace("\xa0", " ")
    assert desk.post("/reports/compute?for=XB").status_code == 404


def test_the_planner_asks_for_the_papers_of_the_coalition(world: World) -> None:
    planner = world.client("planner")
    assert "not computed yet" in text(planner.get("/reports/?for=coalition"))
    planner.post("/reports/compute?for=coalition")
    assert Job.objects.get(kind="run").parameters["readers"] == ["coalition"]
    compute(world.folder, ("coalition",), "coalition")
    assert "EUR 3.5 m" in text(planner.get("/reports/papers/brief?for=coalition"))
    assert world.client("desk-xa").get("/reports/papers/brief?for=coalition").status_code == 404


def test_figures_of_a_paper_lead_to_its_own_records(world: World) -> None:
    desk = world.client("desk-xa")
    page = desk.get("/reports/papers/delegation-XA").content.decode()
    assert 'href="/reports/papers/delegation-XA/records#' in page
    assert 'href="records#' not in page
    records = desk.get("/reports/papers/delegation-XA/records").content.decode()
    anchor = page.partition('href="/reports/papers/delegation-XA/records#')[2].partition('"')[0]
    assert f'id="{anchor}"' in records
