"""Import of a published list: received, read in a child, shown with its digest and hold, then confirmed."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import IntegrityError
from django.http import Http404

from konvoi.flow.sanctions.list_taking import Previewed, preview, release, take_in
from konvoi.flow.sanctions.lists import NAMES
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import LIST, ask, ask_run, end, tell
from konvoi.web.submissions import quarantine
from konvoi.web.submissions.models import Upload

READ, IMPORT = "read", "import"


def receive_list(
    *, viewer: Viewer, regime: str, day: date | None, given: Mapping[str, Iterable[bytes]], key: uuid.UUID
) -> Job:
    """Keep the files of a list in quarantine and have them read; the same key twice gives the same job."""
    _checked(viewer)
    if regime not in NAMES:
        raise Refused(say("Choose whose list it is. Nothing was imported."))
    if (known := _known(viewer, key)) is not None:
        return known
    with quarantine.received(given.items()) as folder:
        try:
            with writing():
                parameters = {"step": READ, "regime": regime, "day": day.isoformat() if day else ""}
                job = ask(LIST, parameters, by=viewer.user, key=key)
                record(viewer, "list-received", object=job.pk, detail={"regime": regime})
                quarantine.place(folder, Upload(pk=job.pk))
        except IntegrityError:
            # The same form was sent twice at once; the other one was first.
            if (known := _known(viewer, key)) is None:
                raise Http404 from None
            return known
    return job


def _checked(viewer: Viewer) -> None:
    if not may_enter(viewer, Right.SCREEN, ""):
        raise Http404


def _known(viewer: Viewer, key: uuid.UUID) -> Job | None:
    known = Job.objects.filter(pk=key).first()
    if known is not None and (known.kind != LIST or known.asked_by != viewer.user):
        raise Http404
    return known


def list_read(viewer: Viewer, job: uuid.UUID) -> Job | None:
    """Return the job that read a list, for the sanctions desk; None for any other."""
    if not may_enter(viewer, Right.SCREEN, ""):
        return None
    return Job.objects.filter(pk=job, kind=LIST, parameters__step=READ).first()


def import_of(read: Job) -> Job | None:
    """Return the last job that imports a list that was read; None before it was confirmed."""
    known = Job.objects.filter(kind=LIST, parameters__step=IMPORT, parameters__of=str(read.pk))
    return known.order_by("created").last()


def import_list(*, viewer: Viewer, job: uuid.UUID, seen: str) -> Job:
    """Have a list imported that was read. seen: the digest that the page showed; refused for another."""
    _checked(viewer)
    with writing():
        one = Job.objects.select_for_update().filter(pk=job, kind=LIST, parameters__step=READ).first()
        if one is None:
            raise Http404
        if one.state != Job.State.DONE or one.result.get("id") != seen:
            raise Refused(say("The list is not the one that was shown. Nothing was imported."))
        if one.result.get("outcome") not in ("imported", "held"):
            raise Refused(say("There is nothing to import. Nothing was changed."))
        before = import_of(one)
        if before is not None and before.state != Job.State.FAILED:
            return before
        parameters = {
            **one.parameters,
            "step": IMPORT,
            "of": str(one.pk),
            "seen": seen,
            "on": one.result["day"],
        }
        found = ask(LIST, parameters, by=viewer.user)
        record(viewer, "list-confirmed", object=one.pk, detail={"list": seen})
    return found


def release_list(*, viewer: Viewer, job: uuid.UUID, reason: str) -> None:
    """Let a list into force that is on hold; a second person does, not the one who imported it."""
    _checked(viewer)
    reason = " ".join(reason.split())[:500]
    with writing():
        one = Job.objects.select_for_update().filter(pk=job, kind=LIST, parameters__step=READ).first()
        taken = None if one is None else import_of(one)
        if one is None or taken is None or taken.result.get("outcome") != "held":
            raise Http404
        if viewer.user in (one.asked_by, taken.asked_by):
            raise Refused(say("You imported this list yourself. A second person has to release it."))
        if not reason:
            raise Refused(say("State the reason. Nothing was recorded."))
        day = date.fromisoformat(taken.result["day"])
        release(instance().folder, taken.result["regime"], day, by=str(viewer.user), at=_now(), reason=reason)
        Job.objects.filter(pk=taken.pk).update(result={**taken.result, "outcome": "released"})
        record(viewer, "list-released", object=one.pk, detail={"list": taken.result["id"]})
        ask_run(by=viewer.user)


def work_on_list(job: Job) -> None:
    """Read a list and tell what importing it would do, or import one that was confirmed."""
    given = job.parameters
    source = str(given.get("of") or job.pk)
    folder = quarantine.folder_of(Upload(pk=uuid.UUID(source))) / quarantine.FILES
    paths = files.files_in(folder)
    if not paths:
        raise Refused("the files are not there any more; send them once more")
    day = date.fromisoformat(given["day"]) if given["day"] else None
    tell(job.pk, "Reading the files")
    if given["step"] == READ:
        end(job.pk, Job.State.DONE, result=_told(preview(instance().folder, paths, given["regime"], day)))
    else:
        _take(job, paths, date.fromisoformat(given["on"]))


def _take(job: Job, paths: list[Path], day: date) -> None:
    given = job.parameters
    # Read before the record is held for writing: the reading is kept, and what follows takes no time.
    preview(instance().folder, paths, given["regime"], day)
    with writing():
        taken = take_in(instance().folder, paths, given["regime"], day, at=_now())
        if taken.snapshot.id != given["seen"] or taken.outcome == "refused":
            raise Refused("the list is not the one that was confirmed; nothing was imported")
        snapshot = taken.snapshot
        result = {
            "outcome": taken.outcome,
            "id": snapshot.id,
            "regime": snapshot.regime,
            "day": snapshot.day.isoformat(),
        }
        if not end(job.pk, Job.State.DONE, result=result):
            raise Refused("the job was ended in the meantime")
        detail: dict[str, str | int | None] = {"regime": snapshot.regime, "outcome": taken.outcome}
        record(Viewer(job.asked_by), "list-imported", object=given["of"], detail=detail)
        ask_run(by=job.asked_by)


def _told(found: Previewed) -> dict[str, object]:
    snapshot = found.snapshot
    return {
        "outcome": found.outcome,
        "id": snapshot.id,
        "regime": snapshot.regime,
        "day": snapshot.day.isoformat(),
        "files": {name.rpartition("/")[2]: digest for name, digest in snapshot.files.items()},
        "counts": dict(found.counts),
        "falls": [[one.what, one.before, one.now] for one in found.falls],
        "findings": [f"{one.read}: {one.expected}" for one in found.reading.findings[:10]],
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
