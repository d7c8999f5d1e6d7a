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


def test_a_file_that_was_refused_is_named(tmp_path: Path) -> None:
    """A plan's folder inside that of its problem is read with it, and no file of submissions."""
    folder = tmp_path / "problem"
    folder.mkdir()
    tables = {
        "horizon": "start,weeks\n2026-01-05,4\n",
        "goods": "good,name,unit,weight_kg\ntent,Tent,piece,250\n",
        "sites": "site,name,kind,country\nD,Depot,hub,PL\n",
        "needs": "need,good,quantity,site,due\nN,tent,4,D,2026-01-20\n",
        "offers": "offer,party,good,quantity,site\nO,PL,tent,3,D\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text)
    konvoi("plan", "solve", folder, "--out", folder / "plan")
    called = konvoi("plan", "audit", folder, folder / "plan")
    assert (called.code, "Plan confirmed:" in called.out) == (3, True)
    assert "errors in the submissions" in called.err
    assert "plan/legs.csv" in called.err
