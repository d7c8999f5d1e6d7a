"""Jobs of uploads: read the files and say what they would change; store them once that was confirmed."""

from collections.abc import Mapping

from django.utils import timezone

from konvoi.flow.parse_documents import understand
from konvoi.flow.receipts import Receipt
from konvoi.flow.submissions.import_submission import (
    ChangedMeanwhile,
    Submission,
    read_submission,
    store_submission,
)
from konvoi.flow.submissions.mark_workbook import mark
from konvoi.flow.workspace import settings_of
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document
from konvoi.report.language import on_web
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.record import receipts, writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import TAKE, ask_run, end, tell
from konvoi.web.submissions.announced import announced
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.preview import preview_of
from konvoi.web.submissions.quarantine import FILES, MARKED, READ, folder_of, forget

ATTEMPTS = 3
State = Upload.State


def check(job: Job) -> None:
    """Read an upload against the workspace as it is, and keep what it would change."""
    upload = Upload.objects.get(pk=job.parameters["upload"])
    tell(job.pk, "Reading the files")
    found = _read(upload)
    tell(job.pk, "Marking the workbook")
    marked = _mark(upload, found)
    with writing():
        _keep_preview(job, upload, State.CHECKING, found, marked)


def _keep_preview(
    job: Job, upload: Upload, state: str, found: Submission, marked: Mapping[str, str], **more: object
) -> None:
    """Keep what an upload would change, and end the job, in one transaction.

    state: in which the job found the upload. Whoever discarded it in the meantime, or had it checked anew,
    finds it as they left it.
    """
    preview = {**preview_of(found, marked), "announced": announced(found)}
    open_here = Upload.objects.filter(pk=upload.pk, state=state, job=job.pk)
    if not open_here.update(state=State.CHECKED, base=found.head, preview=preview, **more) or not end(
        job.pk, Job.State.DONE, result={"upload": str(upload.pk)}
    ):
        raise Refused("the job was ended in the meantime")


def take(job: Job) -> None:
    """Store an upload that was confirmed, if it still does what its preview announced.

    Otherwise nothing is stored, and the preview is made anew: somebody has to confirm that one.
    """
    upload = Upload.objects.get(pk=job.parameters["upload"])
    here = instance()
    for attempt in range(ATTEMPTS):
        tell(job.pk, "Reading the files")
        found = _read(upload)
        if upload.preview.get("announced") != announced(found):
            _renew(job, upload, found)
            return
        _refuse_widened(upload, found)
        tell(job.pk, "Storing the files")
        try:
            with writing():
                at = timezone.now().isoformat(timespec="seconds")
                store_submission(here.folder, found, at=at)
                _stored(job, upload, found)
            # The originals are in the record now; what came back marked stays for its sender.
            forget(upload, marked=False)
            return
        except ChangedMeanwhile:
            if attempt + 1 == ATTEMPTS:
                raise


def _stored(job: Job, upload: Upload, found: Submission) -> None:
    """Record that an upload is stored, in the transaction that stores it."""
    if not end(job.pk, Job.State.DONE, result={"upload": str(upload.pk)}):
        raise Refused("the job was ended in the meantime")
    upload.state = State.STORED
    upload.outcome = {"files": [{"name": one.name, "outcome": one.outcome} for one in found.intake.files]}
    upload.save()
    viewer = Viewer(upload.user)
    counts = dict.fromkeys(sorted({one.outcome for one in found.intake.files}), 0)
    for one in found.intake.files:
        counts[one.outcome] += 1
    record(viewer, "submission-stored", party=upload.party, object=upload.pk, detail=counts)
    ask_run(by=upload.user)


def fail(job: Job, reason: str) -> None:
    """Say at an upload why its job failed; what was to be stored can be confirmed again."""
    named = job.parameters.get("upload")
    if named is None:
        return
    state = State.CHECKED if job.kind == TAKE else State.FAILED
    Upload.objects.filter(pk=named).exclude(state=State.STORED).update(
        state=state, outcome={"refused": reason}
    )


def overtaken_by(upload: Upload) -> tuple[Receipt, ...]:
    """Return the changes of the party's submissions since the preview of an upload was made."""
    chain = receipts()
    known = next((one.number for one in chain if one.hash == upload.base), 0)
    return tuple(one for one in chain if one.number > known and one.change.by == upload.party)


def _renew(job: Job, upload: Upload, found: Submission) -> None:
    """Keep what an upload changes now, with what changed since the preview that was confirmed."""
    tell(job.pk, "Marking the workbook")
    marked = _mark(upload, found)
    later = overtaken_by(upload)
    if later:
        why = (
            f"the submissions of {upload.party} were changed at {later[-1].change.at}, after the preview "
            "that was confirmed was made, and the files change something else now; nothing was stored. "
            "Confirm what they change now"
        )
    else:
        why = (
            "the files change something else now than in the preview that was confirmed; nothing was stored. "
            "Confirm what they change now"
        )
    outcome = {
        "refused": why,
        "later": [
            {
                "at": one.change.at,
                "kind": str(one.change.kind),
                "files": [file.path for file in one.change.files],
            }
            for one in later
        ],
    }
    with writing():
        _keep_preview(job, upload, State.STORING, found, marked, outcome=outcome)


def _refuse_widened(upload: Upload, found: Submission) -> None:
    """Refuse rows that more readers would see than before, unless two persons have confirmed just that."""
    confirmed = {tuple(sorted(one.items())) for one in upload.preview.get("widened", ())}
    wider = {tuple(sorted(one.as_dict().items())) for one in found.widened}
    two = {upload.outcome.get("first"), upload.outcome.get("second")} - {None}
    if wider and (len(two) < 2 or not wider <= confirmed):
        raise Refused("rows would be shown to more readers than before; two persons have to confirm that")


def _read(upload: Upload) -> Submission:
    folder = folder_of(upload)
    return read_submission(
        [folder / FILES],
        party=upload.party,
        folder=instance().folder,
        sheets=tuple(upload.sheets),
        readings=folder / READ,
        own=True,
    )


def _mark(upload: Upload, found: Submission) -> dict[str, str]:
    """Write the workbooks of an upload again, with their findings marked; return why one is not, by name."""
    known = settings_of(instance().folder)
    why: dict[str, str] = {}
    for one in found.intake.files:
        name = one.name.rpartition("/")[2]
        content = _content(upload, found.original(one.reading.digest))
        if content is None or not name.lower().endswith(".xlsx"):
            continue
        told = [finding for finding in found.intake.findings if finding.place.file == one.name]
        document = Document(one.name, content, party=upload.party, marking=known.marking)
        try:
            # What it says by itself must be the same afterwards; findings that others cause are marked, too.
            alone = understand([document], settings=known, cache=folder_of(upload) / READ)[0]
            with on_web():
                files.write(folder_of(upload) / MARKED / name, mark(document, alone, told, settings=known))
        except Refused as error:
            why[name] = str(error)
    return why


def _content(upload: Upload, original: str) -> bytes | None:
    """Return the bytes of an uploaded file: it is known by its digest, for it may be stored under another
    name, and without its contacts.
    """
    return next(
        (
            content
            for path in files.files_in(folder_of(upload) / FILES)
            if (content := files.content(path)) is not None
            and Document(path.name, content).digest == original
        ),
        None,
    )
