"""A child process ends with the one that started it, also where that ended before the child was ready."""

import os
import subprocess
import sys
import time

import pytest

from konvoi.web.parent import child_environment, named_parent

LATE = """
import time
time.sleep(1)
from konvoi.web.parent import end_with_parent
end_with_parent()
time.sleep(60)
"""


def test_a_child_reads_its_parent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named_parent() is None
    given = child_environment()
    monkeypatch.setenv("KONVOI_STARTED_BY", given["KONVOI_STARTED_BY"])
    assert named_parent() == os.getpid()
    assert named_parent() is None


def test_a_child_ends_whose_parent_ended_before_it_looked() -> None:
    start = (
        "import subprocess, sys\nfrom konvoi.web.parent import child_environment\n"
        "child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], env=child_environment())\n"
        "print(child.pid, flush=True)"
    )
    run = [sys.executable, "-c", start, LATE]
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    told = subprocess.Popen(run, env=known, stdout=subprocess.PIPE, text=True)
    assert told.stdout is not None
    number = int(told.stdout.readline())
    told.wait()
    assert any(_ended(number) for _ in range(200))


def _ended(number: int) -> bool:
    """Look once whether a process is gone, and pause where it is not."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    time.sleep(0.1)
    return False
