"""Actions on uploads: hand in, confirm, discard, check again; each one transaction with its audit event."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.db import IntegrityError, transaction
from django.http import Http404

from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import CHECK, TAKE, ask, cancel
from konvoi.web.submissions import quarantine
from konvoi.web.submissions.models import Upload

State = Upload.State


def hand_in(
    *,
    viewer: Viewer,
    party: str,
    given: Mapping[str, Iterable[bytes]],
    key: uuid.UUID,
    sizes: Sequence[int] = (),
) -> Upload:
    """Keep files in quarantine and have them checked; the same key a second time gives the same upload.

    given: the pieces of each file by its clean name.
    """
    if not viewer.may_submit_for(party) or viewer.user is None:
        raise Http404
    if (known := _known(viewer, key, party)) is not None:
        return known
    with quarantine.received(given.items()) as folder:
        try:
            with writing():
                upload = Upload(
                    id=key,
                    party=party,
                    user=viewer.user,
                    for_party=viewer.party != party,
                    files=[{"name": name, "size": size} for name, size in zip(given, sizes, strict=False)],
                )
                upload.save(force_insert=True)
                upload.job = _check(viewer, upload)
                upload.save()
                record(
                    viewer,
                    "upload-received",
                    party=party,
                    object=upload.pk,
                    detail={"files": len(given), "for_party": int(upload.for_party)},
                )
                quarantine.place(folder, upload)
        except IntegrityError:
            # The same form was sent twice at once; the other one was first.
            if (known := _known(viewer, key, party)) is None:
                # It is somebody else's, and the database does not show it.
                raise Http404 from None
            return known
    return upload


def _known(viewer: Viewer, key: uuid.UUID, party: str) -> Upload | None:
    """Return the upload of a form that was sent before; a key of somebody else's upload is unknown here."""
    known = Upload.objects.filter(pk=key).first()
    if known is not None and (known.user != viewer.user or known.party != party):
        raise Http404
    return known


def upload_for(viewer: Viewer, upload: uuid.UUID) -> Upload:
    """Return an upload for whoever may submit for its party; 404 for others."""
    found = Upload.objects.filter(pk=upload).first()
    if found is None or not viewer.may_submit_for(found.party):
        raise Http404
    return found


def upload_held(viewer: Viewer, upload: uuid.UUID) -> Upload:
    """Return an upload for a change, alone, with the right checked on it."""
    found = Upload.objects.select_for_update().filter(pk=upload).first()
    if found is None or not viewer.may_submit_for(found.party):
        raise Http404
    return found


def confirm(*, viewer: Viewer, upload: uuid.UUID, seen: str) -> Upload:
    """Have an upload stored; one that is being stored, or is, stays as it is.

    seen: what the preview that the person has seen announced. Refused where the upload has another preview by
    now. What is stored is compared once more with what was announced.
    """
    with writing():
        one = upload_held(viewer, upload)
        if one.state in (State.STORING, State.STORED):
            return one
        if one.state != State.CHECKED or not stores_something(one):
            raise Refused(say("There is nothing to confirm. Nothing was stored."))
        if seen != announced_of(one):
            text = "The preview was made anew after you opened it. Nothing was stored. Confirm this one."
            raise Refused(say(text))
        if one.preview.get("widened") and not _second_confirms(viewer, one):
            return one
        one.state = State.STORING
        one.job = ask(TAKE, {"upload": str(one.pk)}, party=one.party, by=viewer.user).pk
        one.save()
        record(viewer, "upload-confirmed", party=one.party, object=one.pk)
    return one


def _second_confirms(viewer: Viewer, one: Upload) -> bool:
    """Return True where a second person of the party confirms that more readers see rows than before; keep
    who is the first.
    """
    if viewer.party != one.party:
        text = "Rows would be shown to more readers than before. Two persons of {party} have to confirm that."
        raise Refused(say(text, party=one.party))
    user, first = str(viewer.user), one.outcome.get("first")
    if first == user:
        raise Refused(say("You have confirmed already. A second person of your party has to confirm, too."))
    one.outcome = {"first": user} if first is None else {"first": first, "second": user}
    one.save()
    if first is None:
        record(viewer, "widening-confirmed", party=one.party, object=one.pk, detail={"person": 1})
    return first is not None


def announced_of(upload: Upload) -> str:
    """Return what the preview of an upload announces, as a digest; empty where there is no preview."""
    return str(upload.preview.get("announced", ""))


def stores_something(upload: Upload) -> bool:
    """Return True if confirming an upload would store a file."""
    outcomes = {one["outcome"] for one in upload.preview.get("files", ())}
    return bool(outcomes & {"imported", "brought back"})


def discard(*, viewer: Viewer, upload: uuid.UUID) -> Upload:
    """Remove an upload that was not stored, with its files."""
    with writing():
        one = upload_held(viewer, upload)
        if one.state == State.DISCARDED:
            return one
        if one.state in (State.STORING, State.STORED):
            raise Refused(say("The files are stored already. Withdraw the submission instead."))
        if one.job is not None:
            cancel(one.job)
        one.state, one.preview = State.DISCARDED, {}
        one.save()
        record(viewer, "upload-discarded", party=one.party, object=one.pk)
        transaction.on_commit(partial(quarantine.forget, one))
    return one


def check_again(*, viewer: Viewer, upload: uuid.UUID) -> Upload:
    """Check the files of an upload against the submissions as they are now."""
    with writing():
        one = upload_held(viewer, upload)
        return recheck(viewer, one)


def recheck(viewer: Viewer, one: Upload) -> Upload:
    """Have an upload that is held for a change checked anew, in the transaction of that change."""
    if is_at_work(one):
        return one
    if one.state in (State.STORED, State.DISCARDED):
        raise Refused(say("The upload is closed. Hand the files in again."))
    one.state, one.preview, one.outcome = State.CHECKING, {}, {}
    one.job = _check(viewer, one)
    one.save()
    record(viewer, "upload-checked-again", party=one.party, object=one.pk)
    return one


def is_at_work(upload: Upload) -> bool:
    """Return True while a job works on an upload."""
    job = job_of(upload)
    return job is not None and job.is_open


def job_of(upload: Upload) -> Job | None:
    """Return the job that works on an upload, or did last."""
    return None if upload.job is None else Job.objects.filter(pk=upload.job).first()


def _check(viewer: Viewer, upload: Upload) -> uuid.UUID:
    return ask(CHECK, {"upload": str(upload.pk)}, party=upload.party, by=viewer.user).pk
