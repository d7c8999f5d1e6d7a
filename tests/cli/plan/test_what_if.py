"""konvoi plan what-if: the plan in force, as if something had happened."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import TABLES, of_day, workspace

from konvoi.flow.planning.scenarios import written

OFFERS = (*TABLES["offers"], "O-3,CA,tent,3,port,")


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a plan: four tents go from the port to the town by the one road."""
    folder = of_day(workspace(tmp_path_factory.mktemp("cell") / "w", offers=OFFERS))
    assert konvoi("run", folder).code == 0
    return folder


@pytest.fixture
def here(cell: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Standing in the workspace; the folder to write to."""
    monkeypatch.chdir(cell)
    return tmp_path / "out"


@pytest.mark.slow
def test_the_answer_stands_first_then_who_loses_then_where_the_files_are(here: Path) -> None:
    called = konvoi("plan", "what-if", "--close", "road", "--out", here)
    assert called.code == 0
    lines = called.out.splitlines()
    assert lines[:2] == ["close road:", "  close to the plan in force: value 0 instead of 4, 100 % less"]
    assert lines[2].startswith(
        "    needs that lose: 1, that gain: 0; kits with fewer sets: 0, with more: 0; "
    )
    assert lines[3] == "  Staying close costs nothing: no better plan was found."
    assert [line.split() for line in lines[5:]] == [["N-1", "tent", "town", "4", "4", "0"]]
    assert called.err.splitlines()[-1].startswith(f"{here}: written, ")
    assert (here / "what-if.uk.html").is_file()


def test_a_plan_and_a_problem_may_be_named(cell: Path, tmp_path: Path) -> None:
    asked = ("what-if", cell / "out-cell" / "plan", "--problem", cell, "--out", tmp_path / "o")
    called = konvoi(*asked, "--without", "AR", "--json")
    assert called.code == 0
    [one] = called.json["scenarios"]
    assert (one["name"], one["close"]["difference"], one["close"]["lost"]) == ("without AR", -1, 1)
    assert called.json["files"]["what-if.json"] > 0


def test_what_is_named_happens_together(here: Path, tmp_path: Path) -> None:
    """Without Arvenia three tents come; two more that are added make up for it: four again."""
    path = tmp_path / "more.csv"
    path.write_text("offer,party,good,quantity,site\nO-9,CA,tent,2,port\n")
    called = konvoi("plan", "what-if", "--without", "AR", "--add", path, "--out", here, "--json")
    [one] = called.json["scenarios"]
    assert (called.code, one["cost_of_staying_close"]) == (0, 0)
    for found in (one["close"], one["independent"]):
        assert (found["difference"], found["lost"], found["gained"]) == (0, 0, 0)
        assert {move["offer"] for move in found["moves"]} >= {"O-9"}


def test_scenarios_of_a_file_are_told_beside_one_another(here: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('[shut]\nclose = "road"\n[alone]\nwithout = "AR"\n[late]\ndelay = "O-3:1"\n')
    called = konvoi("plan", "what-if", "--scenarios", path, "--close", "port", "--out", here)
    assert called.code == 0
    heads = [line.removesuffix(":") for line in called.out.splitlines() if line and line[0] != " "]
    assert heads[:4] == ["close port", "shut", "alone", "late"]
    assert "scenario" in called.out
    document = json.loads((here / "what-if.json").read_text())
    assert [one["name"] for one in document["scenarios"]] == ["close port", "shut", "alone", "late"]


def test_a_closure_that_begins_when_all_has_come_changes_nothing(here: Path) -> None:
    called = konvoi("plan", "what-if", "--close", "road", "--from", "2031-W14", "--out", here)
    assert "  close to the plan in force: value 4, as much as the plan in force" in called.out.splitlines()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "name what is to happen"),
        (("--from", "2031-W12"), 3, "supposes nothing"),
        (("--close", "raod"), 2, "Did you mean road"),
        (("--close", "road", "--from", "soon"), 2, "a week such as 2031-W12"),
        (("--close", "road", "--from", "2032-W05"), 3, "after the last day that is planned"),
        (("--close", "road", "--to", "2030-W05"), 3, "before the first day that is planned"),
        (("--without", "BO"), 2, "none of AR, CA"),
        (("--delay", "O-3"), 2, "BUDGET:WEEKS"),
        (("--add", "{none}"), 2, "does not exist"),
        (("{plain}", "--close", "road"), 3, "not a plan"),
    ],
)
def test_what_cannot_be_supposed_is_refused_and_nothing_is_written(
    here: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "plain").mkdir()
    given = [word.format(none=tmp_path / "none.csv", plain=tmp_path / "plain") for word in words]
    called = konvoi("plan", "what-if", *given, "--out", here)
    assert (called.code, said in called.err, called.out) == (code, True, "")
    assert not here.exists()


def test_planning_ends_after_the_seconds_that_were_given_with_the_best_so_far(here: Path) -> None:
    """Nothing can come by the road that is shut, and the bound says so."""
    called = konvoi("plan", "what-if", "--close", "road", "--seconds", "0.000001", "--out", here, "--json")
    [one] = called.json["scenarios"]
    assert (called.code, one["close"]["stopped"], one["close"]["value"]) == (0, "time", 0)
    plans = list((here / "scenarios").glob("*/*/plan.json"))
    assert [json.loads(plan.read_text())["stopped"] for plan in plans] == ["time", "time"]


def test_a_gap_that_was_given_is_that_of_the_new_plan(here: Path) -> None:
    assert konvoi("plan", "what-if", "--close", "road", "--gap", "5", "--out", here).code == 0
    [plan] = (here / "scenarios").glob("*/close/plan.json")
    assert json.loads(plan.read_text())["parameters"]["gap"] == 0.05


def test_the_scenarios_that_the_guide_prints_can_be_read(tmp_path: Path) -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "how-to" / "what-if.md").read_text("utf-8")
    printed = guide.split("Many scenarios at once")[1].split("Each is planned apart")[0].splitlines()
    path = tmp_path / "printed.toml"
    path.write_text("\n".join(line.strip() for line in printed if line.startswith("    ")))
    assert [one.name for one in written(path)] == ["crossing shut", "winter"]


def test_without_a_workspace_the_problem_has_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    called = konvoi("plan", "what-if", "--close", "road")
    assert (called.code, "--problem" in called.err) == (2, True)


def test_an_older_plan_is_told_as_such(cell: Path, tmp_path: Path) -> None:
    other = of_day(workspace(tmp_path / "w", offers=(*OFFERS, "O-4,CA,tent,1,port,")))
    asked = ("what-if", cell / "out-cell" / "plan", "--problem", other, "--close", "road")
    called = konvoi(*asked, "--out", tmp_path / "o")
    assert (called.code, "plan again first" in called.err) == (0, True)
    assert "Plan again first" in (tmp_path / "o" / "what-if.en.html").read_text()


def test_each_plan_that_is_found_is_a_line_of_json_before_the_answer(here: Path) -> None:
    """What remains of the plan in force comes first; the last line of a kind is the plan of the answer."""
    called = konvoi("plan", "what-if", "--without", "CA", "--out", here, "--json")
    lines = [json.loads(line) for line in called.err.splitlines()]
    assert lines[0]["plan"] == "remaining"
    last = {line["plan"]: line["value"] for line in lines}
    [one] = called.json["scenarios"]
    assert {kind: one[kind]["value"] for kind in ("close", "independent")} == {
        kind: last[kind] for kind in ("close", "independent")
    }
    assert {line["scenario"] for line in lines} == {"without CA"}
