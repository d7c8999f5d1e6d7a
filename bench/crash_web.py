"""Kill server and worker of the web under load: what was acknowledged is there, and jobs are taken up again.

In each round persons ask for results and read pages at once; the server, the worker with its jobs, or both
are killed (SIGKILL) after a random time and started again. Each answer that told somebody of a job is an
acknowledgement: after the start the job must be there with its event in the audit log, whose chain must hold.
At the end every job must have ended, and one more run must be done.
"""

import contextlib
import http.client
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.crash_database import postgresql
from bench.kills import Tally, report
from bench.web_instance import Person, Served, made, session
from django.db import connections
from tests.web.world import World, use

from konvoi.flow.store import store, verification
from konvoi.web.access import audit
from konvoi.web.access.models import AuditEvent
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import ATTEMPTS

PERSONS = ("desk-xa", "desk-xb", "recipient", "planner")
FIRST = 60
"""Seconds in which the first answer comes, also on a busy machine."""
LONGEST = 4.0
"""Seconds after the first answer in which a round ends with its kill."""
PATIENCE = 900
"""Seconds in which all jobs have to end after the last round."""


def asking(person: Person, stop: threading.Event, told: list[str]) -> None:
    """Ask for results again and again, and keep each job that was acknowledged."""
    while not stop.is_set():
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, _, headers = person.post("/runs/ask")
            if status == 302 and (place := headers.get("location", "")).startswith("/runs/"):
                told.append(place.removeprefix("/runs/"))
            person.get("/")


def killed_round(served: Served, sessions: list[str], chance: random.Random) -> tuple[int, list[str]]:
    """Let persons ask, kill, and return how many processes were killed and what was acknowledged."""
    stop, told = threading.Event(), list[str]()
    threads = [
        threading.Thread(target=asking, args=(Person(served.port, one, 20), stop, told)) for one in sessions
    ]
    for one in threads:
        one.start()
    begun = time.monotonic()
    while not told and time.monotonic() - begun < FIRST:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, LONGEST))
    kills = served.kill(*chance.choice([(), ("server",), ("worker",)]))
    stop.set()
    for one in threads:
        one.join()
    return kills, told


def wrong(world: World, acknowledged: list[str]) -> Iterator[str]:
    """Yield what is wrong with the record after a kill."""
    use(world.folder)
    jobs = {str(one) for one in Job.objects.values_list("pk", flat=True)}
    logged = set(AuditEvent.objects.filter(action="run-asked").values_list("object", flat=True))
    yield from (f"{one}: acknowledged, and lost" for one in acknowledged if one not in jobs)
    yield from (f"{one}: acknowledged, and not in the log" for one in acknowledged if one not in logged)
    if not audit.check().holds:
        yield "the audit log does not hold"
    yield from (f"{one.path}: {one.fault}" for one in verification(store(world.folder)).differences)


def ended(world: World, served: Served, person: Person, patience: float = PATIENCE) -> Iterator[str]:
    """Wait until every job has ended; yield what did not, and what one more run came to."""
    person.post("/runs/ask")
    end = time.monotonic() + patience
    waiting = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))
    while waiting.exists() and time.monotonic() < end:
        time.sleep(1)
    yield from (f"{one.pk}: {one.state}, and taken up by nobody" for one in waiting)
    failed = Job.objects.filter(state=Job.State.FAILED, attempt__lt=ATTEMPTS)
    yield from (f"{one.pk}: failed: {one.error}" for one in failed)
    last = Job.objects.order_by("-created").first()
    if last is None or last.state != Job.State.DONE:
        yield "the last run is not done"


def rounds(world: World, count: int, seed: int) -> Tally:
    """Kill `count` times in one instance."""
    chance, tally = random.Random(seed), Tally()
    sessions = [session(world, one) for one in PERSONS]
    served = Served(world.folder)
    try:
        for number in range(count):
            served.start()
            kills, told = killed_round(served, sessions, chance)
            tally.rounds += 1
            tally.kills += kills
            tally.acknowledged += len(told)
            tally.wrong += [f"round {number}: {one}" for one in wrong(world, told)]
        served.start()
        tally.wrong += list(ended(world, served, Person(served.port, sessions[0])))
    finally:
        served.kill()
        connections["default"].close()
    return tally


def measured(kind: str, count: int, seed: int) -> Tally:
    """Return the tally of one kind of database: sqlite or postgresql."""
    with tempfile.TemporaryDirectory() as base, contextlib.ExitStack() as open_until_end:
        dsn = ""
        if kind == "postgresql":
            empty: Callable[..., str] = open_until_end.enter_context(postgresql())
            dsn = empty()
        return rounds(made(Path(base) / "instance", dsn=dsn), count, seed)


if __name__ == "__main__":
    report(measured, "results asked for by four persons")
