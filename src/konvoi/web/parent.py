"""The end of a process whose parent has ended, however that ended."""

import os
import signal
import threading
import time
from collections.abc import Mapping

PAUSE = 0.5
"""Seconds between two looks at the parent."""
_STARTED_BY = "KONVOI_STARTED_BY"


def child_environment() -> Mapping[str, str]:
    """Return the environment for a child that is to end with this process."""
    return {**os.environ, _STARTED_BY: str(os.getpid())}


def named_parent() -> int | None:
    """Return the number of the process that started this one to end with it; None where none said so.

    A look at the parent would come too late where that ended before this process was ready.
    """
    # Taken out: a child of this process has another parent.
    number = os.environ.pop(_STARTED_BY, "")
    return int(number) if number else None


def end_with_parent() -> None:
    """Ask this process to stop once its parent is gone; a thread watches for it."""
    named = named_parent()
    parent = os.getppid() if named is None else named

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
