"""The process that children are copied from: it loads our readers once, and never sees a stranger's file.

A copy (os.fork) starts within milliseconds, and the effects of one file on its child reach no other child.
"""

import gc
import json
import os
import select
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module

from konvoi.gateways.sandbox_child import BROKEN, main, needed

# An order is a JSON list of target, limits and words, not longer than this; with it come three open files:
# its input, its output, and its lifeline.
_LONGEST = 1 << 16
_FILES = 3

# select knows no file numbers from here on, so the server has none.
_MOST = 1024


def serve(orders: socket.socket) -> None:
    """Make a child for each order, until there can be no more of them and all children have ended.

    A child's exit code is sent on its lifeline; the child is killed as soon as the other end is closed.
    """
    bell = _bell()
    # Worked out once, for all copies.
    needed()
    living: dict[int, socket.socket] = {}
    taking = [orders]
    while taking or living:
        watched: list[socket.socket | int] = [*taking, bell, *living.values()]
        ready, _, _ = select.select(watched, [], [])
        if bell in ready:
            os.read(bell, _LONGEST)
        for child, code in _ended():
            with living.pop(child) as line, suppress(OSError):
                line.sendall(str(code).encode())
        for child, line in living.items():
            if line in ready:
                _kill(child)
        if orders in ready:
            text, files, _, _ = socket.recv_fds(orders, _LONGEST, _FILES)
            if not text:
                taking.clear()
                continue
            child = _copied(json.loads(text), *files[:2])
            living[child] = socket.socket(fileno=files[2])
            os.close(files[0])
            os.close(files[1])


def _bell() -> int:
    """A pipe that can be read whenever a child has ended."""
    bell, ring = os.pipe()
    os.set_blocking(ring, False)
    signal.set_wakeup_fd(ring)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return bell


def _ended() -> Iterator[tuple[int, int]]:
    """Children that have ended, with their exit code: minus the signal where one ended them."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            yield found[0], os.waitstatus_to_exitcode(found[1])


@cache
def _loaded(module: str) -> None:
    """Load a module of readers once; one that fails is tried again in the child, which then ends."""
    with suppress(ImportError):
        prepare = getattr(import_module(module), "prepare", None)
        if prepare:
            prepare()
    # Else the collector would write to each object, and so copy it, in each child.
    gc.freeze()


def _kill(child: int) -> None:
    """End a child and all that it may have started; it may have ended by itself in the same moment."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _copied(order: list[str], source: int, answer: int) -> int:
    """A child that works on an order; its process id, which is that of its group too."""
    target, memory, seconds, files, *words = order
    _loaded(target.partition(":")[0])
    child = os.fork()
    if child:
        with suppress(OSError):
            os.setpgid(child, child)
        return child
    code = BROKEN
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(source, 0)
        os.dup2(answer, 1)
        os.closerange(3, _MOST)
        code = main(target, int(memory), int(seconds), int(files), *words)
    finally:
        # Nothing is to be cleared up, and libraries that broke must not hang: leave at once.
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=0))
    os._exit(0)
