"""konvoi serve: hands over to the server, and ends all that it started."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest
from tests.cli.calling import konvoi

from konvoi.cli.i18n import VARIABLE


@pytest.fixture
def replaced(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """The process that would take the place of the command."""
    found = Mock()
    monkeypatch.setattr(os, "execve", found)
    return found


def test_the_server_takes_the_place_of_the_command(replaced: Mock, tmp_path: Path) -> None:
    assert konvoi("serve", tmp_path / "cell", "--port", "8100", "--no-worker").code == 0
    program, words, environment = replaced.call_args.args
    assert program == sys.executable
    assert words[1:4] == ["-P", "-m", "konvoi.web.start"]
    assert words[4:] == [str(tmp_path / "cell"), "--host", "127.0.0.1", "--port", "8100", "--no-worker"]
    assert environment[VARIABLE] == "en"


def test_it_speaks_the_language_of_the_workspace(replaced: Mock, tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    settings = tmp_path / "cell" / "konvoi.toml"
    settings.write_text(re.sub(r"languages = .*", 'languages = ["uk"]', settings.read_text()))
    konvoi("serve", tmp_path / "cell")
    assert replaced.call_args.args[2][VARIABLE] == "uk"


def test_a_folder_that_is_no_workspace_is_not_served_by_chance(
    replaced: Mock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    called = konvoi("serve")
    assert (called.code, "no workspace in this folder" in called.err) == (2, True)
    assert not replaced.called
    konvoi("serve", "--demo")
    assert replaced.call_args.args[1][4] == str(Path("out") / "serve-demo")


@contextmanager
def served(folder: Path, *words: str, **environment: str) -> "Iterator[subprocess.Popen[str]]":
    """The command in a process of its own."""
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment}
    for name in ("KONVOI_DIR", "KONVOI_HOSTS", "DJANGO_SETTINGS_MODULE"):
        known.pop(name, None)
    run = [sys.executable, "-P", "-m", "konvoi.cli", "serve", str(folder), *words]
    child = subprocess.Popen(run, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def first_line(child: "subprocess.Popen[str]") -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def comes(what: object, seconds: float = 90) -> bool:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():  # type: ignore[operator]
            return True
        time.sleep(0.3)
    return False


def processes_of(folder: Path) -> list[int]:
    """The processes of an instance, by the folder that stands in their environment."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            environment = (one / "environ").read_bytes()
        except OSError:
            continue
        if f"KONVOI_DIR={folder}".encode() in environment.split(b"\0"):
            found.append(int(one.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="asks /proc for processes")


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_end_of_the_command_ends_all_that_it_started(number: signal.Signals, tmp_path: Path) -> None:
    folder = tmp_path / "cell"
    with served(folder, "--port", "0", KONVOI_LANG="de") as child:
        address = first_line(child).removeprefix("Konvoi: ")
        assert child.stdout is not None
        assert child.stdout.readline().startswith("Als Administrator anmelden (einmal, binnen 10 Minuten): ")
        assert comes(lambda: answers(address))
        assert len(processes_of(folder)) >= 3
        child.send_signal(number)
        assert comes(lambda: child.poll() is not None)
        assert child.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 0)
        assert comes(lambda: not processes_of(folder), 30)
        assert not answers(address)


@pytest.mark.slow
def test_a_port_that_is_taken_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with served(tmp_path / "cell", "--port", str(port), KONVOI_LANG="en") as child:
            assert child.wait(90) == 3
            assert child.stderr is not None
            assert f"konvoi: port {port} is in use" in child.stderr.read()
    assert not (tmp_path / "cell").exists()


@pytest.mark.slow
def test_a_demonstration_is_served_on_this_machine_alone(tmp_path: Path) -> None:
    with served(tmp_path / "demo", "--demo", "--host", "0.0.0.0", KONVOI_LANG="uk") as child:
        assert child.wait(90) == 3
        assert child.stderr is not None
        assert "демонстрація доступна лише на цій машині" in child.stderr.read()


@pytest.mark.slow
def test_a_missing_file_of_a_secret_is_a_plain_message(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    with served(tmp_path / "cell", "--migrate", KONVOI_SMTP_PASSWORD_FILE=missing, KONVOI_LANG="en") as child:
        assert child.wait(60) == 3
        assert child.stderr is not None
        told = child.stderr.read()
    assert told.startswith(f"konvoi: KONVOI_SMTP_PASSWORD_FILE: {missing} cannot be read;")
    assert "Traceback" not in told
