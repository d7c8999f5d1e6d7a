"""Which ends of a command count as a run that can be measured."""

import subprocess
from pathlib import Path

import pytest
from bench.record import ROOT
from bench.verbs import shell


@pytest.mark.parametrize(("words", "code"), [("--version", 0), ("total nowhere", 2)])
def test_a_command_that_is_used_wrongly_is_no_run(words: str, code: int, tmp_path: Path) -> None:
    done = subprocess.run(shell(tmp_path, words), env={"PYTHONPATH": str(ROOT / "src")}, check=False)
    assert done.returncode == code
