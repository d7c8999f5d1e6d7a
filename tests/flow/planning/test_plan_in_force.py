"""The plan in force: adopted with its assumptions, kept while nothing changes, carried on with reasons."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.web.packages import AT
from tests.web.planning.plan_files import hand_in, submit_plan

from konvoi.flow.adopted_plan import adopt_plan, in_force
from konvoi.flow.kept_views import loaded
from konvoi.flow.planning.plan_in_force import PlanNow, plan_now
from konvoi.flow.planning.problem import problem
from konvoi.flow.planning.scenarios import Words
from konvoi.flow.planning.what_if import Adoptable, adoptable, what_if
from konvoi.flow.run import run
from konvoi.flow.store import store
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.gateways.files import write_folder
from konvoi.gateways.refusal import Refused
from konvoi.plan.folder import files as plan_files
from konvoi.plan.plan import Plan
from konvoi.report.planning.released_plan import ELSEWHERE, released_changes

TOML = '[coalition]\nname = "Merrow Coalition"\nrecipient = "XV"\ncurrency = "EUR"\nday = 2031-03-03\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with needs, offers and lanes."""
    place = tmp_path / "work"
    place.mkdir()
    (place / "konvoi.toml").write_text(TOML, encoding="utf-8")
    submit_plan(place, tmp_path / "files")
    return place


def planned(work: Workspace) -> PlanNow:
    gathered = loaded(work)
    return plan_now(work, problem(gathered), gathered)


def plan_of(now: PlanNow) -> Plan:
    assert now.plan is not None
    return now.plan


def adopt(folder: Path, plan: Path, words: Words, kind: str = "close", *, bare: bool = False) -> Adoptable:
    """Answer a scenario and adopt one of its plans."""
    write_folder(plan, plan_files(plan_of(planned(workspace(folder)))))
    answered = what_if(plan, workspace(folder), [words], as_submitted=bare)
    (found,) = [one for one in adoptable(answered, answered.tried[0]) if one.kind == kind]
    kept = store(folder)
    with kept.writing():
        adopt_plan(kept, words.name, found.content, date(2031, 3, 3), at=AT, reason="closed")
    return found


def test_an_adopted_plan_stands_with_its_assumptions(folder: Path, tmp_path: Path) -> None:
    before = planned(workspace(folder))
    assert before.force is None
    found = adopt(folder, tmp_path / "plan", Words("shut", close=("L-B",)))
    now = planned(workspace(folder))
    assert now.force is not None
    assert now.force.name == "shut"
    assert plan_of(now).movements.equals(now.force.plan.movements)
    assert "L-B" not in set(plan_of(now).legs["lane"])
    assert "L-B" in set(plan_of(before).legs["lane"])
    gone = [row for row in now.changes.iter_rows(named=True) if row["change"] == "gone"]
    assert [(row["offer"], row["reason"], row["since"]) for row in gone] == [("XB-O1", "shut", "adoption")]
    assert json.loads(gone[0]["values"])["place"] == "L-B"
    assert found.changes.height == now.changes.height
    # The command line and every table give the same plan, and an earlier day the plan of then.
    kept = run(workspace(folder), audience="cell").case.plan
    assert kept is not None
    assert kept.movements.equals(plan_of(now).movements)
    assert planned(viewed(workspace(folder), View(date(2031, 3, 1)))).force is None


def test_new_inputs_carry_the_plan_on_with_reasons(folder: Path, tmp_path: Path) -> None:
    adopt(folder, tmp_path / "plan", Words("shut", close=("L-B",)))
    offer = "offer,party,good,quantity,site,ready,state\nXA-O9,XA,pump,3,XA-DEPOT,2031-03-04,accepted\n"
    hand_in(folder, tmp_path / "more", "XA", "coalition", {"offers": offer})
    now = planned(workspace(folder))
    later = [row for row in now.changes.iter_rows(named=True) if row["since"] == "later"]
    assert [(row["change"], row["offer"], row["reason"]) for row in later] == [("new", "XA-O9", "for-need")]
    assert "L-B" not in set(plan_of(now).legs["lane"])


def test_a_plan_as_submitted_ends_the_assumptions(folder: Path, tmp_path: Path) -> None:
    adopt(folder, tmp_path / "plan", Words("shut", close=("L-B",)))
    adopt(folder, tmp_path / "again", Words("open"), bare=True)
    now = planned(workspace(folder))
    assert now.force is not None
    assert [one.shut for one in now.force.assumed] == [()]
    assert "L-B" in set(plan_of(now).legs["lane"])


def test_readers_get_changes_of_visible_movements_without_reasons_of_others(
    folder: Path, tmp_path: Path
) -> None:
    adopt(folder, tmp_path / "plan", Words("shut", close=("L-B",)))
    changes = planned(workspace(folder)).changes
    other = changes.filter(changes["reason"] == "shut").with_columns(reason=changes["reason"].head(1))
    assert not other.is_empty()
    for reader, offers in (("XA", set()), ("XB", {"XB-O1"})):
        work = viewed(workspace(folder), View(None, reader))
        seen = released_changes(changes, loaded(work).tables)
        assert set(seen["offer"]) & {"XB-O1"} == offers
    hidden = changes.with_columns(reason=changes["reason"].str.replace("shut", "limit"))
    shown = released_changes(hidden, loaded(viewed(workspace(folder), View(None, "XB"))).tables)
    assert set(shown["reason"]) == {ELSEWHERE}
    assert set(shown["values"]) == {"{}"}


def test_an_adopted_plan_that_was_altered_is_refused(folder: Path, tmp_path: Path) -> None:
    adopt(folder, tmp_path / "plan", Words("shut", close=("L-B",)))
    (kept,) = (folder / "plans").iterdir()
    content = kept.read_bytes()
    kept.write_bytes(content[:-1] + b"x")
    assert [(one.path, str(one.fault)) for one in workspace(folder).differences] == [
        ("plans/shut.zip", "altered")
    ]
    with pytest.raises(Refused, match="not as recorded"):
        in_force(workspace(folder))
