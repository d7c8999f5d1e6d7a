"""A process that stands by with the plan loaded while planners have the form of scenarios open.

It does one scenario and ends, as every job has a process of its own; the worker then starts the next one.
"""

import subprocess
import sys
import time
from dataclasses import dataclass

from django.core.cache import cache

from konvoi.web.parent import child_environment
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import WHAT_IF

FOR = 1800
"""Seconds after the form was last opened in which a process stands by."""
PAUSE = 2.0
"""Seconds between two looks whether one is wanted."""
_WANTED = "scenario-stand-by"


def want_stand_by() -> None:
    """Note that the form of scenarios is open; the note of the last minute is not written again."""
    if time.time() - float(cache.get(_WANTED) or 0) > 60:
        cache.set(_WANTED, time.time(), FOR)


@dataclass
class StandBy:
    """The process that stands by, if any."""

    child: "subprocess.Popen[bytes] | None" = None
    looked: float = 0.0

    def look(self, *, busy: bool = False) -> None:
        """Start a process where one is wanted and none stands by; end it where it is no longer wanted.

        busy: whether a scenario is being answered, which another process would slow down. A process ends by
        itself once other results are the newest.
        """
        if time.monotonic() - self.looked < PAUSE:
            return
        self.looked = time.monotonic()
        if self.child is not None and self.child.poll() is not None:
            self.child = None
        wanted = cache.get(_WANTED) is not None
        if not wanted:
            self.end()
        elif self.child is None and not busy:
            self.child = subprocess.Popen(
                [sys.executable, "-P", "-m", "konvoi.web.stand_by"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                env=child_environment(),
            )

    def give(self, job: Job) -> "subprocess.Popen[bytes] | None":
        """Hand a scenario to the process, and return the process; None where none takes it."""
        child = self.child
        if job.kind != WHAT_IF or child is None or child.stdin is None or child.poll() is not None:
            return None
        self.child = None
        try:
            child.stdin.write(f"{job.pk}\n".encode())
            child.stdin.close()
        except OSError:
            return None
        return child

    def end(self) -> None:
        """End the process: its input ends."""
        if self.child is not None and self.child.stdin is not None:
            self.child.stdin.close()
        self.child = None
