"""Actions on needs and offers: validate, accept; each is a submission that is then confirmed."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404

from konvoi.gateways.refusal import Refused
from konvoi.model.tables import BY_NAME
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.row_forms import MARKINGS, RowForm
from konvoi.web.submissions.rows import cell_text, hand_in_rows

KEYS = {"needs": "need", "offers": "offer"}
NEED = RowForm(
    "needs",
    "Submit a need",
    "need",
    ("need", "good", "quantity", "site", "due", "last_useful", "weight", "whole"),
    of_recipient=True,
    back="needs",
    states=("requested", "validated"),
    party="recipient",
)
OFFER = RowForm(
    "offers",
    "Submit an offer",
    "offer",
    ("offer", "good", "quantity", "site", "ready", "until", "line"),
    of_recipient=False,
    back="offers",
    states=("made", "accepted"),
    party="party",
)
WHOSE = {"needs": "recipient", "offers": "party"}
"""Column of the party whose row it is, by table."""
DECISIONS = {
    "needs": ("validated", "deferred", "withdrawn", "requested"),
    "offers": ("accepted", "accepted in part", "declined", "lapsed"),
}
"""States that the party of a row can give it."""
_WITH_REASON = ("accepted in part", "declined")
_LONGEST = 500

Row = Mapping[str, Any]


def row_of(viewer: Viewer, table: str, key: str) -> Row | None:
    """Return a need or an offer as the viewer may see it; None where there is none."""
    opened = view(viewer)
    found = opened.rows(table, where={KEYS[table]: key}, limit=1).rows if opened else ()
    return next(iter(found), None)


def party_of(table: str, row: Row) -> str:
    """Return the party whose row it is: who asks, or who offers."""
    return str(row.get(WHOSE[table]) or (settings_now().recipient if table == "needs" else ""))


def may_decide(viewer: Viewer, table: str, row: Row) -> bool:
    """Return True for the desk of the party itself: the recipient validates, the partner accepts."""
    party = party_of(table, row)
    return bool(party) and viewer.day is None and viewer.party == party and viewer.may_submit_for(party)


def decide(
    *, viewer: Viewer, table: str, record: str, state: str, given: Mapping[str, str], key: uuid.UUID
) -> Upload:
    """Hand in a need or an offer of the viewer's own party with another state.

    given: `quantity` and `due` or `until`, where they change; `reason` of an offer. Everything else stays as
    it stands.
    """
    row = row_of(viewer, table, record)
    if row is None or not may_decide(viewer, table, row):
        raise Http404
    if state not in DECISIONS[table]:
        raise Refused(say("Choose one of the values that the form offers."))
    names = [one.name for one in BY_NAME[table].columns]
    values = {name: cell_text(row.get(name)) for name in names}
    changed = ("quantity", "due") if table == "needs" else ("quantity", "until", "reason")
    values |= {name: text for name in changed if (text := given.get(name, "").strip()[:_LONGEST])}
    if state in _WITH_REASON and not values.get("reason"):
        raise Refused(say("State the reason. It is shown to those who may see the offer."))
    values |= {"state": state, WHOSE[table]: party_of(table, row)}
    marking = values.get("marking") or MARKINGS[0]
    return hand_in_rows(
        viewer=viewer, party=viewer.party, table=table, rows=[values], marking=marking, key=key
    )
