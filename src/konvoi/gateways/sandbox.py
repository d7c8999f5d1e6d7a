"""Strangers' files are read in a child process that is thrown away: bounded memory and time, no network."""

import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from threading import Event
from typing import IO

_CHUNK = 1 << 16
_MOMENT = 0.2


@dataclass(frozen=True)
class Limits:
    """What one child may use.

    memory: bytes of address space. seconds: of processor time; patience: seconds of the clock. files: open
    at once. answer: bytes of what it sends back.
    """

    memory: int = 2_000_000_000
    seconds: int = 60
    patience: int = 120
    files: int = 64
    answer: int = 1_000_000_000


@dataclass(frozen=True)
class Outcome:
    """What became of a child: what it sent back, or None and `why` (an English message id)."""

    answer: bytes | None
    why: str = ""


def run(
    target: str, payload: bytes, limits: Limits | None = None, *, stopped: Event | None = None
) -> Outcome:
    """Call `module:function` on bytes in a child of its own and give back the bytes that it returns.

    However the child ends (memory, time, a crash of a library, a signal), the caller goes on. Once
    `stopped` is set, the child is ended within a moment.
    """
    limits = limits or Limits()
    return _ended(_started(target, limits, subprocess.PIPE), payload, limits, stopped)


def run_on(target: str, source: IO[bytes], words: Sequence[str], limits: Limits) -> Outcome:
    """`run` on an open file that the child reads by itself, piece by piece, so that nobody holds it whole.

    words: what else the target is given, at least one.
    """
    return _ended(_started(target, limits, source, words), b"", limits, None)


def _started(
    target: str, limits: Limits, source: IO[bytes] | int, words: Sequence[str] = ()
) -> "subprocess.Popen[bytes]":
    module = "konvoi.gateways.sandbox_child"
    return subprocess.Popen(
        [sys.executable, "-s", "-B", "-m", module, target, *_numbers(limits), *words],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        close_fds=True,
        start_new_session=True,
    )


def _ended(
    child: "subprocess.Popen[bytes]", payload: bytes, limits: Limits, stopped: Event | None
) -> Outcome:
    late = True
    try:
        answer, late = _talk(child, payload, limits, stopped or Event())
    finally:
        _end(child, at_once=late)
    return _outcome(child.returncode, answer, late)


def run_many(
    target: str, payloads: Iterable[bytes], limits: Limits | None = None, *, at_once: int = 2
) -> Iterator[Outcome]:
    """`run` for each payload, a few at once, each in a child of its own; outcomes in the payloads' order."""
    stopped = Event()
    running: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(max_workers=max(1, at_once)) as pool:
        # Left early, by the caller or by Ctrl-C, nothing is waited for but the end of the children.
        try:
            # No more payloads are taken than can be worked on: they may be large.
            for payload in payloads:
                running.append(pool.submit(run, target, payload, limits, stopped=stopped))
                if len(running) >= max(1, at_once):
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            stopped.set()


def _numbers(limits: Limits) -> list[str]:
    return [str(asdict(limits)[name]) for name in ("memory", "seconds", "files")]


def _environment() -> dict[str, str]:
    """No secret of ours, one thread for each library, and the same hashes in each run."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return {
        "PYTHONPATH": paths,
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "POLARS_MAX_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _talk(
    child: "subprocess.Popen[bytes]", payload: bytes, limits: Limits, stopped: Event
) -> tuple[bytes, bool]:
    """Send the payload and take the answer, at the same time; True where patience ran out."""
    assert child.stdout is not None
    pipes = [pipe for pipe in (child.stdin, child.stdout) if pipe is not None]
    for pipe in pipes:
        os.set_blocking(pipe.fileno(), False)
    until = time.monotonic() + limits.patience
    view, sent, answer = memoryview(payload), 0, bytearray()
    writing: Sequence[int] = [child.stdin.fileno()] if child.stdin else []
    while time.monotonic() < until and len(answer) <= limits.answer and not stopped.is_set():
        can_read, can_write, _ = select.select([child.stdout.fileno()], writing, [], _MOMENT)
        if can_write and child.stdin:
            sent = _send(child.stdin.fileno(), view, sent)
            if sent >= len(view):
                child.stdin.close()
                writing = []
        if can_read:
            more = os.read(child.stdout.fileno(), _CHUNK * 16)
            if not more:
                return bytes(answer), False
            answer += more
    return b"", True


def _send(pipe: int, view: memoryview, sent: int) -> int:
    """How much is sent by now; all of it where the child does not listen any more."""
    try:
        return sent + os.write(pipe, view[sent : sent + _CHUNK])
    except BrokenPipeError:
        return len(view)
    except BlockingIOError:
        return sent


def _end(child: "subprocess.Popen[bytes]", *, at_once: bool) -> None:
    """See the child and all it may have started to their end."""
    if at_once:
        _kill(child)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
    try:
        child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        _kill(child)
        child.wait()


def _kill(child: "subprocess.Popen[bytes]") -> None:
    # It may have ended by itself in the same moment.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _outcome(code: int, answer: bytes, late: bool) -> Outcome:
    if late:
        return Outcome(None, "it took too long or sent back too much")
    if code == 0 and answer:
        return Outcome(answer)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return Outcome(None, "it took too long")
    if code == MEMORY:
        return Outcome(None, "it needs too much memory")
    return Outcome(None, "its reader broke down")


MEMORY = 77
"""The code with which a child ends that ran out of memory."""
