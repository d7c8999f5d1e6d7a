"""Jobs are done once, one of a lane at a time, and none is lost with its worker."""

from datetime import date, timedelta

from django.utils import timezone
from tests.web.world import World

from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import CHECK, LANES, RUN, ask, ask_run, cancel, claim, end, hold, reap

State = Job.State
ALL = set(LANES.values())


def test_requests_that_wait_become_one_with_the_readers_of_all(world: World) -> None:
    first = ask_run(readers=["XA"])
    assert ask_run(readers=["XB", "XA"]).pk == first.pk
    assert Job.objects.get(pk=first.pk).parameters["readers"] == ["XA", "XB"]
    assert ask_run(readers=["XA"], day=date(2031, 2, 1)).pk != first.pk


def test_a_started_run_takes_no_more_readers_and_is_not_cancelled_by_newer_ones(world: World) -> None:
    first = ask_run(readers=["XA"])
    assert claim("one", ALL) == first
    second = ask_run(readers=["XB"])
    assert second.pk != first.pk
    assert Job.objects.get(pk=first.pk).state == State.RUNNING


def test_of_one_lane_one_job_runs_at_a_time_and_uploads_do_not_wait_for_runs(world: World) -> None:
    ask_run(readers=["XA"])
    ask_run(readers=["XA"], day=date(2031, 2, 1))
    ask(CHECK, {}, by=None)
    taken = [claim(name, ALL) for name in ("one", "two", "three")]
    assert [None if one is None else one.kind for one in taken] == [RUN, CHECK, None]


def test_a_job_of_a_worker_that_is_not_heard_of_goes_back_and_fails_after_three_attempts(
    world: World,
) -> None:
    job = ask(CHECK, {}, by=None)
    for attempt in (1, 2, 3):
        assert claim("lost", ALL) == job
        assert reap() == []
        Job.objects.update(until=timezone.now() - timedelta(seconds=1))
        assert reap() == [job.pk]
        assert not hold(job.pk, "lost")
        assert Job.objects.get().state == (State.WAITING if attempt < 3 else State.FAILED)
    assert "ended several times" in Job.objects.get().error


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_is_told(world: World) -> None:
    job = ask(CHECK, {}, by=None)
    assert cancel(job.pk)
    assert Job.objects.get().state == State.CANCELLED
    other = ask(CHECK, {}, by=None)
    assert claim("one", ALL) == other
    assert hold(other.pk, "one")
    assert cancel(other.pk)
    assert not hold(other.pk, "one")
    assert not cancel(job.pk)


def test_a_job_ends_once(world: World) -> None:
    job = ask(CHECK, {}, by=None)
    assert not end(job.pk, State.DONE)
    claim("one", ALL)
    assert end(job.pk, State.DONE)
    assert not end(job.pk, State.FAILED)
    assert Job.objects.get().state == State.DONE
