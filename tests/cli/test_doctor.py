"""konvoi doctor: the answer first, then each check with its remedy; errors make the exit code 1."""

import ast
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_import_workspace import cell
from tests.report.test_catalogues import catalogue

from konvoi.cli.i18n import VARIABLE

__all__ = ["cell"]

CHECKS = Path(__file__).resolve().parents[2] / "src" / "konvoi" / "flow" / "instance"


@pytest.fixture(autouse=True)
def no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONVOI_BACKUP_KEY_FILE", str(tmp_path / "keys" / "backup.key"))


def states(answer: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {one["check"]: one["state"] for one in answer["checks"]}


def test_the_machine_is_checked_without_a_workspace(tmp_path: Path) -> None:
    called = konvoi("doctor", tmp_path)
    found = konvoi("doctor", tmp_path, "--json").json
    assert list(states(found)) == ["python", "sqlite", "reading", "disk", "secrets", "language", "fonts"]
    assert called.out.startswith(f"{found['errors']} error")
    assert called.code == (1 if found["errors"] else 0)


def test_a_workspace_is_checked_with_its_backups(cell: Path, tmp_path: Path) -> None:
    konvoi("import-workspace", cell)
    found = states(konvoi("doctor", cell, "--json").json)
    assert (found["database"], found["backup"], found["lists"]) == ("ok", "warning", "ok")
    assert konvoi("backup", cell, "--to", tmp_path / "one.backup").code == 0
    told = konvoi("restore", "--check", tmp_path / "one.backup", "--dir", cell)
    assert told.code == 0
    found = states(konvoi("doctor", cell, "--json").json)
    assert (found["database"], found["backup"], found["drill"]) == ("ok", "ok", "ok")


def test_an_error_comes_first_with_its_remedy_and_makes_the_exit_code_1(
    cell: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert konvoi("backup", cell, "--to", tmp_path / "one.backup").code == 0
    key = tmp_path / "keys" / "backup.key"
    key.chmod(0o640)
    called = konvoi("doctor", cell)
    lines = called.out.splitlines()
    assert called.code == 1
    assert lines[0].startswith("1 error, ")
    assert lines[2].split()[:2] == ["secrets", "error"]
    assert "chmod 600" in called.out
    monkeypatch.setenv(VARIABLE, "de")
    assert konvoi("doctor", cell).out.startswith("1 Fehler, ")


def test_a_database_that_cannot_be_reached_is_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "konvoi.database").write_text("postgresql\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret-word@127.0.0.1:1/none")
    called = konvoi("doctor", tmp_path)
    assert called.code == 1
    assert "the database at DATABASE_URL cannot be reached" in called.out
    assert "secret-word" not in called.out + called.err


def sentences() -> set[str]:
    """The names and sentences of all checks, as the modules of checks give them to ok, warning and error."""
    found: set[str] = set()
    for path in sorted(CHECKS.glob("*_checks.py")):
        for function in (
            one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.FunctionDef)
        ):
            given = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ok", "warning", "error"):
                    values = [given.get(one.id) if isinstance(one, ast.Name) else one for one in node.args]
                    texts = [one.value for one in values if isinstance(one, ast.Constant)]
                    assert len(texts) == (2 if getattr(node.func, "id", "") == "ok" else 3), ast.unparse(node)
                    found |= {str(one) for one in texts}
    return found


@pytest.mark.parametrize("language", ["de", "uk"])
def test_every_check_is_translated(language: str) -> None:
    assert len(sentences()) > 50
    assert sorted(sentences() - set(catalogue(language))) == []
