"""Landlock takes from a process what it does not need, whatever code runs in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from konvoi.gateways import landlock

pytestmark = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")

PROGRAM = """
import os, signal, socket, sys
from konvoi.gateways.landlock import leave_files
kept, file, other = sys.argv[1:]
given = open(os.path.join(other, "given"))
with socket.socket() as listening:
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    port = listening.getsockname()[1]
    known = leave_files([kept, file, os.path.join(other, "missing")])
    def refused(work):
        try:
            work()
        except PermissionError:
            return "refused"
        return "done"
    print("read", refused(lambda: open(os.path.join(kept, "a")).read()))
    print("file", refused(lambda: open(file).read()))
    print("given", given.read())
    print("list", refused(lambda: os.listdir(kept)))
    print("read other", refused(lambda: open(os.path.join(other, "b")).read()))
    print("list other", refused(lambda: os.listdir(other)))
    print("write", refused(lambda: open(os.path.join(kept, "a"), "w")))
    print("make", refused(lambda: open(os.path.join(kept, "new"), "w")))
    print("remove", refused(lambda: os.remove(os.path.join(kept, "a"))))
    print("folder", refused(lambda: os.mkdir(os.path.join(kept, "folder"))))
    print("rename", refused(lambda: os.rename(os.path.join(kept, "a"), os.path.join(kept, "c"))))
    print("run", refused(lambda: os.execv("/bin/true", ["true"])))
    if known >= 4:
        print("connect", refused(lambda: socket.create_connection(("127.0.0.1", port))))
    if known >= 6:
        print("kill", refused(lambda: os.kill(os.getppid(), 0)))
"""


def test_all_but_reading_what_is_named_is_refused(tmp_path: Path) -> None:
    kept, other = tmp_path / "kept", tmp_path / "other"
    for name in ("kept/a", "other/b", "other/file", "other/given"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("here")
    words = [sys.executable, "-c", PROGRAM, str(kept), str(other / "file"), str(other)]
    there = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=there)
    told = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
    allowed = {"read": "done", "file": "done", "list": "done", "given": "here"}
    assert {name: told.pop(name) for name in allowed} == allowed
    assert len(told) >= 8
    assert set(told.values()) == {"refused"}
    assert sorted(one.name for one in kept.iterdir()) == ["a"]


def test_a_kernel_without_it_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert landlock.leave_files(["/nowhere"]) == 0
    assert Path("/etc/passwd").read_bytes()
