"""PostgreSQL shows each request the rows of its party alone, also where a filter of ours is left out."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.web.conftest import Server, as_application
from tests.web.matrix import records
from tests.web.world import World, copied, text

from konvoi.gateways.database import ADDRESS
from konvoi.web.access import grants
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.scope import POLICIES, seen_by
from konvoi.web.access.viewer import NOBODY, Membership, Viewer
from konvoi.web.database_roles import EVENTS
from konvoi.web.runs import views
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

pytestmark = pytest.mark.slow


@pytest.fixture
def team(server: Server, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A fresh instance in PostgreSQL, asked in the role of the application, with records of each party."""
    monkeypatch.setenv(ADDRESS, as_application(server.empty(template=server.template)))
    found = copied(server.folder, tmp_path / "instance")  # type: ignore[operator]
    records()
    yield found
    connection.close()


def of(party: str, role: Role = Role.DESK) -> Viewer:
    """Return a viewer of a party."""
    held = Membership(role, party)
    return Viewer(uuid.uuid4(), held, (held,))


def test_a_party_sees_its_own_uploads_and_jobs(team: World) -> None:
    with seen_by(of("XA")):
        assert set(Upload.objects.values_list("party", flat=True)) == {"XA"}
        assert set(Job.objects.exclude(kind="run").values_list("party", flat=True)) == {"XA"}
        assert set(GrantEvent.objects.values_list("party", flat=True)) == {"XA"}
        assert not AuditEvent.objects.exists()
    with seen_by(of("", Role.PLANNER)):
        assert Upload.objects.count() == 3
    with seen_by(NOBODY):
        assert not Upload.objects.exists()


def test_a_party_adds_no_upload_for_another(team: World) -> None:
    with pytest.raises(DatabaseError), seen_by(of("XA")):
        Upload.objects.create(party="XB", user=uuid.uuid4())
    with seen_by(of("XA")):
        Upload.objects.create(party="XA", user=uuid.uuid4())


def test_a_connection_that_says_nothing_sees_no_row(team: World) -> None:
    with psycopg.connect(as_application(str(connection.get_connection_params()["dbname"] and dsn()))) as bare:
        for table in POLICIES:
            seen = bare.execute(f"SELECT count(*) FROM {table}").fetchone()
            runs = bare.execute("SELECT count(*) FROM runs_job WHERE kind = 'run'").fetchone()
            assert seen == (runs if table == "runs_job" else (0,))


def dsn() -> str:
    """Return the address of the database in use."""
    import os

    return os.environ[ADDRESS]


def test_the_wall_holds_where_the_filter_is_left_out(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a job without its check of rights: the database alone keeps the job of another party."""
    monkeypatch.setattr(views, "job_for", lambda viewer, job: Job.objects.get(pk=job))
    own = Job.objects.get(party="XA")
    other = Job.objects.get(party="XB")
    client = team.client("desk-xa")
    assert "Waiting for its turn." in text(client.get(reverse("run", kwargs={"job": own.pk})))
    with pytest.raises(Job.DoesNotExist):
        client.get(reverse("run", kwargs={"job": other.pk}))


def test_the_application_changes_and_removes_no_event(team: World) -> None:
    for table in EVENTS:
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_roles_are_found_for_each_person_behind_the_wall(team: World) -> None:
    assert grants.memberships(team.user("desk-xa").id)
    assert "EUR 3.5 m pledged" in text(team.client("desk-xa").get("/"))
    assert team.client("desk-xa").post(reverse("run-ask")).status_code == 302
    assert AuditEvent.objects.get(action="run-asked").number
