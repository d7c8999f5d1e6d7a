"""Dossiers of proposals: made by a job from the lists as they are, and given as files for a while."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.http import Http404

from konvoi.flow.sanctions.dossiers import files_of, made
from konvoi.flow.sanctions.list_comparison import sanctions
from konvoi.flow.sanctions.proposals import proposed, steps
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.model.party import LANGUAGES
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.instance import instance
from konvoi.web.pages.languages import code
from konvoi.web.record import settings_now, writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import DOSSIER, ask, end, tell

_FILES = "dossier"


@dataclass(frozen=True)
class DossierFiles:
    """The last dossier of a proposal. names: of its files in the reader's language, and of those that have
    none; empty while it is being made.
    """

    job: Job
    names: Sequence[str]

    @property
    def made(self) -> datetime | None:
        """Moment at which it was made."""
        return self.job.ended


def ask_dossier(*, viewer: Viewer, opened: Opened, proposal: str, key: uuid.UUID) -> Job:
    """Have the dossier of a proposal made; the same key a second time gives the same job."""
    if not may_enter(viewer, Right.SCREEN, ""):
        raise Http404
    if not opened.rows("proposals", where={"proposal": proposal}, limit=1).rows:
        raise Http404
    with writing():
        known = Job.objects.filter(pk=key).first()
        if known is not None:
            if known.kind != DOSSIER or known.asked_by != viewer.user:
                raise Http404
            return known
        job = ask(DOSSIER, {"proposal": proposal}, by=viewer.user, key=key)
        record(viewer, "dossier-asked", object=proposal)
    return job


def make_dossier(job: Job) -> None:
    """Make the files of a dossier from the lists and steps as they are now."""
    folder, proposal = instance().folder, str(job.parameters["proposal"])
    known_settings = settings_now()
    tell(job.pk, "Comparing with the sanctions lists")
    found = sanctions(folder, on=known_settings.day)
    known = steps(folder)
    stand = proposed(known, found)
    if proposal not in stand["proposal"].to_list():
        raise Refused("the proposal is not there any more; nothing was made")
    content = files_of(made(known, stand, found, proposal), known_settings, found)
    for name, one in content.items():
        files.write(_place(job) / name, one)
    end(job.pk, Job.State.DONE, result={"names": sorted(content)})


def dossier_of(viewer: Viewer, proposal: str) -> DossierFiles | None:
    """Return the last dossier of a proposal, for the coordination cell; None where none is kept."""
    if not viewer.is_cell or viewer.day is not None:
        return None
    jobs = Job.objects.filter(kind=DOSSIER, parameters__proposal=proposal).order_by("-created")
    for job in jobs[:5]:
        if job.is_open or job.state == Job.State.FAILED:
            return DossierFiles(job, ())
        names = [one.name for one in files.files_in(_place(job))]
        if names:
            others = [f".{one}." for one in LANGUAGES if one != code()]
            return DossierFiles(job, [one for one in names if not any(each in one for each in others)])
    return None


def file_of(viewer: Viewer, proposal: str, name: str) -> bytes | None:
    """Return a file of the last dossier of a proposal; None for any other name."""
    found = dossier_of(viewer, proposal)
    if found is None or name not in found.names:
        return None
    return files.content(_place(found.job) / name)


def _place(job: Job) -> Path:
    """The folder of a dossier: beside uploads, and removed as they are."""
    return instance().quarantine / str(job.pk) / _FILES
