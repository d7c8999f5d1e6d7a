"""The job of a row of a form: write it as a small document of its party, read it, and store it."""

import csv
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.utils import timezone

from konvoi.flow.submissions.import_submission import ChangedMeanwhile, read_submission, store_submission
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.join import HEAD
from konvoi.model.finding import Severity
from konvoi.model.tables import BY_NAME
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.models import FormRow
from konvoi.web.instance import instance
from konvoi.web.record import writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import ask_run, end, tell

ATTEMPTS = 3
State = FormRow.State


def store_row(job: Job) -> None:
    """Store a row as a submission of its party; refused where the row has an error by itself."""
    one = FormRow.objects.get(pk=job.parameters["row"])
    here = instance()
    for attempt in range(ATTEMPTS):
        tell(job.pk, "Reading the files")
        with tempfile.TemporaryDirectory() as scratch:
            place = Path(scratch) / f"{one.table}-{one.pk.hex[:8]}"
            for name, content in _files(one).items():
                files.write(place / name, content)
            found = read_submission([Path(scratch)], party=one.party, folder=here.folder, own=True)
            wrong = [
                finding
                for file in found.intake.files
                for finding in file.reading.findings
                if finding.severity == Severity.ERROR
            ]
            if wrong:
                raise Refused(
                    f"the row has an error: {wrong[0].read}: {wrong[0].expected}; nothing was stored"
                )
            if any(file.outcome == "refused" for file in found.intake.files):
                raise Refused("the row could not be read; nothing was stored")
            if found.widened:
                raise Refused(
                    "rows would be shown to more readers than before; two persons have to confirm that"
                )
            tell(job.pk, "Storing the files")
            try:
                with writing():
                    at = timezone.now().isoformat(timespec="seconds")
                    store_submission(here.folder, found, at=at)
                    one.document = next(
                        file.name for file in found.intake.files if not file.name.endswith(HEAD)
                    )
                    stored(job, one)
                return
            except ChangedMeanwhile:
                if attempt + 1 == ATTEMPTS:
                    raise


def stored(job: Job, one: FormRow) -> None:
    """Record that a row is stored, in the transaction that stores it."""
    if not end(job.pk, Job.State.DONE, result={"row": str(one.pk)}):
        raise Refused("the job was ended in the meantime")
    one.state = State.STORED
    one.save()
    record(Viewer(one.second or one.user), "row-stored", party=one.party, object=one.pk)
    ask_run(by=one.user)


def fail_row(job: Job, reason: str) -> None:
    """Say at a row why it was not stored."""
    named = job.parameters.get("row")
    if named is not None:
        FormRow.objects.filter(pk=named, state=State.STORING).update(state=State.REFUSED, reason=reason)


def _files(one: FormRow) -> Mapping[str, bytes]:
    """Return the document of a row: its head, and its table."""
    one.replaces = one.replaces or _earlier(one)
    head = {"party": one.party, "day": one.day.isoformat(), "marking": one.marking}
    if one.replaces:
        head["supersedes"] = one.replaces
    return {
        HEAD: _csv(list(head.items())),
        f"{one.table}.csv": _csv([tuple(one.row), tuple(one.row.values())]),
    }


def _earlier(one: FormRow) -> str:
    """Return the document of the form that stored the same record last; empty where it was by no form.

    Two forms of one day about one record would contradict each other: the later takes the other's place.
    """
    keys = BY_NAME[one.table].key
    known = FormRow.objects.filter(table=one.table, party=one.party, state=State.STORED).order_by("-created")
    same = (row for row in known if all(row.row.get(name) == one.row.get(name) for name in keys))
    return next((row.document for row in same if row.document), "")


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
