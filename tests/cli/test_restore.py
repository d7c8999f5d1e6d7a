"""konvoi restore: a backup becomes a workspace with the same briefs, byte for byte, or says why not."""

import shutil
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_import_workspace import PACKAGES, TOTAL, cell
from tests.examples.folders import copied
from tests.flow.test_store_contract import read_all
from tests.flow.workspaces import of_day, workspace

__all__ = ["cell"]


@pytest.fixture
def kept(cell: Path, tmp_path: Path) -> Path:
    """A workspace in SQLite with a backup cell.backup and a key beside it."""
    assert konvoi("import-workspace", cell).code == 0
    assert konvoi("backup", cell, "--to", tmp_path / "cell.backup", "--key-file", tmp_path / "key").code == 0
    return cell


def test_a_restored_workspace_has_the_same_total_and_head(kept: Path, tmp_path: Path) -> None:
    words = ("--key-file", tmp_path / "key", "--dir", tmp_path / "new")
    told = konvoi("restore", tmp_path / "cell.backup", *words)
    assert (told.code, told.out.splitlines()[0]) == (
        0,
        f"{tmp_path / 'cell.backup'} is restored as {tmp_path / 'new'}.",
    )
    head = konvoi("verify", kept, "--json").json["head"]
    assert konvoi("verify", tmp_path / "new", "--head", head).code == 0
    assert konvoi(*TOTAL, tmp_path / "new").out == konvoi(*TOTAL, kept).out
    again = konvoi("restore", tmp_path / "cell.backup", *words)
    assert (again.code, "restore into a new or empty folder" in again.err) == (3, True)


def test_a_drill_tells_what_would_be_lost(kept: Path, tmp_path: Path) -> None:
    words = ("restore", "--check", tmp_path / "cell.backup", "--key-file", tmp_path / "key", "--dir", kept)
    assert "has no change that the backup does not hold." in konvoi(*words).out
    (tmp_path / "packages-2.csv").write_text(PACKAGES.replace("P-1", "P-2"))
    assert konvoi("add", tmp_path / "packages-2.csv", "--from", "PL", "--dir", kept).code == 0
    told = konvoi(*words)
    assert told.code == 0
    assert f"1 change of {kept} is not in the backup (" in told.out
    assert "Last change: number 2" in told.out
    assert [one["number"] for one in konvoi(*words, "--json").json["lost"]["changes"]] == [3]


def test_an_altered_backup_is_a_finding_and_is_not_restored(kept: Path, tmp_path: Path) -> None:
    content = bytearray((tmp_path / "cell.backup").read_bytes())
    content[-30] ^= 1
    (tmp_path / "cell.backup").write_bytes(bytes(content))
    words = (tmp_path / "cell.backup", "--key-file", tmp_path / "key")
    checked = konvoi("restore", "--check", *words)
    assert checked.code == 3
    assert "cannot be restored." in checked.out
    assert "the file was altered or cut off" in checked.err
    assert [one["code"] for one in konvoi("restore", "--check", *words, "--json").json["findings"]] == [
        "backup-altered"
    ]
    restored = konvoi("restore", *words, "--dir", tmp_path / "new")
    assert (restored.code, (tmp_path / "new").exists()) == (3, False)


def test_altered_contents_in_a_backup_make_the_drill_fail(cell: Path, tmp_path: Path) -> None:
    """A backup of a workspace that was altered can be restored, and is told to be altered."""
    (cell / "submissions" / "PL" / "packages.csv").write_text(PACKAGES.replace("P-1", "P-7"))
    words = ("--key-file", tmp_path / "key")
    assert konvoi("backup", cell, "--to", tmp_path / "cell.backup", *words).code == 0
    told = konvoi("restore", "--check", tmp_path / "cell.backup", *words, "--json")
    assert (told.code, told.json["restorable"], told.json["holds"]) == (1, True, False)
    assert [one["code"] for one in told.json["findings"]] == ["stored-altered"]


def test_a_new_workspace_or_a_check_must_be_asked_for(kept: Path, tmp_path: Path) -> None:
    assert konvoi("restore", tmp_path / "cell.backup", "--key-file", tmp_path / "key").code == 2


def briefs(folder: Path) -> dict[str, bytes]:
    """The results of a run, without the mark of what they were made from: it holds the chain."""
    assert konvoi("run", folder).code in (0, 1, 3)
    found = {name: one for name, one in read_all(folder).items() if name.startswith(("out/", "out-cell/"))}
    found.pop("out-cell/inputs.txt", None)
    return found


@pytest.mark.parametrize(
    ("example", "store"),
    [
        ("small", "folder"),
        ("small", "sqlite"),
        pytest.param("exercise", "sqlite", marks=pytest.mark.slow),
    ],
)
def test_briefs_are_the_same_from_a_restored_workspace(example: str, store: str, tmp_path: Path) -> None:
    here = tmp_path / "cell"
    folder = copied("exercise", here) if example == "exercise" else of_day(workspace(here))
    if store == "sqlite":
        assert konvoi("import-workspace", folder).code == 0
    words = ("--key-file", tmp_path / "key")
    assert konvoi("backup", folder, "--to", tmp_path / "cell.backup", *words).code == 0
    before = briefs(folder)
    # At the same place: paths may stand in results.
    shutil.move(folder, tmp_path / "before")
    assert konvoi("restore", tmp_path / "cell.backup", *words, "--dir", folder).code == 0
    assert len(before) > 5
    assert briefs(folder) == before
