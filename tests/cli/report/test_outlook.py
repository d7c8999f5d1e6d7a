"""konvoi report outlook: by when what is open will have arrived."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.flow.forecast.leadtimes import FILE, keep, learnt


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten tents are committed and promised; no kind of goods has ended cases enough."""
    return workspace(tmp_path_factory.mktemp("outlook"))


def test_without_cases_enough_there_is_no_basis(folder: Path) -> None:
    found = konvoi("report", "outlook", folder, "--json").json
    (row,) = [row for row in found["tables"]["prospect-table"] if row["Kind"] == "humanitarian"]
    assert (row["With a forecast"]["value"], row["Arrival within 30 days"]) == (0, "not computed")
    assert "not computed" in konvoi("report", "outlook", folder).out


def test_the_model_of_the_workspace_is_read_and_named(folder: Path, tmp_path: Path) -> None:
    """Forty promises were all kept three days late."""
    path = tmp_path / "kept.csv"
    rows = ["humanitarian,2030-12-01,2030-12-04"] * 40
    path.write_text("\n".join(["kind,promised,received", *rows]) + "\n")
    keep(learnt(None, [path]).model, folder / FILE)
    found = konvoi("report", "outlook", folder, "--json").json
    (folder / FILE).unlink()
    assert any("learnt from kept.csv" in sentence for sentence in found["answer"])
    (row,) = [row for row in found["tables"]["prospect-table"] if row["Kind"] == "humanitarian"]
    assert row["With a forecast"]["value"] == row["Open items"]["value"]


def test_a_folder_that_is_no_plan_is_refused(folder: Path, tmp_path: Path) -> None:
    assert konvoi("report", "outlook", folder, "--plan", tmp_path).code == 3
