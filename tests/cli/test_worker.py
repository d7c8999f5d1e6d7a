"""konvoi worker: hands over to the worker of an instance."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from tests.cli.calling import konvoi


def test_the_worker_takes_the_place_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = Mock()
    monkeypatch.setattr(os, "execve", replaced)
    konvoi("worker", tmp_path)
    assert replaced.call_args.args[1][1:] == ["-P", "-m", "konvoi.web.work", str(tmp_path)]
    assert konvoi("worker", tmp_path / "none").code == 2


@pytest.mark.slow
def test_a_folder_without_an_instance_is_refused(tmp_path: Path) -> None:
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "KONVOI_LANG": "en"}
    run = [sys.executable, "-P", "-m", "konvoi.cli", "worker", str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env=known)
    assert (done.returncode, "no instance; start one: konvoi serve" in done.stderr) == (3, True)
