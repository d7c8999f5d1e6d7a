"""What if, on a workspace: planned anew and held against the plan in force."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.planning.plan_workspace import Wish, planning
from konvoi.flow.planning.scenarios import Words
from konvoi.flow.planning.what_if import Answer, folder_of, what_if, written
from konvoi.flow.run import tables_of
from konvoi.flow.workspace import opened as folders
from konvoi.flow.workspace import workspace as opened
from konvoi.gateways.files import write_folder
from konvoi.gateways.refusal import Refused
from konvoi.plan.audit import audit
from konvoi.plan.folder import files, plan_of

OFFERS = (*TABLES["offers"], "O-3,CA,tent,3,port,")


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Arvenia has 6 tents left to send, Cadonia 3; Bolaria still needs 4 of its 8, by one road."""
    folder = tmp_path_factory.mktemp("cell")
    work = opened(workspace(folder / "w", offers=OFFERS))
    plan, _ = planning(tables_of(work)[0], work)
    assert plan is not None
    write_folder(folder / "plan", files(plan))
    return folder / "w", folder / "plan"


def asked(cell: tuple[Path, Path], *words: Words) -> Answer:
    return what_if(cell[1], opened(cell[0]), words)


def test_the_only_road_is_shut_and_all_is_lost(cell: tuple[Path, Path]) -> None:
    found = asked(cell, Words("road shut", close=("road",)))
    [one] = found.tried
    assert (one.close.plan.value, one.independent.difference.value) == (Decimal(0), -found.plan.value)
    assert one.close.difference.counts() == {
        "gained": 0,
        "lost": 1,
        "kits_gained": 0,
        "kits_lost": 0,
        "kept": 0,
        "gone": found.plan.movements.height,
        "new": 0,
        "changed": 0,
    }
    assert one.only_less
    assert not found.stale


def test_scenarios_are_apart_from_one_another(cell: tuple[Path, Path]) -> None:
    """The second is planned as if the first had never been."""
    shut, without = Words("a", close=("road",)), Words("b", without=("AR",))
    both, alone = asked(cell, shut, without).tried[1], asked(cell, without).tried[0]
    assert both.close.plan.value == alone.independent.plan.value == 3


def test_what_a_plan_that_minds_delays_is_held_against_minds_them_too(
    cell: tuple[Path, Path], tmp_path: Path
) -> None:
    work = opened(cell[0])
    plan, _ = planning(tables_of(work)[0], work, wish=Wish(mindful=True))
    assert plan is not None
    write_folder(tmp_path / "plan", files(plan))
    [one] = what_if(tmp_path / "plan", work, [Words("a", without=("AR",))]).tried
    assert one.close.plan.parameters["mindful"] is True
    assert asked(cell, Words("a", without=("AR",))).tried[0].close.plan.parameters["mindful"] is False


def test_a_plan_of_older_tables_is_told_as_such(cell: tuple[Path, Path], tmp_path: Path) -> None:
    changed = workspace(tmp_path / "w", offers=(*OFFERS, "O-4,CA,tent,1,port,"))
    assert what_if(cell[1], opened(changed), [Words("a", close=("road",))]).stale


def test_a_plan_of_another_problem_is_refused(cell: tuple[Path, Path], tmp_path: Path) -> None:
    other = workspace(tmp_path / "w", needs=("need,good,quantity,site,due", "N-9,tent,6,town,2031-03-15"))
    with pytest.raises(Refused, match="another problem's"):
        what_if(cell[1], opened(other), [Words("a", close=("road",))])


def test_a_problem_without_needs_is_refused(cell: tuple[Path, Path], tmp_path: Path) -> None:
    other = workspace(tmp_path / "w", needs=())
    with pytest.raises(Refused, match="nothing in table `needs`"):
        what_if(cell[1], opened(other), [Words("a", close=("road",))])


def test_what_is_wrong_with_the_changed_problem_is_told_once(cell: tuple[Path, Path], tmp_path: Path) -> None:
    """An added offer lies at a site that nobody knows."""
    path = tmp_path / "more.csv"
    path.write_text("offer,party,good,quantity,site\nO-9,AR,tent,7,nowhere\n")
    found = asked(cell, Words("a", add=(path,)), Words("b", add=(path,)))
    assert [(one.code, one.place.file) for one in found.own] == [("problem-id-unknown", str(path))]
    assert found.findings[-1] == found.own[-1]


def test_each_scenario_leaves_a_problem_and_a_plan_that_hold(cell: tuple[Path, Path], tmp_path: Path) -> None:
    """They can be audited and ordered from like any other; what the workspace holds is untouched."""
    before = {path: path.read_bytes() for path in cell[0].rglob("*.csv")}
    found = asked(cell, Words("without AR", without=("AR",)))
    write_folder(tmp_path / "out", written(found, ("en", "uk")))
    folder = tmp_path / "out" / "scenarios" / folder_of("without AR")
    for kind in ("close", "independent"):
        plan = plan_of({path.name: path.read_bytes() for path in (folder / kind).iterdir()})
        assert audit(tables_of(folders([folder / "problem"]))[0].tables, plan) == ()
    assert "exercise" in (folder / "problem" / "konvoi.csv").read_text()
    assert {path: path.read_bytes() for path in cell[0].rglob("*.csv")} == before
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"what-if.en.html", "what-if.uk.html", "what-if.json", "scenarios"}


def test_the_answer_is_one_json_document_and_the_same_each_time(cell: tuple[Path, Path]) -> None:
    words = Words("a", without=("AR",))
    one, again = (dict(written(asked(cell, words), ("en", "de", "uk"))) for _ in range(2))
    assert one == again
    document = json.loads(one["what-if.json"])
    [scenario] = document["scenarios"]
    assert (scenario["name"], scenario["close"]["lost"], document["plan"]["stale"]) == ("a", 1, False)


def test_names_of_scenarios_that_differ_have_folders_that_differ_on_every_system() -> None:
    assert len({folder_of(name).lower() for name in ("a", "A", "a/b", "a b", "a:b")}) == 5
