"""Actions on runs: ask for results."""

from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.record import writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import ask_run


def ask_results(*, viewer: Viewer) -> Job:
    """Ask for results of the viewer's day for its reader; without a day, of the newest state for all."""
    with writing():
        job = ask_run(readers=[] if viewer.day is None else [viewer.reader], day=viewer.day, by=viewer.user)
        record(viewer, "run-asked", object=job.pk)
    return job
