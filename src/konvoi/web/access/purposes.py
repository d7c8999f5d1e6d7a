"""Purposes of reading labelled records of others: stated once in a session for each party, and logged.

A record is labelled where fewer than the whole coalition may see it. Its own party reads it without a
purpose; the coordination cell, auditors and parties to which it was released state theirs.
"""

import secrets
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.web.access.audit import record
from konvoi.web.access.models import Note
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.record import writing

ALL = "all"
"""The subject of exports that hold records of all parties."""
_STATED = "purposes"
"""Key of the session: the purposes by subject and role in use."""
_LONGEST = 500

PURPOSES: Mapping[str, str] = {
    "planning": "Plan or follow deliveries",
    "meeting": "Prepare a meeting or a decision",
    "checking": "Check data, duplicates or findings",
    "review": "Audit or legal review",
    "request": "Answer a request of the party",
    "other": "Another purpose",
}
"""Purposes by the code that the log holds; names are message ids."""


def is_labelled(marking: str) -> bool:
    """Return True for a marking that is narrower than the coalition, and for one that is not known."""
    return marking not in (PUBLIC, COALITION)


def purpose_of(request: HttpRequest, subject: str) -> str:
    """Return the purpose that was stated for a subject in this session and role; empty for none."""
    stated: str = request.session.get(_STATED, {}).get(_key(viewer_of(request), subject), "")
    return stated


def needs_purpose(request: HttpRequest, party: str, marking: str) -> bool:
    """Return True if the viewer has to state a purpose before it reads a record of a party."""
    viewer = viewer_of(request)
    return is_labelled(marking) and viewer.party != party and not purpose_of(request, party)


def state_purpose(*, request: HttpRequest, subject: str, purpose: str, text: str) -> None:
    """Keep a purpose for the rest of the session, and record it; the text stands apart from the log."""
    viewer, told = viewer_of(request), " ".join(text.split())[:_LONGEST]
    if purpose not in PURPOSES:
        raise Refused("choose a purpose")
    if purpose == "other" and not told:
        raise Refused("describe the purpose")
    with writing():
        detail = {"purpose": purpose, "reader": viewer.reader, "note": _noted(told)}
        party = "" if subject == ALL else subject
        record(viewer, "purpose-stated", party=party, object=subject, detail=detail)
    stated = dict(request.session.get(_STATED, {}))
    request.session[_STATED] = stated | {_key(viewer, subject): purpose}


def note_read(*, request: HttpRequest, party: str, document: str, marking: str) -> None:
    """Record that a labelled record of another party was read, with reader and purpose."""
    viewer = viewer_of(request)
    if is_labelled(marking) and viewer.party != party:
        detail = {"reader": viewer.reader, "purpose": purpose_of(request, party)}
        with writing():
            record(viewer, "labelled-read", party=party, object=document, detail=detail)


def _key(viewer: Viewer, subject: str) -> str:
    return f"{'' if viewer.acting is None else viewer.acting.key} {subject}"


def _noted(text: str) -> str:
    """Keep a text apart; return its commitment, empty for no text."""
    if not text:
        return ""
    salt = secrets.token_hex(32)
    commitment = digest(f"{salt}\n{text}".encode())
    Note.objects.create(commitment=commitment, salt=salt, text=text, at=timezone.now())
    return commitment


def notes(commitments: set[str]) -> dict[str, str]:
    """Return texts by their commitment; those that were erased, or are not as they were, are left out."""
    found = Note.objects.filter(commitment__in=commitments)
    return {one.commitment: one.text for one in found if digest(f"{one.salt}\n{one.text}".encode()) == one.pk}
