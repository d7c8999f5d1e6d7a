"""One process at a time holds a lock; it is free as soon as its holder ends, however that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from konvoi.gateways.lock import locked
from konvoi.gateways.refusal import Refused

HOLDER = """
import sys, time
from pathlib import Path
from konvoi.gateways.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=paths)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_refused_with_the_name_of_the_first(
    tmp_path: Path, holder: "subprocess.Popen[str]"
) -> None:
    told = rf"is being changed by .*process {holder.pid} on "
    with pytest.raises(Refused, match=told), locked(tmp_path / "lock", seconds=0.1):
        pass
    holder.kill()
    holder.wait()


def test_a_lock_is_free_when_its_process_was_killed(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with locked(tmp_path / "lock", seconds=0.1) as fresh:
        assert fresh


def test_who_holds_a_lock_may_take_it_again(tmp_path: Path) -> None:
    with locked(tmp_path / "lock") as first, locked(tmp_path / "lock", seconds=0.1) as second:
        assert (first, second) == (True, False)
    with locked(tmp_path / "lock", seconds=0.1) as again:
        assert again
    assert (tmp_path / "lock").read_text() == ""
