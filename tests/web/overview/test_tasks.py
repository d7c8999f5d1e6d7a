"""The overview says what waits for its viewer, and what changed since the last visit."""

import pytest
from django.utils import timezone
from tests.web.packages import submit
from tests.web.world import World, compute, text

from konvoi.web.access.grants import ask
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.submissions.models import Upload


def test_an_upload_to_be_confirmed_is_a_task_of_who_sent_it_alone(world: World) -> None:
    Upload.objects.create(
        party="XA", user=world.user("desk-xa").pk, state=Upload.State.CHECKED, files=[{"name": "list.xlsx"}]
    )
    assert "Confirm or discard the upload: list.xlsx" in text(world.client("desk-xa").get("/"))
    for other in ("desk-xb", "planner", "reader-xa", "administrator", ""):
        assert "list.xlsx" not in text(world.client(other).get("/")), other


def test_the_public_has_no_tasks(world: World) -> None:
    assert "For me" not in text(world.client().get("/"))
    assert world.client().get("/tasks").status_code == 302


@pytest.mark.slow
def test_what_changed_since_the_last_visit_is_told_to_who_may_see_it(world: World) -> None:
    User.objects.update(seen=timezone.now(), seen_before=timezone.now())
    submit(world.folder, world.folder.parent / "more", "XA-own", marking="own")
    compute(world.folder, name="second")
    seen = text(world.client("desk-xa").get("/"))
    assert "Changed since my last visit" in seen
    assert "New document: XA/" in seen
    assert "Pledged: EUR 3.5 m → EUR 4.1 m" in seen
    other = text(world.client("desk-xb").get("/"))
    assert "Nothing that you may see has changed." in other
    assert "Second Arvenian" not in other


def test_a_role_that_waits_is_a_task_of_another_administrator_and_leads_to_where_it_is_confirmed(
    world: World,
) -> None:
    ask(world.user("desk-xb").pk, Role.READER, "XB", by=world.user("planner").pk)
    client = world.client("administrator")
    page = client.get("/").content.decode()
    assert "1 role waits for confirmation" in page
    assert 'href="/administration/users"' in page.partition("For me")[2].partition("</section>")[0]
    assert client.get("/administration/users").status_code == 200
    assert "waits for confirmation" not in text(world.client("planner").get("/"))
