"""konvoi solve, audit and forecast: a plan, its check, its chances."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


@pytest.fixture
def solved(tmp_path: Path) -> tuple[Path, Path]:
    problem, plan = workspace(tmp_path / "w"), tmp_path / "plan"
    assert konvoi("solve", problem, "--out", plan).code == 0
    return problem, plan


def test_a_plan_is_written_with_its_bound(solved: tuple[Path, Path]) -> None:
    """Of 8 tents needed 3 have arrived and one is on its way; the other 4 can all be there by the due day."""
    document = konvoi("solve", solved[0], "--json").json
    assert (document["value"], document["bound"]) == ("4", "4")
    assert [(m["offer"], m["need"], m["quantity"]) for m in document["movements"]] == [
        ("O-2", "N-1", "4.000000")
    ]
    names = {"plan.json", "movements.csv", "legs.csv", "unmet.csv", "prices.csv", "payments.csv"}
    assert {p.name for p in solved[1].iterdir()} == names


def test_nothing_to_plan_is_refused_with_the_reason(tmp_path: Path) -> None:
    called = konvoi("solve", workspace(tmp_path, needs=()))
    assert called.code == 3
    assert "nothing to plan" in called.err


def test_nothing_to_plan_is_one_document_that_says_why(tmp_path: Path) -> None:
    called = konvoi("solve", workspace(tmp_path, needs=()), "--json")
    assert (called.code, called.json["value"]) == (3, None)
    assert "table `needs`" in called.json["refused"]["reason"]


def test_a_plan_says_which_goals_it_met_and_whether_it_minds_delays(tmp_path: Path) -> None:
    problem, plan = workspace(tmp_path / "w"), tmp_path / "plan"
    assert konvoi("solve", problem, "--out", plan).code == 0
    options = ("--ordered", "--mind-delays", "--gap", "1", "--near", plan, "--out", tmp_path / "next")
    assert konvoi("solve", problem, *options).code == 0
    found = json.loads((tmp_path / "next" / "plan.json").read_text())
    said = {name: found["parameters"][name] for name in ("ordered", "mindful", "gap")}
    assert said == {"ordered": True, "mindful": True, "gap": 0.01}
    assert konvoi("audit", problem, tmp_path / "next").code == 0


def test_planning_ends_after_the_seconds_that_were_given(tmp_path: Path) -> None:
    document = konvoi("solve", workspace(tmp_path / "w"), "--seconds", "0.000001", "--json").json
    assert (document["stopped"], document["value"]) == ("time", "4")


def test_near_must_be_a_plan(tmp_path: Path) -> None:
    called = konvoi("solve", workspace(tmp_path / "w"), "--near", tmp_path)
    assert (called.code, "konvoi solve PROBLEM --out DIR writes a plan" in called.err) == (3, True)
