"""A process stands by with the plan loaded while the form of scenarios is open, and answers the same."""

import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from tests.web.planning.plan_files import hand_in
from tests.web.world import World, compute

from konvoi.flow.planning.scenarios import Words
from konvoi.flow.planning.what_if import prepared, rehearse, what_if
from konvoi.flow.workspace import workspace
from konvoi.web.planning.models import Scenario
from konvoi.web.planning.ready_plan import ReadyPlan, newest_place, ready_plan
from konvoi.web.planning.scenarios import answer
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import ask, claim
from konvoi.web.runs.stand_by import StandBy, want_stand_by

OFFER = "offer,party,good,quantity,site,ready,state\nXA-O9,XA,pump,3,XA-DEPOT,2031-03-04,accepted\n"


def asked(world: World, name: str) -> Job:
    """Ask for a scenario by form and claim it."""
    values = {"name": name, "close": "L-B", "key": str(uuid.uuid4())}
    assert world.client("planner").post("/planning/scenarios", values).status_code == 302
    job = claim("test", ["scenarios"])
    assert job is not None
    return job


def loaded() -> ReadyPlan:
    found = ready_plan(busy=lambda: False)
    assert found is not None
    return found


def test_what_was_loaded_before_gives_the_same_answers(planned: World) -> None:
    place = planned.instance.snapshots / newest_place()
    work = workspace(planned.folder)
    ready = prepared(place, work)
    rehearse(ready)
    for words in ([Words("shut", close=("L-B",))], [Words("without", without=("XA",))]):
        told = what_if(place, work, words, ready=ready).as_dict()
        assert told == what_if(place, work, words).as_dict()


def test_a_scenario_is_answered_the_same_by_a_plan_that_was_loaded(
    planned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = loaded()
    answer(asked(planned, "usual"))
    with monkeypatch.context() as patched:
        patched.setattr("konvoi.flow.planning.what_if.loaded", None)
        answer(asked(planned, "loaded"), ready)
    usual, other = (Scenario.objects.get(name=name) for name in ("usual", "loaded"))
    assert usual.summary == other.summary
    assert ready.is_newest()


def test_a_plan_that_was_loaded_is_not_used_once_anything_changed(planned: World, tmp_path: Path) -> None:
    ready = loaded()
    hand_in(planned.folder, tmp_path / "more", "XA", "coalition", {"offers": OFFER})
    assert not ready.suits(ready.place)
    assert not ready.is_newest()
    compute(planned.folder, ("cell",), "changed")
    assert not ready.suits(newest_place())
    now = loaded()
    assert now.is_newest()
    assert now.place != ready.place


def test_a_process_stands_by_only_while_the_form_is_open(
    planned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONVOI_DIR", str(planned.folder))
    found = StandBy()
    found.look()
    assert found.child is None
    planned.client("planner").get("/planning/scenarios")
    found.looked = 0.0
    found.look(busy=True)
    assert found.child is None
    found.looked = 0.0
    found.look()
    child = found.child
    assert child is not None
    assert found.give(ask("check", {}, by=None)) is None
    cache.clear()
    found.looked = 0.0
    found.look()
    assert found.child is None
    assert child.wait(60) == 0


@pytest.mark.slow
def test_the_process_that_stands_by_answers_one_scenario_and_ends(
    planned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONVOI_DIR", str(planned.folder))
    want_stand_by()
    found = StandBy()
    found.look()
    job = asked(planned, "by the process")
    child = found.give(job)
    assert child is not None
    assert found.child is None
    assert child.wait(120) == 0
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert Scenario.objects.filter(pk=job.pk).exists()
    gone = StandBy(child)
    assert gone.give(job) is None
