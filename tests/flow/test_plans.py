"""Plans that lie in folders, and the problem that they belong to."""

from pathlib import Path

import polars as pl
import pytest
from tests.flow.workspaces import workspace as small

from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.planning.problem import problem
from konvoi.flow.plans import own_plan, plan_at, plan_folder, same_problem
from konvoi.flow.workspace import workspace
from konvoi.gateways.refusal import Refused


def test_the_plan_of_a_workspace_lies_beside_its_output_for_readers(tmp_path: Path) -> None:
    assert plan_folder(tmp_path) == tmp_path / "out-cell" / "plan"
    assert own_plan(None) is None
    assert own_plan(tmp_path) is None
    plan_folder(tmp_path).mkdir(parents=True)
    assert own_plan(tmp_path) == plan_folder(tmp_path)


def test_a_folder_without_a_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="konvoi plan solve PROBLEM --out DIR"):
        plan_at(tmp_path)


def test_a_plan_of_another_problem_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    work = workspace(small(tmp_path / "cell"))
    made = problem(gathering(work))
    plan = planning(made, work)[0]
    assert plan is not None
    tables = dict(made.tables)
    same_problem(plan, tables, named=tmp_path)
    for name, column, lacking in (("needs", "need", "N-1"), ("lanes", "lane", "road")):
        rest = tables | {name: tables[name].filter(pl.col(column) != lacking)}
        with pytest.raises(Refused, match=f"{column} {lacking} is not in table `{name}`"):
            same_problem(plan, rest, named=tmp_path)
