"""Strangers' files are read in a child process that is thrown away: no other files, no network, bounds."""

import os
import select
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import IO

from konvoi.gateways.sandbox_child import MEMORY, UNCONFINED
from konvoi.gateways.sandbox_start import Child, start

_CHUNK = 1 << 16
_MOMENT = 0.2


@dataclass(frozen=True)
class Limits:
    """Limits of one child process.

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
    """The result of a child process: its answer, or None and `why` (an English message id)."""

    answer: bytes | None
    why: str = ""


def run(
    target: str, payload: bytes, limits: Limits | None = None, *, stopped: Event | None = None
) -> Outcome:
    """Call `module:function` on bytes in a child of its own and return the bytes that it returns.

    However the child ends (memory, time, a crash of a library, a signal), the caller goes on. Once
    `stopped` is set, the child is ended within a moment.
    """
    limits = limits or Limits()
    return _ended(start(target, _numbers(limits)), payload, limits, stopped)


def run_on(target: str, source: IO[bytes], words: Sequence[str], limits: Limits) -> Outcome:
    """`run` on an open file that the child reads by itself, piece by piece, so that it is never in memory as
    a whole.

    words: what else the target is given, at least one.
    """
    return _ended(start(target, _numbers(limits), words, source), b"", limits, None)


def _ended(child: Child, payload: bytes, limits: Limits, stopped: Event | None) -> Outcome:
    late = True
    try:
        answer, late = _talk(child, payload, limits, stopped or Event())
    finally:
        code = _end(child, at_once=late)
    return _outcome(code, answer, late)


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


def _numbers(limits: Limits) -> tuple[int, int, int]:
    return limits.memory, limits.seconds, limits.files


def _talk(child: Child, payload: bytes, limits: Limits, stopped: Event) -> tuple[bytes, bool]:
    """Send the payload and take the answer, at the same time; True where patience ran out."""
    for pipe in child.pipes:
        os.set_blocking(pipe.fileno(), False)
    until = time.monotonic() + limits.patience
    view = memoryview(payload)
    sent = 0
    answer = bytearray()
    writing: Sequence[int] = [child.payload.fileno()] if child.payload else []
    while time.monotonic() < until and len(answer) <= limits.answer and not stopped.is_set():
        can_read, can_write, _ = select.select([child.answer.fileno()], writing, [], _MOMENT)
        if can_write and child.payload:
            sent = _send(child.payload.fileno(), view, sent)
            if sent >= len(view):
                child.payload.close()
                writing = []
        if can_read:
            more = os.read(child.answer.fileno(), _CHUNK * 16)
            if not more:
                return bytes(answer), False
            answer += more
    return b"", True


def _send(pipe: int, view: memoryview, sent: int) -> int:
    """Return the number of bytes sent so far; all if the child does not listen any more."""
    try:
        return sent + os.write(pipe, view[sent : sent + _CHUNK])
    except BrokenPipeError:
        return len(view)
    except BlockingIOError:
        return sent


def _end(child: Child, *, at_once: bool) -> int:
    """See the child and all it may have started to their end; its exit code."""
    with child:
        if not at_once:
            with suppress(TimeoutError):
                return child.code(seconds=1)
        child.kill()
        return child.code()


def _outcome(code: int, answer: bytes, late: bool) -> Outcome:
    if late:
        return Outcome(None, "it took too long or sent back too much")
    if code == 0 and answer:
        return Outcome(answer)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return Outcome(None, "it took too long")
    if code == UNCONFINED:
        return Outcome(None, "this machine cannot keep its reader from other files")
    if code == MEMORY:
        return Outcome(None, "it needs too much memory")
    return Outcome(None, "its reader broke down")
