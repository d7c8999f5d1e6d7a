"""The process that does one job: python -m konvoi.web.do_job JOB."""

import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from konvoi.kit.progress import Progress
from konvoi.web.instance import SCOPE
from konvoi.web.parent import end_with_parent

if TYPE_CHECKING:
    from konvoi.web.planning.ready_plan import ReadyPlan
    from konvoi.web.runs.models import Job


def main() -> int:
    """Do the job that is named; return 0 where it is done."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
    os.environ[SCOPE] = "engine"
    import django

    django.setup()
    return do(uuid.UUID(sys.argv[1]))


def do(name: uuid.UUID, ready: "ReadyPlan | None" = None) -> int:
    """Do the job of a name; return 0 where it is done. ready: a plan that was loaded for a scenario."""
    from konvoi.flow.name_lookup import Unknown
    from konvoi.gateways.refusal import Refused
    from konvoi.web.runs.models import Job
    from konvoi.web.runs.queue import end

    job = Job.objects.get(pk=name)
    try:
        _work(job.kind, ready)(job)
    except (Refused, Unknown) as error:
        from konvoi.web.form_rows.jobs import fail_row
        from konvoi.web.submissions.jobs import fail

        fail(job, str(error))
        fail_row(job, str(error))
        end(job.pk, Job.State.FAILED, error=str(error))
        return 1
    return 0


def _work(kind: str, ready: "ReadyPlan | None" = None) -> "Callable[[Job], None]":
    """Return what does a job of a kind; nothing else is loaded: a scenario is waited for."""
    from konvoi.web.runs.queue import (
        ASK,
        CHECK,
        DOSSIER,
        ENTER,
        LIST,
        PROPOSE,
        RETURN,
        RUN,
        SCREEN,
        TAKE,
        WHAT_IF,
    )

    match kind:
        case _ if kind == RUN:
            return compute
        case _ if kind == WHAT_IF:
            from konvoi.web.planning.scenarios import answer

            return partial(answer, ready=ready)
        case _ if kind == ASK:
            from konvoi.web.submissions.questions import compute_questions

            return compute_questions
        case _ if kind in (CHECK, TAKE):
            from konvoi.web.submissions.jobs import check, take

            return check if kind == CHECK else take
        case _ if kind == ENTER:
            from konvoi.web.form_rows.jobs import store_row

            return store_row
        case _ if kind == RETURN:
            from konvoi.web.agreements.returned_texts import read_returned

            return read_returned
        case _ if kind == DOSSIER:
            from konvoi.web.sanctions.dossier import make_dossier

            return make_dossier
        case _ if kind == LIST:
            from konvoi.web.sanctions.list_import import work_on_list

            return work_on_list
    from konvoi.web.sanctions.jobs import decide_alert, draft_proposal

    return {SCREEN: decide_alert, PROPOSE: draft_proposal}[kind]


def compute(job: "Job") -> None:
    """Compute results for readers, and tell the web where they lie."""
    from konvoi.flow.workspace import workspace
    from konvoi.web.instance import instance
    from konvoi.web.runs.models import Job
    from konvoi.web.runs.queue import end
    from konvoi.web.runs.results import computed, keep, keep_early, past_days

    here = instance()
    text = job.parameters.get("day")
    day = None if text is None else date.fromisoformat(text)
    work = workspace(here.folder)
    if not work.documents:
        end(job.pk, Job.State.DONE, result={"empty": True})
        return
    stop = teller(job)
    readers = list(job.parameters["readers"])
    found = [computed(here, work, readers, day, stop, written=partial(keep_early, job, work.head))]
    if day is None:
        # What was marked more narrowly since is hidden on past days from the same moment on.
        found += [computed(here, work, readers, past, stop) for past, readers in past_days(work.head)]
    keep(job, work.head, found)


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
