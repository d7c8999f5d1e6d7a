"""Whatever a child does, the program goes on and says what became of it."""

import os
import signal
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from konvoi.gateways import landlock
from konvoi.gateways.sandbox import Limits, run, run_many, run_on
from konvoi.gateways.sandbox_start import start
from konvoi.intake.batch import packed_batch

HOSTILE = """
import os, socket, subprocess, sys, time

def echo(payload):
    print("libraries chatter")
    return payload[::-1]

def hoard(payload):
    return bytes(1_000_000_000)

def spin(payload):
    while True:
        pass

def sleep(payload):
    time.sleep(60)

def wait(payload):
    time.sleep(60 if payload else 0)
    return b"done"

def abort(payload):
    os.abort()

def fall(payload):
    raise KeyError("x")

def leave(payload):
    raise SystemExit(0)

def flood(payload):
    return bytes(5_000_000)

def call(payload):
    return b"out" if socket.socket() else b""

def shell(payload):
    return subprocess.run(["true"]).args[0].encode()

def keep(payload):
    with open(payload.decode(), "w") as file:
        file.write("mine")
    return b"kept"

def low_keep(payload):
    os.write(os.open(payload.decode(), os.O_WRONLY | os.O_CREAT), b"mine")
    return b"kept"

def stream(source, word):
    return word.encode() + source.read(3) + source.read()[-3:]

def spin_on(source, word):
    while True:
        pass

def remember(payload):
    sys.flags_of_mine = getattr(sys, "flags_of_mine", b"") + payload
    return sys.flags_of_mine

def prepare():
    sys.prepared = getattr(sys, "prepared", 0) + 1

def prepared(payload):
    return str(sys.prepared).encode()

def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True

def held(payload):
    return " ".join(str(one) for one in range(1024) if is_open(one)).encode()

def stay(payload):
    os.write(3, str(os.getpid()).encode())
    time.sleep(60)

def parent(payload):
    return str(os.getppid()).encode()

def look(payload):
    return repr(sorted(os.environ)).encode()

def peek(payload):
    return open(payload.decode(), "rb").read()

def names(payload):
    return repr(os.listdir(payload.decode())).encode()

def late(payload):
    import wave
    return wave.__name__.encode()
"""

UNCONFINED = """
from konvoi.gateways import landlock

def prepare():
    landlock.leave_files = leave_files

def echo(payload):
    return payload
"""


@pytest.fixture(autouse=True)
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hostile.py").write_text(HOSTILE)
    monkeypatch.syspath_prepend(str(tmp_path))


SMALL = Limits(memory=500_000_000, seconds=1, patience=10)


@pytest.mark.slow
def test_a_large_file_is_read_by_the_child_itself(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"abc" + bytes(100_000) + b"xyz")
    with (tmp_path / "large").open("rb") as file:
        assert run_on("hostile:stream", file, ("word",), SMALL).answer == b"wordabcxyz"
        assert run_on("hostile:spin_on", file, ("word",), SMALL).why == "it took too long"


def test_what_the_function_returns_comes_back_and_nothing_that_was_printed() -> None:
    assert run("hostile:echo", b"abc").answer == b"cba"


def test_a_payload_larger_than_any_pipe_comes_back_whole() -> None:
    payload = bytes(range(256)) * 20_000
    assert run("hostile:echo", payload).answer == payload[::-1]


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("hoard", "it needs too much memory"),
        ("spin", "it took too long"),
        ("abort", "its reader broke down"),
        ("fall", "its reader broke down"),
        ("leave", "its reader broke down"),
        ("call", "its reader broke down"),
        ("shell", "its reader broke down"),
    ],
)
def test_a_child_that_misbehaves_ends_alone(name: str, why: str) -> None:
    outcome = run(f"hostile:{name}", b"", SMALL)
    assert outcome.answer is None
    assert outcome.why == why


def test_patience_ends_where_no_processor_time_is_used() -> None:
    assert (
        run("hostile:sleep", b"", replace(SMALL, patience=1)).why == "it took too long or sent back too much"
    )


def test_an_answer_may_not_be_larger_than_the_limit() -> None:
    assert run("hostile:flood", b"", replace(SMALL, answer=1_000_000)).answer is None


@pytest.mark.parametrize("name", ["keep", "low_keep"])
def test_nothing_is_written_to_disk(tmp_path: Path, name: str) -> None:
    file = tmp_path / "written"
    assert run(f"hostile:{name}", str(file).encode(), SMALL).answer is None
    assert not file.exists()


def test_the_child_sees_none_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONVOI_SECRET", "x")
    answer = run("hostile:look", b"").answer
    assert answer is not None
    assert b"SECRET" not in answer


def test_outcomes_come_in_the_order_of_the_payloads() -> None:
    payloads = [b"a", b"bc", b"def", b"gh"]
    assert [one.answer for one in run_many("hostile:echo", payloads)] == [b"a", b"cb", b"fed", b"hg"]


def test_who_leaves_early_waits_for_nobody() -> None:
    outcomes = run_many("hostile:wait", [b"", b"long", b"long"], replace(SMALL, patience=60))
    began = monotonic()
    assert next(outcomes).answer == b"done"
    assert isinstance(outcomes, Generator)
    outcomes.close()
    assert monotonic() - began < 10


def test_no_child_meets_what_another_left_behind() -> None:
    assert [run("hostile:remember", word).answer for word in (b"a", b"b")] == [b"a", b"b"]


def test_what_all_readings_need_is_prepared_once_and_before_the_first() -> None:
    assert [run("hostile:prepared", b"").answer for _ in range(2)] == [b"1", b"1"]


def test_a_child_holds_no_file_of_ours_nor_of_another_child() -> None:
    with start("hostile:sleep", (500_000_000, 1, 64)):
        held = run("hostile:held", b"").answer
    assert held is not None
    # In, out, errors, and the answer.
    assert sorted(held.split()) == [b"0", b"1", b"2", b"3"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="lists threads as Linux tells them")
def test_no_thread_is_at_work_where_children_are_copied() -> None:
    assert run("konvoi.intake.batch:read_batch", packed_batch([])).why == ""
    server = run("hostile:parent", b"").answer
    assert server is not None
    threads = [one.read_text().strip() for one in Path(f"/proc/{server.decode()}/task").glob("*/comm")]
    # The one thread beside the server's own waits for files that Polars may lay down; children may not write.
    assert sorted(threads)[:-1] == ["polars-ooc-clea"]


def test_a_child_that_nobody_waits_for_is_ended() -> None:
    with start("hostile:stay", (500_000_000, 60, 64)) as child:
        assert child.payload is not None
        child.payload.close()
        pid = int(child.answer.read(16))
    until = monotonic() + 10
    while _lives(pid) and monotonic() < until:
        sleep(0.01)
    assert not _lives(pid)


def test_where_the_server_was_ended_another_takes_its_place() -> None:
    first = run("hostile:parent", b"").answer
    assert first is not None
    os.kill(int(first), signal.SIGKILL)
    while _lives(int(first)):
        sleep(0.01)
    assert run("hostile:parent", b"").answer not in {None, first}


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
@pytest.mark.parametrize("where", ["file of a workspace", "own module", "file of the system", "processes"])
def test_a_child_reads_no_file_but_the_one_that_it_is_given(where: str, tmp_path: Path) -> None:
    (tmp_path / "konvoi.toml").write_text("secret")
    path = {
        "file of a workspace": tmp_path / "konvoi.toml",
        "own module": tmp_path / "hostile.py",
        "file of the system": Path("/etc/passwd"),
        "processes": Path("/proc/self/status"),
    }[where]
    assert path.exists()
    assert run("hostile:peek", str(path).encode()).answer is None
    assert run("hostile:names", str(path.parent).encode()).answer is None


def test_a_child_still_loads_modules_of_python() -> None:
    assert run("hostile:late", b"").answer == b"wave"
    assert run("hostile:peek", os.__file__.encode()).answer == Path(os.__file__).read_bytes()


@pytest.mark.parametrize(
    ("gave", "promised", "read"),
    [
        ("return 0", "", True),
        ("return 0", "required", False),
        ("raise OSError(1, 'refused')", "", False),
        ("return 7", "required", True),
    ],
)
def test_a_file_is_read_only_where_what_was_promised_is_in_force(
    gave: str, promised: str, read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel without Landlock is a risk that only a promise forbids; one that refuses it is none."""
    (tmp_path / "unconfined.py").write_text(f"{UNCONFINED}\ndef leave_files(paths):\n    {gave}\n")
    monkeypatch.setenv("KONVOI_CONFINE", promised)
    outcome = run("unconfined:echo", b"abc")
    why = "" if read else "this machine cannot keep its reader from other files"
    assert (outcome.answer, outcome.why) == (b"abc" if read else None, why)
