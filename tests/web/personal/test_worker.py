"""A worker that is started alone applies the list of erasures before it takes a job."""

import sys

import pytest
from tests.web.world import World

from konvoi.flow.erasures import ACCOUNT, Erasure
from konvoi.flow.instance.erase_person import record_erasures
from konvoi.web import work
from konvoi.web.access.models import AuditEvent
from konvoi.web.accounts.models import User
from konvoi.web.runs.worker import Worker


def test_a_worker_erases_who_is_on_the_list_before_it_works(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = world.user("desk-xa")
    record_erasures(
        world.folder, [Erasure(ACCOUNT, str(user.pk), "2031-03-02")], at="2031-03-02T08:00:00+00:00"
    )
    there: list[bool] = []
    monkeypatch.setattr(Worker, "work", lambda self: there.append(User.objects.filter(pk=user.pk).exists()))
    monkeypatch.setattr(sys, "argv", ["work", str(world.folder)])
    assert work.main() == 0
    assert there == [False]
    assert AuditEvent.objects.filter(action="person-erased", object=user.pk).count() == 1
