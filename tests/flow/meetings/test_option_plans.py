"""Options on the plan: it is re-solved for each, against the plan of the last run of the same problem."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.meetings import option_plans
from konvoi.flow.meetings.option_plans import option_effects, plan_of_last_run, resolver
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.planning.problem import problem
from konvoi.flow.run import tables_of
from konvoi.flow.snapshots import name_of, write_snapshot
from konvoi.flow.workspace import Workspace
from konvoi.flow.workspace import workspace as opened
from konvoi.gateways.files import write_folder
from konvoi.plan.folder import files
from konvoi.report.meetings.options import ACT, LATER, REFUSE, Stake

DAY = date(2031, 3, 3)
WAITING = ("approval,kind,party,covers,asked", "A-1,transit,BO,O-3,2031-02-01")
OFFERS = (*TABLES["offers"], "O-3,CA,tent,3,port,")
ALONE = (TABLES["offers"][0], "O-3,CA,tent,3,port,")


Patch = pytest.MonkeyPatch


def planned(folder: Path, monkeypatch: Patch, **more: tuple[str, ...]) -> Workspace:
    """A workspace, and its plan as the last run left it."""
    work = opened(workspace(folder / "w", **{"offers": OFFERS, **more}))
    plan, _ = planning(tables_of(work)[0], work)
    assert plan is not None
    write_folder(folder / "plan", files(plan))
    monkeypatch.setattr(option_plans, "own_plan", lambda _: folder / "plan")
    return work


def effects(work: Workspace, *stakes: Stake) -> dict[tuple[str, str], Decimal]:
    tables = problem(gathering(work)).tables
    plan = plan_of_last_run(work.folder, tables)
    assert plan is not None
    return option_effects(plan, tables, stakes, DAY)


def test_an_approval_that_is_given_lets_its_offer_move(tmp_path: Path, monkeypatch: Patch) -> None:
    work = planned(tmp_path, monkeypatch, offers=ALONE, approvals=WAITING)
    found = effects(work, Stake("A-1", ("O-3",), ("A-1",)))
    assert set(found) == {("A-1", ACT), ("A-1", LATER), ("A-1", REFUSE)}
    assert found["A-1", ACT] > found["A-1", LATER] >= found["A-1", REFUSE] == 0


def test_an_offer_that_is_not_made_costs_what_it_brings(tmp_path: Path, monkeypatch: Patch) -> None:
    work = planned(tmp_path, monkeypatch)
    both = effects(work, Stake("O-1", ("O-1", "O-2", "O-3"), ()))
    assert ("O-1", ACT) not in both
    assert both["O-1", REFUSE] < 0


def test_no_plan_is_taken_that_is_not_one_of_the_present_problem(tmp_path: Path, monkeypatch: Patch) -> None:
    work = planned(tmp_path, monkeypatch)
    (tmp_path / "x").mkdir()
    changed = opened(workspace(tmp_path / "x" / "w", offers=(*OFFERS, "O-4,CA,tent,1,port,")))
    assert plan_of_last_run(work.folder, problem(gathering(work)).tables) is not None
    assert plan_of_last_run(changed.folder, problem(gathering(changed)).tables) is None
    monkeypatch.setattr(option_plans, "own_plan", lambda _: None)
    assert plan_of_last_run(work.folder, problem(gathering(work)).tables) is None


def test_the_sheet_in_the_results_of_a_run_has_the_re_solved_plan_for_the_cell_alone(
    tmp_path: Path,
) -> None:
    meeting = ("session,title,day,place", "S-9,Ninth meeting,2031-03-20,town")
    made = workspace(tmp_path / "w", offers=ALONE, approvals=WAITING, sessions=meeting)
    write_snapshot(opened(made), tmp_path / "kept", ("cell", "BO"))

    def sheet(reader: str) -> str:
        kept = tmp_path / "kept" / name_of(reader) / "papers" / "decisions-S-9.en.html"
        return kept.read_text(encoding="utf-8")

    assert "Re-solved plan: " in sheet("cell")
    assert "Re-solved plan" not in sheet("BO")
    assert "can be served" in sheet("BO")


def test_a_run_does_not_re_solve_the_plan_of_a_large_problem(tmp_path: Path, monkeypatch: Patch) -> None:
    work = planned(tmp_path, monkeypatch, offers=ALONE, approvals=WAITING)
    tables = problem(gathering(work)).tables
    plan = plan_of_last_run(work.folder, tables)
    stakes = (Stake("A-1", ("O-3",), ("A-1",)),)
    assert set(resolver(plan, tables, DAY)(stakes)) == {("A-1", one) for one in (ACT, LATER, REFUSE)}
    monkeypatch.setattr(option_plans, "MOST_NEEDS", 0)
    assert resolver(plan, tables, DAY)(stakes) == {}
    assert resolver(None, tables, DAY)(stakes) == {}
