"""Options on the plan: it is re-solved for each, against the plan of the last run of the same problem."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.meetings import option_plans
from konvoi.flow.meetings.option_plans import option_effects
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.planning.problem import problem
from konvoi.flow.run import tables_of
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
    return option_effects(work.folder, problem(gathering(work)).tables, stakes, DAY)


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


def test_no_effects_without_a_plan_of_the_present_problem(tmp_path: Path, monkeypatch: Patch) -> None:
    work = planned(tmp_path, monkeypatch)
    stake = Stake("O-1", ("O-1",), ())
    (tmp_path / "x").mkdir()
    changed = opened(workspace(tmp_path / "x" / "w", offers=(*OFFERS, "O-4,CA,tent,1,port,")))
    assert effects(changed, stake) == {}
    monkeypatch.setattr(option_plans, "own_plan", lambda _: None)
    assert effects(work, stake) == {}
