"""konvoi plan learn: what a workspace and deliveries teach, kept, shown again, refused."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.cli.i18n import VARIABLE


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty promised for May 10: half came on the day, a quarter three days early, a quarter two late."""
    came = ("2031-05-10", "2031-05-07", "2031-05-10", "2031-05-12")
    modes = ("air", "air", "road", "road")
    rows = [f"D{n},energy,{modes[n % 4]},2031-05-10,{came[n % 4]}" for n in range(40)]
    rows.append("D99,energy,air,2031-05-10,soon")
    path = tmp_path_factory.mktemp("history") / "history.csv"
    path.write_text("\n".join(["case,kind,mode,promised,received", *rows]) + "\n")
    return path


def test_deliveries_alone_teach_and_say_from_how_many_cases(history: Path, tmp_path: Path) -> None:
    made = konvoi("plan", "learn", "--deliveries", history, "--out", tmp_path / "model.json")
    assert made.code == 0
    assert "Learnt from history.csv, as known on 2031-05-12: 41 cases." in made.out
    assert "energy" in made.out
    assert "Value: “soon”" in made.err
    assert json.loads((tmp_path / "model.json").read_text())["data"] == "history.csv"


def test_a_model_is_shown_again_by_its_groups(history: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    konvoi("plan", "learn", "--deliveries", history, "--out", path)
    shown = konvoi("plan", "learn", "--show", path, "--by", "mode", "--json").json
    rows = {row["group"]: row for row in shown["learnt"]}
    assert set(rows) == {"mode=air", "mode=road"}
    assert rows["mode=air"]["late"] < 0.2 < rows["mode=road"]["late"]
    assert rows["mode=road"]["cases"] == 20


def test_a_workspace_keeps_its_model_beside_its_settings(history: Path, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "cell")
    made = konvoi("plan", "learn", folder, "--deliveries", history)
    assert made.code == 0
    assert "leadtimes.json: written." in made.err
    first = (folder / "leadtimes.json").read_bytes()
    assert konvoi("plan", "learn", folder, "--deliveries", history).code == 0
    assert (folder / "leadtimes.json").read_bytes() == first


def test_too_few_cases_have_no_basis(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("kind,begun,received\nmilitary,2031-05-01,2031-05-04\n")
    made = konvoi("plan", "learn", "--deliveries", path)
    assert "not computed" in made.out
    assert konvoi("plan", "learn", "--deliveries", path, "--json").json["learnt"][0]["p50"] is None


@pytest.mark.parametrize(("tongue", "words"), [("de", "wie am"), ("uk", "Визначено за")])
def test_it_speaks_german_and_ukrainian(
    history: Path, monkeypatch: pytest.MonkeyPatch, tongue: str, words: str
) -> None:
    monkeypatch.setenv(VARIABLE, tongue)
    assert words in konvoi("plan", "learn", "--deliveries", history).out


@pytest.mark.parametrize(
    "words",
    [("--by", "colour"), ("--show", "tests/cli/test_learn.py"), ("--deliveries", "tests/cli/test_learn.py")],
)
def test_what_cannot_be_is_refused_with_what_to_do(words: tuple[str, ...]) -> None:
    assert konvoi("plan", "learn", *words).code in {2, 3}
