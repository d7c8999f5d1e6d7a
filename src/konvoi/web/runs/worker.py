"""The worker: takes jobs, does each in a process of its own, and is heard of while it does."""

import logging
import math
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections

from konvoi.gateways.refusal import Refused
from konvoi.web.parent import child_environment, named_parent
from konvoi.web.runs.health import worker_is_there
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import LANES, WHAT_IF, claim, end, hold, reap
from konvoi.web.runs.stand_by import StandBy

log = logging.getLogger("konvoi.worker")
BEAT = 3.0
"""Seconds between two signs of life."""
TOLD = 30.0
"""Seconds between two signs of life for those who watch over the instance."""
ROUND = 300.0
"""Seconds between two rounds of duties."""
PAUSE = 0.3
"""Seconds between two looks at the queue."""


@dataclass
class Worker:
    """A worker that does one job of each lane at a time.

    duties: what it does now and then besides, each by itself.
    """

    owner: str = field(default_factory=lambda: f"{os.getpid()}-{uuid.uuid4().hex[:8]}")
    running: dict[str, tuple[Job, subprocess.Popen[bytes]]] = field(default_factory=dict)
    stopping: bool = False
    beaten: float = 0.0
    told: float = -math.inf
    duties: tuple[Callable[[], object], ...] = ()
    looked: float = 0.0
    stand_by: StandBy = field(default_factory=StandBy)

    def work(self) -> None:
        """Work until asked to stop; jobs that run then go back to the queue."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        parent = named_parent()
        while not self.stopping and parent in (None, os.getppid()):
            try:
                self.step()
            except DatabaseError:
                log.warning("database busy", extra={"given": {"owner": self.owner}})
                close_old_connections()
            time.sleep(PAUSE)
        self.stand_by.end()
        for job, child in self.running.values():
            _kill(child)
            Job.objects.filter(pk=job.pk, owner=self.owner).update(
                state=Job.State.WAITING, owner="", until=None
            )

    def step(self) -> None:
        """Look once at what has ended, what is to be stopped, and what waits."""
        for lane, (job, child) in list(self.running.items()):
            if child.poll() is not None:
                del self.running[lane]
                self._ended(job, child.returncode)
        if time.monotonic() - self.beaten > BEAT:
            self.beaten = time.monotonic()
            for lane, (job, child) in list(self.running.items()):
                if not hold(job.pk, self.owner) and child.poll() is None:
                    _kill(child)
                    del self.running[lane]
                    end(job.pk, Job.State.CANCELLED)
            reap()
            if self.beaten - self.told > TOLD:
                self.told = self.beaten
                worker_is_there()
        if time.monotonic() - self.looked > ROUND:
            self.looked = time.monotonic()
            self._do_duties()
        free = set(LANES.values()) - set(self.running)
        if free and (found := claim(self.owner, free)) is not None:
            self.running[found.lane] = (found, self.stand_by.give(found) or _child(found))
        self.stand_by.look(busy=LANES[WHAT_IF] in self.running)

    def _do_duties(self) -> None:
        for duty in self.duties:
            try:
                duty()
            except (OSError, Refused) as error:
                log.error("duty failed", extra={"given": {"kind": type(error).__name__}})

    def _ended(self, job: Job, code: int) -> None:
        if code != 0 and end(job.pk, Job.State.FAILED, error="The process that did it ended with an error."):
            log.error("job failed", extra={"given": {"job": str(job.pk), "kind": job.kind, "code": code}})

    def _stop(self, *_: object) -> None:
        self.stopping = True


def _child(job: Job) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "konvoi.web.do_job", str(job.pk)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env=child_environment(),
        preexec_fn=_modest if job.lane == "runs" else None,
    )


def _modest() -> None:
    """Let pages be answered before results are computed."""
    os.nice(10)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()
