"""More readers see a row only after two persons of its party have confirmed it."""

import uuid

import pytest
from tests.web.submissions.uploading import checked, confirm, relief, stored, work, workbook
from tests.web.world import World, text

from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.sign_in.views import BACKEND
from konvoi.web.submissions.models import Upload


@pytest.mark.slow
def test_two_persons_of_the_party_confirm_that_more_readers_see_a_row(world: World) -> None:
    row = relief("XA-2", "XA", 500000)
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [row], marking="own")})
    desk = world.client("desk-xa")
    wider = workbook("XA", [row], marking="coalition", day="2031-03-03")
    upload = checked(desk, {"wider.xlsx": wider})
    path = f"/submissions/uploads/{upload.pk}"
    assert upload.preview["widened"]
    assert "would be shown to more readers than before" in text(desk.get(path))

    planner = world.client("planner")
    assert "Confirm and store" not in text(planner.get(path))
    assert "Two persons of XA" in text(confirm(planner, path, follow=True))
    for _ in range(2):
        confirm(desk, path)
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert "You have confirmed. A second person has to confirm, too." in text(desk.get(path))

    colleague = User.objects.create_user("second@exercise.invalid", "Second person")
    decide(ask(colleague.id, Role.DESK, "XA", by=None), GrantEvent.Step.CONFIRMED, by=uuid.uuid4())
    second = world.client()
    second.force_login(colleague, backend=BACKEND)
    assert "You would be the second." in text(second.get(path))
    confirm(second, path)
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.STORED
    assert AuditEvent.objects.filter(action="widening-confirmed").count() == 1
