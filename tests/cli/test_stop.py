"""Ctrl-C leaves nothing half-done, and says so without a traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.flow.workspaces import alone, of_day, workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("after", ["Reading submissions", "Matching entries", "Writing the brief"])
def test_a_run_that_is_stopped_leaves_no_out(tmp_path: Path, after: str) -> None:
    folder = of_day(alone(workspace(tmp_path)))
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    argv = [sys.executable, "-m", "konvoi.cli", "run", str(folder)]
    child = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, env=environment)
    assert child.stderr is not None
    said = ""
    while after not in said:
        line = child.stderr.readline()
        assert line, f"{after!r} never came: {said}"
        said += line
    time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    rest = child.stderr.read()
    code = child.wait(timeout=60)
    assert "Traceback" not in rest
    if code == 130:
        assert "No partial results were saved" in rest
        assert not (folder / "out").exists()
    else:
        assert (code, (folder / "out" / "brief.en.html").exists()) == (0, True)
    assert [p.name for p in folder.iterdir() if p.name.endswith(".part")] == []
