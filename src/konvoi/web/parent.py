"""The end of a process whose parent has ended, however that ended."""

import os
import signal
import threading
import time

PAUSE = 0.5
"""Seconds between two looks at the parent."""


def end_with_parent() -> None:
    """Ask this process to stop once its parent is gone; a thread watches for it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
