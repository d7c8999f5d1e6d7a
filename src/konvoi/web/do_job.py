"""The process that does one job: python -m konvoi.web.do_job JOB."""

import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from konvoi.kit.progress import Progress
from konvoi.web.instance import SCOPE
from konvoi.web.parent import end_with_parent

if TYPE_CHECKING:
    from konvoi.web.runs.models import Job


def main() -> int:
    """Do the job that is named; return 0 where it is done."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
    os.environ[SCOPE] = "engine"
    import django

    django.setup()
    from konvoi.gateways.refusal import Refused
    from konvoi.web.runs.models import Job
    from konvoi.web.runs.queue import RUN, end
    from konvoi.web.submissions.jobs import check, fail, take
    from konvoi.web.submissions.questions import compute_questions

    job = Job.objects.get(pk=uuid.UUID(sys.argv[1]))
    work = {RUN: compute, "check": check, "take": take, "ask": compute_questions}[job.kind]
    try:
        work(job)
    except Refused as error:
        fail(job, str(error))
        end(job.pk, Job.State.FAILED, error=str(error))
        return 1
    return 0


def compute(job: "Job") -> None:
    """Compute results for readers, and tell the web where they lie."""
    from django.db import transaction
    from django.utils import timezone

    from konvoi.flow.snapshots import snapshot_name, write_snapshot
    from konvoi.flow.view import View
    from konvoi.flow.workspace import viewed, workspace
    from konvoi.gateways.refusal import Refused
    from konvoi.web.access.models import Snapshot
    from konvoi.web.instance import instance
    from konvoi.web.runs.models import Job
    from konvoi.web.runs.queue import end

    here = instance()
    text = job.parameters.get("day")
    day = None if text is None else date.fromisoformat(text)
    readers = list(job.parameters["readers"])
    work = workspace(here.folder)
    if not work.documents:
        end(job.pk, Job.State.DONE, result={"empty": True})
        return
    now: datetime = timezone.now()
    name = snapshot_name(viewed(work, View(day)), day, now.date())
    found = write_snapshot(here.folder, here.snapshots / name, readers, day=day, stop=teller(job))
    with transaction.atomic():
        if not end(job.pk, Job.State.DONE, result={"snapshot": name}):
            raise Refused("the job was ended in the meantime")
        for reader, manifest in found.items():
            Snapshot.objects.create(
                name=name, reader=reader, asked=day, head=work.head, digest=manifest.digest, job=job.pk
            )


def teller(job: "Job") -> Callable[[Progress], bool]:
    """Return what a run reports its progress to: the row of its job, at most twice a second."""
    from konvoi.web.runs.queue import tell

    last = 0.0

    def told_of(progress: Progress) -> bool:
        nonlocal last
        now = time.monotonic()
        if now - last > 0.5:
            last = now
            phase = progress.phase[:1].upper() + progress.phase[1:]
            tell(job.pk, phase, progress.done, progress.total)
        return False

    return told_of


if __name__ == "__main__":
    sys.exit(main())
