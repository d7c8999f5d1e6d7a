"""Results of past days follow the record: what was marked more narrowly since is hidden there, too."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.web.packages import submit
from tests.web.world import World

from konvoi.flow.snapshots import Manifest
from konvoi.flow.workspace import workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import never
from konvoi.web.access.models import Snapshot
from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import LANES, RUN, ask, claim
from konvoi.web.runs.results import Results, computed, keep, keep_early, past_days

PAST = date(2031, 2, 20)
VIEWER = Viewer(uuid4(), Membership(Role.DESK, "XB"), (Membership(Role.DESK, "XB"),), day=PAST)


def _run(world: World, day: date | None, readers: list[str]) -> None:
    job = ask(RUN, {}, by=None)
    assert claim("one", LANES.values()) == job
    work = workspace(world.folder)
    found = [computed(world.instance, work, readers, day, never)]
    if day is None:
        found += [computed(world.instance, work, known, past, never) for past, known in past_days(work.head)]
    keep(job, work.head, found)


def _packages(viewer: Viewer) -> list[str]:
    opened = view(viewer)
    assert opened is not None
    return sorted(str(one["package"]) for one in opened.rows("packages").rows)


@pytest.mark.slow
def test_a_record_that_is_marked_more_narrowly_is_hidden_on_past_days_after_the_next_run(
    world: World,
) -> None:
    _run(world, PAST, ["XB"])
    assert _packages(VIEWER) == ["XA-1", "XB-1"]
    submit(world.folder, world.folder.parent / "again", "XA", marking="own", day="2031-02-25")
    _run(world, None, ["XB"])
    assert _packages(VIEWER) == ["XB-1"]


@pytest.mark.slow
def test_past_days_that_nobody_read_lately_go_and_are_computed_on_request(world: World) -> None:
    _run(world, PAST, ["XB"])
    Snapshot.objects.filter(asked=PAST).update(read=timezone.now() - timedelta(days=8))
    submit(world.folder, world.folder.parent / "again", "XA-own", marking="own")
    _run(world, None, ["XB"])
    assert view(VIEWER) is None


def test_a_reader_gets_its_results_while_those_of_others_are_still_computed(world: World) -> None:
    job = ask(RUN, {"readers": ["XA", "XB"]}, by=None)
    client = world.client("desk-xb")
    waits, whole = f"/runs/{job.pk}?own", f"/runs/{job.pk}"
    assert claim("one", LANES.values()) == job
    assert client.get(waits, headers={"HX-Request": "true"}).status_code == 200
    work = workspace(world.folder)
    kept: list[str] = []

    def written(found: Results) -> None:
        keep_early(job, work.head, found)
        kept.extend(found.manifests)
        assert list(Snapshot.objects.filter(job=job.pk).values_list("reader", flat=True)) == kept

    found = computed(world.instance, work, ["XB"], None, never, written=written)
    ended = client.get(waits, headers={"HX-Request": "true"})
    assert (ended.status_code, ended["HX-Trigger"]) == (286, "job-ended")
    assert client.get(whole, headers={"HX-Request": "true"}).status_code == 200
    keep(job, work.head, [found])
    assert list(Snapshot.objects.filter(job=job.pk).values_list("reader", flat=True)) == ["XB"]


def test_early_results_of_a_job_that_was_ended_are_not_kept(world: World) -> None:
    job = ask(RUN, {}, by=None)
    found = Results("0123456789abcdef", None, {"XB": Manifest("XB", None, "0" * 16)})
    keep_early(job, "", found)
    assert not Snapshot.objects.filter(job=job.pk).exists()
    assert claim("one", LANES.values()) == job
    keep_early(job, "", found)
    assert Snapshot.objects.filter(job=job.pk).count() == 1


def test_results_of_a_job_that_was_ended_are_not_kept(world: World) -> None:
    job = ask(RUN, {}, by=None)
    work = workspace(world.folder)
    before = Snapshot.objects.count()
    with pytest.raises(Refused, match="ended in the meantime"):
        keep(job, work.head, [computed(world.instance, work, ["XB"], None, never)])
    assert Snapshot.objects.count() == before
    assert Job.objects.get(pk=job.pk).state == Job.State.WAITING
