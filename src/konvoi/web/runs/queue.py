"""The queue of jobs: asked for by actions, taken by workers under a lease."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from konvoi.flow.view import CELL
from konvoi.model.markings import PUBLIC
from konvoi.web.access.grants import grants
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.scope import of_engine
from konvoi.web.locks import Lock, alone
from konvoi.web.record import settings_now
from konvoi.web.runs.models import Job

LEASE = timedelta(seconds=30)
"""A worker that is not heard of for so long has ended; its job goes to another."""
ATTEMPTS = 3
RUN, CHECK, TAKE, ASK, WHAT_IF = "run", "check", "take", "ask", "what-if"
ENTER, SCREEN, PROPOSE, RETURN = "enter", "screen", "propose", "return"
DOSSIER, LIST = "dossier", "list"
LANES = {
    RUN: "runs",
    WHAT_IF: "scenarios",
    CHECK: "files",
    TAKE: "files",
    ASK: "files",
    ENTER: "files",
    SCREEN: "files",
    PROPOSE: "files",
    RETURN: "files",
    DOSSIER: "files",
    LIST: "files",
}
"""One job of a lane runs at a time: results are computed beside uploads, not before them."""

State = Job.State


def readers_in_use() -> list[str]:
    """Return the readers whose results a run computes: of all roles in force, and the public if allowed."""
    with of_engine():
        found = {one.membership.reader for one in grants() if one.state == GrantEvent.Step.CONFIRMED}
    found.discard(PUBLIC)
    # The coordination cell comes first: the views of others are cut from inputs beside its own.
    return [CELL, *([PUBLIC] if settings_now().public else []), *sorted(found - {CELL})]


def ask_run(*, readers: Collection[str] = (), day: date | None = None, by: uuid.UUID | None = None) -> Job:
    """Ask for results; a request that waits already takes in the readers of this one.

    readers: default, all that are in use. day: None for the newest state.
    """
    wanted = list(readers) or readers_in_use()
    asked = None if day is None else day.isoformat()
    askers = [] if by is None else [str(by)]
    with transaction.atomic():
        alone(Lock.QUEUE)
        for waiting in Job.objects.filter(kind=RUN, state=State.WAITING):
            if waiting.parameters.get("day") == asked:
                known = waiting.parameters.get("readers", [])
                waiting.parameters["readers"] = [*known, *(one for one in wanted if one not in known)]
                waiting.parameters["askers"] = sorted({*waiting.parameters.get("askers", []), *askers})
                waiting.save(update_fields=["parameters"])
                return waiting
        return ask(RUN, {"readers": wanted, "day": asked, "askers": askers}, by=by)


def ask(
    kind: str,
    parameters: Mapping[str, Any],
    *,
    party: str = "",
    by: uuid.UUID | None,
    key: uuid.UUID | None = None,
) -> Job:
    """Put a job in the queue; key: its id, where a form states one."""
    return Job.objects.create(
        id=key or uuid.uuid4(),
        kind=kind,
        lane=LANES[kind],
        parameters=dict(parameters),
        party=party,
        asked_by=by,
    )


def claim(owner: str, lanes: Collection[str]) -> Job | None:
    """Take the oldest job of a lane in which none runs, for as long as the lease holds."""
    with transaction.atomic():
        alone(Lock.QUEUE)
        busy = set(Job.objects.filter(state=State.RUNNING).values_list("lane", flat=True))
        found = (
            Job.objects.filter(state=State.WAITING, lane__in=set(lanes) - busy).order_by("created").first()
        )
        if found is None:
            return None
        now = timezone.now()
        found.state, found.owner, found.until = State.RUNNING, owner, now + LEASE
        found.started = found.started or now
        found.attempt += 1
        found.save()
        return found


def hold(job: uuid.UUID, owner: str) -> bool:
    """Renew the lease; return False where the job is to end: cancelled, or taken from this worker."""
    mine = Job.objects.filter(pk=job, owner=owner, state=State.RUNNING, cancel=False)
    return mine.update(until=timezone.now() + LEASE) == 1


def tell(job: uuid.UUID, note: str, done: int = 0, total: int = 0) -> None:
    """Say how far a job is."""
    Job.objects.filter(pk=job, state=State.RUNNING).update(note=note[:200], done=done, total=total)


def end(job: uuid.UUID, state: str, *, result: Mapping[str, Any] | None = None, error: str = "") -> bool:
    """End a job that runs; return False where it has ended already."""
    changed = Job.objects.filter(pk=job, state=State.RUNNING).update(
        state=state, result=dict(result or {}), error=error, ended=timezone.now(), until=None
    )
    return changed == 1


def cancel(job: uuid.UUID) -> bool:
    """Ask a job to stop; one that waits stops at once."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job, state=State.WAITING).update(state=State.CANCELLED, ended=now)
    return bool(waiting or Job.objects.filter(pk=job, state=State.RUNNING).update(cancel=True))


def reap() -> list[uuid.UUID]:
    """Put jobs of workers that have ended back into the queue; those tried too often have failed."""
    lost = Job.objects.filter(state=State.RUNNING).filter(Q(until__lt=timezone.now()) | Q(until__isnull=True))
    found = []
    for one in lost:
        again = one.attempt < ATTEMPTS and not one.cancel
        state = State.WAITING if again else (State.CANCELLED if one.cancel else State.FAILED)
        changed = Job.objects.filter(pk=one.pk, state=State.RUNNING, attempt=one.attempt).update(
            state=state,
            owner="",
            until=None,
            ended=None if again else timezone.now(),
            error="" if again else "The process that did it ended several times.",
        )
        if changed:
            found.append(one.pk)
    return found
