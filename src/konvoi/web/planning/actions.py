"""Actions on needs and offers: hand in, validate, accept; each is a submission that is then confirmed."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404

from konvoi.gateways.refusal import Refused
from konvoi.model.tables import BY_NAME
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.planning.forms import MARKINGS, STATES
from konvoi.web.record import settings_now
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.rows import cell_text, hand_in_rows

KEYS = {"needs": "need", "offers": "offer"}
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


def add(*, viewer: Viewer, table: str, party: str, values: Mapping[str, str], key: uuid.UUID) -> Upload:
    """Hand in a new need or offer of a party; it is checked and confirmed like any other file.

    Refused where another row has its reference: that one is changed on its own page.
    """
    if not viewer.may_submit_for(party):
        raise Http404
    if (table == "needs") != (party == settings_now().recipient):
        raise Refused(say("The recipient submits needs; partners submit offers."))
    if values["state"] not in STATES[table] or values["marking"] not in MARKINGS:
        raise Refused(say("Choose one of the values that the form offers."))
    if row_of(viewer, table, values[KEYS[table]]) is not None:
        raise Refused(say("“{name}” is in use already. Choose another reference.", name=values[KEYS[table]]))
    row = {**values, WHOSE[table]: party}
    return hand_in_rows(
        viewer=viewer, party=party, table=table, rows=[row], marking=values["marking"], key=key
    )


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
