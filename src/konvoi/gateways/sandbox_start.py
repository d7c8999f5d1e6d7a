"""Children for strangers' files are asked of one server process, started when first needed."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO, Self

from konvoi.gateways.sandbox_child import CONFINE


@dataclass(frozen=True)
class Child:
    """A child at work, killed when it is left.

    payload: where what it is to read is written, None where it reads a file. answer: what it sends back.
    line: its lifeline.
    """

    payload: IO[bytes] | None
    answer: IO[bytes]
    line: socket.socket

    @property
    def pipes(self) -> list[IO[bytes]]:
        """The pipes to and from it."""
        return [pipe for pipe in (self.payload, self.answer) if pipe is not None]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        for pipe in self.pipes:
            pipe.close()

    def kill(self) -> None:
        """End it, and all that it may have started."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_WR)

    def code(self, seconds: float | None = None) -> int:
        """Its exit code once it has ended, minus the signal that ended it; TimeoutError where it goes on."""
        self.line.settimeout(seconds)
        return int(self.line.recv(16) or -signal.SIGKILL)


def start(
    target: str, limits: Sequence[int], words: Sequence[str] = (), source: IO[bytes] | None = None
) -> Child:
    """A child that calls `module:function` on an open file and words, or on all that is sent to it.

    The server calls `prepare` of the module, where there is one, before the first child for it is made.
    limits: bytes of memory, seconds of processor time, files open at once.
    """
    reading, sending = (os.dup(source.fileno()), None) if source else os.pipe()
    answer, answering = os.pipe()
    line, far = socket.socketpair()
    theirs = [reading, answering, far.detach()]
    try:
        _order([target, *map(str, limits), *words], theirs)
    finally:
        for end in theirs:
            os.close(end)
    return Child(None if sending is None else open(sending, "wb", 0), open(answer, "rb", 0), line)


class _Server:
    """The server process, as it is seen from here."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-B", "-m", "konvoi.gateways.sandbox_server"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                close_fds=True,
                start_new_session=True,
            )

    def takes(self, order: Sequence[str], files: Sequence[int]) -> bool:
        """Have a child made; False where the server was ended."""
        with suppress(OSError):
            socket.send_fds(self._orders, [json.dumps(order).encode()], files)
            return True
        return False

    def leave(self) -> None:
        """Ask for no more; it ends by itself after its last child."""
        self._orders.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)


_ONE_AT_A_TIME = Lock()
_servers: list[_Server] = []


def _order(order: Sequence[str], files: Sequence[int]) -> None:
    """Have a child made by the server, by a new one where there is none that loads our code from here."""
    environment = _environment()
    with _ONE_AT_A_TIME:
        if any(one.environment == environment and one.takes(order, files) for one in _servers):
            return
        _leave()
        _servers.append(_Server(environment))
        _servers[0].takes(order, files)


@atexit.register
def _leave() -> None:
    while _servers:
        _servers.pop().leave()


def _environment() -> dict[str, str]:
    """No secret of ours, one thread for each library and none at work when a child is copied, same hashes."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return {
        "PYTHONPATH": paths,
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "POLARS_MAX_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "_RJEM_MALLOC_CONF": "background_thread:false",
        CONFINE: os.environ.get(CONFINE, ""),
    }
