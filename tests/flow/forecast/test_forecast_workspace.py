"""A forecast of a workspace: contracts are known to it, a plan that runs backwards is refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.cases import bare
from konvoi.flow.forecast.forecast_workspace import forecast
from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.planning.problem import problem
from konvoi.flow.workspace import Workspace
from konvoi.flow.workspace import workspace as opened
from konvoi.gateways.refusal import Refused
from konvoi.plan.plan import Plan

Found = tuple[Workspace, Plan]
CONTRACT = ("contract,line,supplier,day", "C-1,L-1,Tentworks,2031-02-12")
OFFER = ("offer,party,good,quantity,site,line,ready", "O-1,AR,tent,10,port,L-1,2031-03-05")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Tents that a contract has still to produce by 5 March, needed by 15 March."""
    folder = workspace(tmp_path_factory.mktemp("seen") / "w", contracts=CONTRACT, offers=OFFER)
    work = opened(folder)
    plan, _ = planning(problem(gathering(work)), work)
    assert plan is not None
    return work, plan


def test_what_is_still_to_be_produced_is_late_by_production(found: Found) -> None:
    work, plan = found
    outlook, _, findings = forecast(work, plan, (1, 500), named=Path("w"))
    assert "production" in outlook.bases["kind"].to_list()
    assert "production" in outlook.causes["kind"].to_list()
    assert outlook.causes.filter(pl.col("kind") == "production")["key"].to_list()[0] == "Tentworks"
    assert outlook.partners["partner"].to_list() == ["AR"]
    assert findings == ()


def test_a_plan_whose_days_run_backwards_is_refused_with_its_place(found: Found) -> None:
    work, plan = found
    turned = plan.legs.with_columns(arrives=pl.col("departs") - timedelta(days=1))
    with pytest.raises(Refused, match=r"legs\.csv, row 2, arrives: .*a day not before .*Re-run the planner"):
        forecast(work, replace(plan, legs=turned), (1, 20), named=Path("w"))


SUPPOSED = """[forecast]
hand_over = [40, 40, 40]
[forecast.closures]
S = { a_year = 3, days = [1, 2, 5] }
nowhere = { a_year = 1, days = [1, 1, 1] }
"""


def test_days_that_a_workspace_supposes_are_played_and_told(tmp_path: Path) -> None:
    """Forty days to hand over: nothing is in time; a name that is no lane or site is told of."""
    folder = workspace(tmp_path / "cell")
    usual = opened(folder)
    plan, _ = planning(problem(gathering(usual)), usual)
    assert plan is not None
    assert forecast(usual, plan, (1, 50), named=folder, changing=False)[0].needs["on_time"][0] == 1.0
    (folder / "konvoi.toml").write_text((folder / "konvoi.toml").read_text() + SUPPOSED)
    work = opened(folder)
    outlook, _, findings = forecast(work, plan, (1, 50), named=folder, changing=False)
    assert outlook.needs["on_time"][0] == 0.0
    (row,) = outlook.bases.filter(kind="hand over").rows(named=True)
    assert (row["low"], row["middle"], row["high"], row["times"]) == (40.0, 40.0, 40.0, False)
    assert [one.read for one in findings if one.code == "forecast-closure-unknown"] == ["S", "nowhere"]
    told = bare(gathering(work), work).assumptions
    assert "forecast.hand_over: 40, 40, 40" in told
    assert "forecast.closures.S: 3 / a, 1, 2, 5 d" in told
