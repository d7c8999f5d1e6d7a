"""konvoi plan solve --from: last week's plan carried on, with the reason of each change."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import copied_to, workspace
from tests.report.test_catalogues import catalogue

from konvoi.plan.roll_reasons import REASONS

NEEDS = ("need,good,quantity,site,due,weight", "N-1,tent,8,town,2031-03-30,1")
OFFERS = (
    "offer,party,good,quantity,site,ready",
    "O-5,AR,tent,2,port,2031-02-20",
    "O-6,AR,tent,3,port,2031-03-10",
)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("solved")
    assert konvoi("plan", "solve", _problem(base / "w"), "--out", base / "plan").code == 0
    return base


@pytest.fixture
def planned(solved: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A problem in which nobody reports movements; of its tents two leave in February, three in March."""
    copied_to(tmp_path, solved)
    return tmp_path / "w", tmp_path / "plan"


def _problem(folder: Path, **changed: tuple[str, ...]) -> Path:
    usual = {"needs": NEEDS, "offers": OFFERS, "movements": (), "receipts": ()}
    return workspace(folder, **usual | changed)


def test_without_news_the_plan_stays_and_says_what_is_taken_for_granted(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    problem, plan = planned
    called = konvoi(
        "plan", "solve", problem, "--from", plan, "--week", "2031-W10", "--out", tmp_path / "next"
    )
    assert called.code == 0
    assert "1 already dispatched, 0 frozen, 0 changed." in called.out or "0 changed." in called.out
    assert "all dispatches planned up to 2031-03-03 are assumed to have taken place" in called.err
    assert (tmp_path / "next" / "movements.csv").read_bytes() == (plan / "movements.csv").read_bytes()
    assert konvoi("plan", "audit", problem, tmp_path / "next").code == 0


def test_a_change_stands_in_the_answer_in_the_folder_and_on_the_terminal(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    """The road shuts in the week in which three tents were to leave."""
    shut = ("on,from,to", "road,2031-03-10,2031-03-16")
    problem = _problem(tmp_path / "shut", closures=shut)
    asked = ("solve", problem, "--from", planned[1], "--week", "2031-W10", "--out", tmp_path / "next")
    rows = konvoi(*asked, "--json").json["rolled"]["changes"]
    assert [(row["change"], row["reason"], row["departs"]) for row in rows] == [
        ("changed", "shut", "2031-03-17")
    ]
    assert json.loads(rows[0]["values"]) == {"day": "2031-03-10", "place": "road"}
    assert "shut" in (tmp_path / "next" / "changes.csv").read_text()
    assert "road is shut on 2031-03-10." in konvoi(*asked).out


def test_so_many_causes_are_confirmed_as_are_asked_for(planned: tuple[Path, Path], tmp_path: Path) -> None:
    """Three more tents are ready too late: were they ready, they would come."""
    problem = _problem(tmp_path / "late", offers=(*OFFERS, "O-7,AR,tent,3,port,2031-04-01"))
    asked = ("solve", problem, "--from", planned[1], "--week", "2031-W10", "--json")
    for options, mark in (((), "yes"), (("--confirm", "0"), "not confirmed")):
        unmet = konvoi(*asked, *options).json["unmet"]
        assert [(row["cause"], row["confirmed"]) for row in unmet] == [("ready-late", mark)]


@pytest.mark.slow
def test_another_reader_gets_the_plan_without_its_changes(planned: tuple[Path, Path], tmp_path: Path) -> None:
    problem, plan = planned
    out = tmp_path / "next"
    asked = ("solve", problem, "--from", plan, "--week", "2031-W10", "--for", "public", "--out", out)
    assert "rolled" not in konvoi(*asked, "--json").json
    assert not (out / "changes.csv").exists()
    # Whether a hidden file was refused is no matter of the exit code of another reader.
    broken = problem / "submissions" / "AR" / "broken.xlsx"
    broken.write_bytes(b"PK")
    assert konvoi("plan", "solve", problem, "--from", plan, "--week", "2031-W10").code == 3
    assert konvoi(*asked).code == 0


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--week", "2031-W10"), 2, "need --from PLAN"),
        (("--from", "PLAN"), 2, "needs --week WEEK"),
        (("--from", "PLAN", "--week", "2031-W99"), 2, "2031-W99"),
        (("--from", "PLAN", "--week", "2031-W40"), 3, "planned are the weeks from 2031-02-10 to 2031-04-06"),
        (("--from", "PLAN", "--week", "2031-W10", "--near", "PLAN"), 2, "leave out --near"),
        (("--from", "PLAN", "--week", "2031-W10", "--change-cost", "-1"), 2, "at least 0"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    planned: tuple[Path, Path], options: tuple[str, ...], code: int, says: str
) -> None:
    problem, plan = planned
    called = konvoi("plan", "solve", problem, *(plan if one == "PLAN" else one for one in options))
    assert (called.code, says in " ".join(called.err.split())) == (code, True)


def test_a_plan_of_another_problem_is_refused(planned: tuple[Path, Path], tmp_path: Path) -> None:
    other = _problem(tmp_path / "other", needs=(NEEDS[0], "N-9,tent,8,town,2031-03-30,1"))
    called = konvoi("plan", "solve", other, "--from", planned[1], "--week", "2031-W10")
    assert (called.code, "another problem's: need N-1" in called.err) == (3, True)


def test_what_was_not_reported_by_the_week_is_planned_anew(tmp_path: Path) -> None:
    """Partners report movements, and the one planned for February is not among them."""
    lines = ("offer,party,good,quantity,site,ready,line", "O-2,AR,tent,10,port,2031-02-20,L-2")
    usual = {"offers": lines, "needs": NEEDS}
    before, plan = workspace(tmp_path / "before", **usual), tmp_path / "plan"
    assert konvoi("plan", "solve", before, "--out", plan).code == 0
    document = konvoi("plan", "solve", before, "--from", plan, "--week", "2031-W10", "--json").json
    assert {row["reason"] for row in document["rolled"]["changes"]} == {"not-dispatched"}
    assert all(row["departs"] >= "2031-03-10" for row in document["movements"])


@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_reason_is_translated(code: str) -> None:
    assert set(REASONS.values()) - set(catalogue(code)) == set()
