"""A lock between processes: one holder at a time, free again as soon as its process ends."""

import fcntl
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from konvoi.gateways.refusal import Refused

WAIT = 10.0
"""Seconds that a second process waits before it is refused."""

_PAUSE = 0.02
_HELD: dict[tuple[Path, int], int] = {}


@contextmanager
def locked(path: Path, *, seconds: float = WAIT) -> Iterator[bool]:
    """Hold the lock of a file; a thread that holds it already goes on (the value is then False).

    The file stays when the lock is free: it names the holder of the lock, and is empty while there is none.
    Refused with that after `seconds`, or where the file cannot be written.
    """
    key = (path.resolve(), threading.get_ident())
    if _HELD.get(key):
        yield False
        return
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise Refused(f"{path.parent}: cannot be changed: {error.strerror}") from error
    try:
        _wait(descriptor, path, seconds)
        _HELD[key] = 1
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, _holder().encode(), 0)
        yield True
    finally:
        # Only its holder empties the file: a process that was refused leaves it as it is.
        if _HELD.pop(key, 0):
            os.ftruncate(descriptor, 0)
        os.close(descriptor)


def _wait(descriptor: int, path: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
            holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace") or "another process"
            raise Refused(
                f"{path.parent}: is being changed by {holder}; nothing was changed; try again later"
            ) from None
        return


def _holder() -> str:
    """Return the holder of the lock, in a form by which a person finds the process."""
    user = os.environ.get("USER") or os.environ.get("LOGNAME") or f"user {os.getuid()}"
    return f"{user}, process {os.getpid()} on {socket.gethostname()}"
