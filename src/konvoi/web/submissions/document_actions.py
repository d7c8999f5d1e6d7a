"""Actions on stored documents: withdraw one with a reason, and bring one back through a new check."""

import uuid
from dataclasses import replace

from django.http import Http404
from django.utils import timezone

from konvoi.flow.submissions.withdraw import undo
from konvoi.gateways.files import WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.intake.formats.konvoi_markings import KONVOI_MARKINGS
from konvoi.model.document import Document
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.queue import ask_run
from konvoi.web.submissions import queries
from konvoi.web.submissions.actions import hand_in
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.stored_documents import content_of

LONGEST_REASON = 500


def open_original(*, viewer: Viewer, document: str, purpose: str = "") -> tuple[queries.Stored, bytes]:
    """Return a document and its bytes for who may see them, and record that it was opened; 404 for others."""
    with writing():
        one = queries.document(viewer, document)
        content = None if one is None else content_of(one)
        if one is None or content is None:
            raise Http404
        detail = {"reader": viewer.reader, "purpose": purpose}
        record(viewer, "original-opened", party=one.party, object=one.id, detail=detail)
    return one, content


def withdraw(*, viewer: Viewer, document: str, reason: str) -> queries.Stored:
    """Withdraw a document and return it as it is then; nothing is deleted.

    One that is withdrawn already stays as it is.
    """
    with writing():
        one = _own(viewer, document)
        if one.withdrawn:
            return one
        why = " ".join(reason.split())[:LONGEST_REASON]
        if not why:
            raise Refused(say("State the reason. Nothing was withdrawn."))
        if KONVOI_MARKINGS.recognises(Document(one.name, content_of(one) or b"")):
            text = "Markings are not withdrawn: more readers could see the records. State the marking anew."
            raise Refused(say(text))
        at = timezone.now().isoformat(timespec="seconds")
        done = undo(instance().folder, one.name, at=at, reason=why)
        record(viewer, "submission-withdrawn", party=one.party, object=one.id)
        ask_run(by=viewer.user)
    return replace(one, path=f"{WITHDRAWN}/{done.kept}")


def restore(*, viewer: Viewer, document: str, key: uuid.UUID) -> Upload:
    """Hand a withdrawn document in again: it is checked, and back in force once that is confirmed."""
    one = _own(viewer, document)
    content = content_of(one)
    if not one.withdrawn or content is None:
        raise Refused(say("The document is not withdrawn."))
    given = {one.filename: [content]}
    return hand_in(viewer=viewer, party=one.party, given=given, sizes=[len(content)], key=key)


def _own(viewer: Viewer, document: str) -> queries.Stored:
    one = queries.document(viewer, document)
    if one is None or not viewer.may_submit_for(one.party):
        raise Http404
    return one
