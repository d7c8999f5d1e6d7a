"""konvoi plan audit: a plan that holds, one that was tampered with, and what is no plan."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


def test_a_plan_that_holds_is_confirmed(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    konvoi("plan", "solve", folder, "--out", tmp_path / "plan")
    called = konvoi("plan", "audit", folder, tmp_path / "plan")
    assert (called.code, "Plan confirmed:" in called.out) == (0, True)


def test_one_unit_more_than_there_is_is_found(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    konvoi("plan", "solve", folder, "--out", tmp_path / "plan")
    table = tmp_path / "plan" / "movements.csv"
    table.write_text(table.read_text().replace(",4,", ",11,"))
    called = konvoi("plan", "audit", folder, tmp_path / "plan", "--json")
    assert called.code == 1
    assert called.json["holds"] is False


def test_a_folder_without_a_plan_is_refused(tmp_path: Path) -> None:
    called = konvoi("plan", "audit", workspace(tmp_path / "w"), tmp_path)
    assert called.code == 3
    assert "not a plan" in called.err
