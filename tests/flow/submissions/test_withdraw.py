"""A submission is taken out and brought back; what it superseded holds again; nothing is deleted."""

import shutil
from pathlib import Path

import pytest

from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.withdraw import undo
from konvoi.flow.workspace import workspace
from konvoi.gateways.refusal import Refused


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions of one list of goods, each of which replaces the one before."""
    home = tmp_path_factory.mktemp("three")
    folder = home / "cell"
    folder.mkdir()
    text = '[coalition]\nname = "Exercise"\n[supersedes]\n'
    text += '"PL/v2/goods.csv" = "PL/goods.csv"\n"PL/v3/goods.csv" = "PL/v2/goods.csv"\n'
    (folder / "konvoi.toml").write_text(text)
    for version in ("one", "two", "three"):
        take([goods(home, version)], party="PL", folder=folder)
    return home


@pytest.fixture
def cell(three: Path, tmp_path: Path) -> Path:
    """The workspace with the three versions, and beside it the files that were handed in: to be changed."""
    return shutil.copytree(three, tmp_path, dirs_exist_ok=True) / "cell"


def goods(folder: Path, name: str) -> Path:
    path = folder / name / "goods.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"good,name,unit\ntent,{name},piece\n")
    return path


def holds(cell: Path) -> list[str]:
    """The names of the goods that hold, by document."""
    gathered = gathering(workspace(cell))
    return gathered.documents.filter("in_force")["name"].to_list()


def warned(cell: Path) -> list[str]:
    return [one.code for one in gathering(workspace(cell)).findings if one.code == "superseded-unknown"]


@pytest.mark.slow
def test_the_last_version_taken_out_gives_way_to_the_one_before(cell: Path) -> None:
    assert holds(cell) == ["PL/v3/goods.csv"]
    undo(cell, "PL/v3/goods.csv")
    assert holds(cell) == ["PL/v2/goods.csv"]
    assert (cell / "withdrawn" / "PL" / "v3" / "goods.csv").read_text().endswith("three,piece\n")


def test_a_version_between_taken_out_brings_no_older_one_back_beside_the_newest(cell: Path) -> None:
    undo(cell, "PL/v2/goods.csv")
    assert holds(cell) == ["PL/v3/goods.csv"]
    assert warned(cell) == []


def test_the_first_version_taken_out_leaves_the_others_as_they_are(cell: Path) -> None:
    undo(cell, "PL/goods.csv")
    assert holds(cell) == ["PL/v3/goods.csv"]
    assert warned(cell) == []


def test_all_taken_out_nothing_holds_and_nothing_is_lost(cell: Path) -> None:
    for name in ("PL/v2/goods.csv", "PL/v3/goods.csv", "PL/goods.csv"):
        undo(cell, name)
    assert workspace(cell).documents == ()
    assert len(workspace(cell).withdrawn) == 3


def test_taking_out_twice_is_refused(cell: Path) -> None:
    undo(cell, "PL/v3/goods.csv")
    with pytest.raises(Refused, match="was taken out already"):
        undo(cell, "PL/v3/goods.csv")


def test_what_is_not_there_or_means_several_is_refused(cell: Path) -> None:
    with pytest.raises(Refused, match="no such submission"):
        undo(cell, "PL/list.xlsx")
    with pytest.raises(Refused, match="name one of them"):
        undo(cell, "goods.csv")


def test_a_submission_is_known_by_the_beginning_of_its_digest(cell: Path) -> None:
    digest = workspace(cell).documents[0].digest
    assert undo(cell, digest[:8]).name == workspace(cell).withdrawn[0].name


def test_the_same_file_handed_in_again_comes_back_under_its_name(cell: Path, tmp_path: Path) -> None:
    undo(cell, "PL/v3/goods.csv")
    (dry,) = take([tmp_path / "three" / "goods.csv"], party="PL", folder=cell, dry=True).files
    (done,) = take([tmp_path / "three" / "goods.csv"], party="PL", folder=cell).files
    assert [(one.outcome, one.name) for one in (dry, done)] == [("brought back", "PL/v3/goods.csv")] * 2
    assert [one.outcome for one in done.changes] == ["changed"]
    assert holds(cell) == ["PL/v3/goods.csv"]
    assert workspace(cell).withdrawn == ()
    assert undo(cell, "PL/v3/goods.csv").kept == "PL/v3/goods.csv"


def test_two_files_of_one_name_are_both_kept_when_taken_out(cell: Path, tmp_path: Path) -> None:
    undo(cell, "PL/v3/goods.csv")
    take([goods(tmp_path, "four")], party="PL", folder=cell)
    assert undo(cell, "PL/v3/goods.csv").kept == "PL/v3/v2/goods.csv"
    assert {one.content for one in workspace(cell).withdrawn} == {
        (tmp_path / name / "goods.csv").read_bytes() for name in ("three", "four")
    }
