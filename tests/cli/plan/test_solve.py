"""konvoi plan solve, audit and forecast: a plan, its check, its chances."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.plan.solve import Parameters


@pytest.fixture
def solved(tmp_path: Path) -> tuple[Path, Path]:
    problem, plan = workspace(tmp_path / "w"), tmp_path / "plan"
    assert konvoi("plan", "solve", problem, "--out", plan).code == 0
    return problem, plan


def test_a_plan_is_written_with_its_bound(solved: tuple[Path, Path]) -> None:
    """Of 8 tents needed 3 have arrived and one is on its way; the other 4 can all be there by the due day."""
    document = konvoi("plan", "solve", solved[0], "--json").json
    assert (document["value"], document["bound"]) == (4, 4)
    assert [(m["offer"], m["need"], m["quantity"]) for m in document["movements"]] == [("O-2", "N-1", 4)]
    names = {"plan.json", "movements.csv", "legs.csv", "unmet.csv", "prices.csv", "payments.csv"}
    assert {p.name for p in solved[1].iterdir()} == names


def test_a_need_that_is_late_and_short_counts_once_and_nothing_is_a_share_of_nothing(
    tmp_path: Path,
) -> None:
    """Of the four still open one comes late, three were never offered; without offers nothing is worth it."""
    offers = ("offer,party,good,quantity,site,ready", "O-5,AR,tent,1,port,2031-03-14")
    needs = ("need,good,quantity,site,due,last_useful,weight", "N-1,tent,8,town,2031-03-15,2031-04-01,1")
    late = workspace(tmp_path / "late", offers=offers, needs=needs)
    told = konvoi("plan", "solve", late).out
    assert [line.split()[-1] for line in told.splitlines() if "all-sent" in line or "late" in line] == ["1"]
    assert "No better plan exists: all plans of this problem were compared." in told
    none = konvoi("plan", "solve", workspace(tmp_path / "none", offers=offers[:1])).out
    assert "0.00 %" not in none
    assert "No plan can be worth anything." in none


@pytest.mark.parametrize("lacking", ["needs", "horizon"])
def test_nothing_to_plan_is_an_empty_plan_and_a_sentence(tmp_path: Path, lacking: str) -> None:
    problem, plan = workspace(tmp_path / "w", **{lacking: ()}), tmp_path / "plan"
    called = konvoi("plan", "solve", problem, "--out", plan)
    assert (called.code, f"nothing to plan; it has nothing in table `{lacking}`" in called.err) == (0, True)
    found = json.loads((plan / "plan.json").read_text())
    assert (found["value"], found["bound"]) == ("0", "0")
    assert len((plan / "movements.csv").read_text().splitlines()) == 1
    assert konvoi("plan", "audit", problem, plan).code == 0


def test_nothing_to_plan_is_one_document_that_says_why(tmp_path: Path) -> None:
    called = konvoi("plan", "solve", workspace(tmp_path, needs=()), "--json")
    assert (called.code, called.json["value"], called.json["bound"]) == (0, 0, 0)
    assert called.json["nothing_in"] == ["needs"]


def test_the_gap_that_help_states_is_the_one_that_is_used() -> None:
    stated = f"default: {100 * Parameters.gap:g}."
    assert stated in " ".join(konvoi("plan", "solve", "--help").out.split())


def test_a_plan_says_which_goals_it_met_and_whether_it_minds_delays(tmp_path: Path) -> None:
    problem, plan = workspace(tmp_path / "w"), tmp_path / "plan"
    assert konvoi("plan", "solve", problem, "--out", plan).code == 0
    options = ("--ordered", "--mind-delays", "--gap", "1", "--near", plan, "--out", tmp_path / "next")
    assert konvoi("plan", "solve", problem, *options).code == 0
    found = json.loads((tmp_path / "next" / "plan.json").read_text())
    said = {name: found["parameters"][name] for name in ("ordered", "mindful", "gap")}
    assert said == {"ordered": True, "mindful": True, "gap": 0.01}
    assert konvoi("plan", "audit", problem, tmp_path / "next").code == 0


def test_planning_ends_after_the_seconds_that_were_given(tmp_path: Path) -> None:
    document = konvoi("plan", "solve", workspace(tmp_path / "w"), "--seconds", "0.000001", "--json").json
    assert (document["stopped"], document["value"]) == ("time", 4)


def test_near_must_be_a_plan(tmp_path: Path) -> None:
    called = konvoi("plan", "solve", workspace(tmp_path / "w"), "--near", tmp_path)
    assert (called.code, "konvoi plan solve PROBLEM --out DIR writes a plan" in called.err) == (3, True)
