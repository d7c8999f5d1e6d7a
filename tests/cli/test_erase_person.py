"""konvoi erase-person: it goes on as a process of the web; tests/web/personal tries what that does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_import_workspace import cell

__all__ = ["cell"]


def erased(folder: Path, target: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for name in ("KONVOI_DIR", "KONVOI_HOSTS", "DJANGO_SETTINGS_MODULE"):
        known.pop(name, None)
    run = [sys.executable, "-P", "-m", "konvoi.cli", "erase-person", "a.name@example.org"]
    run += ["--dir", str(folder), "--list", str(target), *words]
    return subprocess.run(run, env=known, capture_output=True, text=True, check=False)


def test_a_folder_without_an_instance_is_refused(cell: Path, tmp_path: Path) -> None:
    done = erased(cell, tmp_path / "erasures.jsonl")
    assert (done.returncode, "no instance; start one" in done.stderr) == (3, True)
    assert not (tmp_path / "erasures.jsonl").exists()


@pytest.mark.slow
def test_nobody_of_an_address_is_a_refusal_and_nothing_is_listed(cell: Path, tmp_path: Path) -> None:
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    made = [sys.executable, "-P", "-m", "konvoi.cli", "import-workspace", str(cell)]
    subprocess.run(made, env=known, capture_output=True, check=True)
    done = erased(cell, tmp_path / "erasures.jsonl")
    assert done.returncode == 3, done.stderr
    assert "a.name@example.org" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "erasures.jsonl").exists()
