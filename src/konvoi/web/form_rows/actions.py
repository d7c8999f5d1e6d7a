"""Actions on rows of forms: fill in, confirm as a second person, discard; each with its audit event."""

import uuid
from collections.abc import Mapping

from django.db import IntegrityError
from django.http import Http404

from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right, Role
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.days import day_for
from konvoi.web.form_rows.models import FormRow
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.queue import ENTER, ask

State = FormRow.State
LONGEST = 2_000


def may_enter(viewer: Viewer, right: Right, party: str) -> bool:
    """Return True if a viewer may fill in rows for a party: its own, or a planner for any; of the newest
    state alone. party: empty for decisions of the coordination cell.
    """
    if viewer.user is None or viewer.acting is None or viewer.day is not None or not viewer.may(right):
        return False
    if not party:
        return viewer.is_cell
    return viewer.party == party or viewer.acting.role == Role.PLANNER


def enter(
    *,
    viewer: Viewer,
    right: Right,
    party: str,
    table: str,
    row: Mapping[str, str],
    about: str,
    key: uuid.UUID,
    marking: str = "coalition",
    two: bool = False,
    kind: str = ENTER,
) -> FormRow:
    """Keep a row and have it stored; the same key a second time gives the same row.

    right: that the page asks for. two: True where a second person has to confirm before it is stored.
    kind: of the job that stores it.
    """
    if not may_enter(viewer, right, party) or viewer.user is None:
        raise Http404
    values = _values(row)
    if (known := _known(viewer, key, table, values)) is not None:
        return known
    try:
        with writing():
            one = FormRow(
                id=key,
                party=party,
                user=viewer.user,
                table=table,
                about=about,
                day=day_for(viewer),
                row=values,
                marking=marking,
                state=State.ASKED if two else State.STORING,
            )
            if not two:
                one.job = ask(kind, {"row": str(key)}, party=party, by=viewer.user).pk
            one.save(force_insert=True)
            record(viewer, "row-entered", party=party, object=one.pk, detail={"table": table})
    except IntegrityError:
        # The same form was sent twice at once; the other one was first.
        if (known := _known(viewer, key, table, values)) is None:
            raise Http404 from None
        return known
    return one


def _known(viewer: Viewer, key: uuid.UUID, table: str, values: Mapping[str, str]) -> FormRow | None:
    """Return the row of a form that was sent before; a key of somebody else's row is unknown here.

    Refused where the form was sent with other content: it is not the same row.
    """
    known = FormRow.objects.filter(pk=key).first()
    if known is not None and known.user != viewer.user:
        raise Http404
    if known is not None and (known.table, known.row) != (table, values):
        raise Refused(say("This form was recorded already, with other content. Open the page anew."))
    return known


def _values(row: Mapping[str, str]) -> dict[str, str]:
    """Return the values that are filled in, in one line each; Refused where one is too long to be kept."""
    values = {name: " ".join(text.split()) for name, text in row.items() if text}
    if any(len(text) > LONGEST for text in values.values()):
        raise Refused(
            say("A text has more than {count} characters. Shorten it. Nothing was recorded.", count=LONGEST)
        )
    return values


def confirm(*, viewer: Viewer, right: Right, row: uuid.UUID) -> FormRow:
    """Have a row stored that waits for a second person; who filled it in cannot be that person."""
    with writing():
        one = _held(viewer, right, row)
        if one.state != State.ASKED:
            return one
        if one.user == viewer.user:
            raise Refused(say("You filled this in yourself. A second person has to confirm it."))
        one.second, one.state = viewer.user, State.STORING
        one.job = ask(ENTER, {"row": str(one.pk)}, party=one.party, by=viewer.user).pk
        one.save()
        record(viewer, "row-confirmed", party=one.party, object=one.pk, detail={"table": one.table})
    return one


def discard(*, viewer: Viewer, right: Right, row: uuid.UUID) -> FormRow:
    """Discard a row that waits for a second person; nothing of it becomes part of the record."""
    with writing():
        one = _held(viewer, right, row)
        if one.state == State.ASKED:
            one.state = State.DROPPED
            one.save()
            record(viewer, "row-discarded", party=one.party, object=one.pk, detail={"table": one.table})
    return one


def _held(viewer: Viewer, right: Right, row: uuid.UUID) -> FormRow:
    """Return a row for a change, alone, with the right checked on it."""
    found = FormRow.objects.select_for_update().filter(pk=row).first()
    if found is None or not may_enter(viewer, right, found.party):
        raise Http404
    return found
