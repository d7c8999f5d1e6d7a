"""konvoi backup: one new file, and a key that is made once and kept elsewhere."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_import_workspace import cell

__all__ = ["cell"]


def test_the_first_backup_makes_a_key_and_says_to_keep_it_elsewhere(cell: Path, tmp_path: Path) -> None:
    words = ("backup", cell, "--to", tmp_path, "--key-file", tmp_path / "keys" / "key")
    first = konvoi(*words)
    assert first.code == 0
    assert f"New key: {tmp_path / 'keys' / 'key'}" in first.err
    assert "keep it and a copy away" in first.err
    made = list(tmp_path.glob("konvoi-*.backup"))
    assert len(made) == 1
    assert first.out.startswith(f"{made[0]}: backup of {cell}, ")
    made[0].unlink()
    assert "New key" not in konvoi(*words).err


@pytest.mark.slow
def test_what_cannot_be_backed_up_is_refused(cell: Path, tmp_path: Path) -> None:
    words = ("--to", tmp_path / "cell.backup", "--key-file", tmp_path / "key")
    assert konvoi("import-workspace", cell).code == 0
    sealed = konvoi("--store", "folder", "backup", cell, *words)
    assert (sealed.code, "leave --store folder out" in sealed.err) == (3, True)
    (tmp_path / "empty").mkdir()
    assert konvoi("backup", tmp_path / "empty", *words).code == 3
    assert not (tmp_path / "cell.backup").exists()
    assert not (tmp_path / "key").exists()


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_no_file_and_the_next_one_clears_up(
    cell: Path, tmp_path: Path
) -> None:
    assert konvoi("import-workspace", cell).code == 0
    (cell / "lists").mkdir()
    (cell / "lists" / "large").write_bytes(os.urandom(1 << 20) * 100)
    target = tmp_path / "backups"
    words = ("backup", str(cell), "--to", str(target / "cell.backup"), "--key-file", str(tmp_path / "key"))
    there = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, "-m", "konvoi.cli", *words], env=there) as running:
        until = time.monotonic() + 120
        while not list(target.glob(".*.part")) and time.monotonic() < until:
            time.sleep(0.01)
        running.kill()
    assert [one.suffix for one in target.iterdir()] == [".part"]
    assert konvoi(*words).code == 0
    assert [one.name for one in target.iterdir()] == ["cell.backup"]
    assert list(cell.glob(".*.part")) == []
