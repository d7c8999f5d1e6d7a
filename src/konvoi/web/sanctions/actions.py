"""Actions on alerts and proposals: rows that wait to be stored, and steps that are rows of the record."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from django.http import Http404

from konvoi.align.proposing import UNDONE, State
from konvoi.flow.sanctions.proposals import proposed, step, steps
from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import enter, may_enter
from konvoi.web.form_rows.models import FormRow
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.queue import PROPOSE, SCREEN, ask_run
from konvoi.web.sanctions.alert import Alert

STEPS: Mapping[str, tuple[str, str]] = {
    "table": (State.TABLED.value, "session"),
    "adopt": (State.ADOPTED.value, "whom"),
    "reject": (State.REJECTED.value, "reason"),
    "withdraw": (State.WITHDRAWN.value, "reason"),
    "undo": (UNDONE, ""),
}
"""Questions of a form, each with the state that follows and the column that has to be stated."""
AFTER: Mapping[str, tuple[str, ...]] = {
    State.DRAFT.value: ("table", "withdraw"),
    State.TABLED.value: ("table", "adopt", "reject", "withdraw", "undo"),
    State.ADOPTED.value: ("adopt", "undo"),
    State.REJECTED.value: ("undo",),
    State.WITHDRAWN.value: ("undo",),
}
"""Steps that are possible from each state."""


def decide_alert(*, found: Alert, row: Mapping[str, str], key: uuid.UUID) -> FormRow:
    """Record a decision on an alert by its viewer; the same key twice is one. row: of clearances."""
    return enter(
        viewer=found.viewer,
        right=Right.SCREEN,
        party="",
        table="clearances",
        row=row,
        about=found.about,
        key=key,
        kind=SCREEN,
    )


def about_gap(row: Mapping[str, str]) -> str:
    """Return what forms about a gap are about. row: of proposals, with the party, measure and list."""
    return f"gap/{row['to']}/{row['order'].replace(' ', '-')}/{row['party']}"[:200]


def draft_proposal(*, viewer: Viewer, row: Mapping[str, str], key: uuid.UUID) -> FormRow:
    """Record a draft from a gap that the viewer sees; the same key twice is one. row: of proposals."""
    return enter(
        viewer=viewer,
        right=Right.SCREEN,
        party="",
        table="proposals",
        row=row,
        about=about_gap(row),
        key=key,
        kind=PROPOSE,
    )


def take_step(
    *, viewer: Viewer, opened: Opened, proposal: str, seen: str, what: str, given: Mapping[str, str]
) -> None:
    """Record a step of a proposal. seen: the state that the form showed; refused where it is another one."""
    if not may_enter(viewer, Right.SCREEN, ""):
        raise Http404
    with writing():
        rows = opened.rows("proposals", where={"proposal": proposal}, limit=1).rows
        if not rows:
            raise Http404
        folder = instance().folder
        # Results may be older than the last step.
        known = dict(proposed(steps(folder), None).select("proposal", "state").iter_rows())
        if not known.get(proposal) == rows[0]["state"] == seen or what not in AFTER.get(seen, ()):
            raise Refused(say("The proposal was changed in the meantime. It is shown as it is now."))
        state, column = STEPS[what]
        value = " ".join(given.get(column, "").split())[:500] if column else ""
        if column and not value:
            raise Refused(say("Fill in what the step needs. Nothing was recorded."))
        at = datetime.now(UTC).isoformat(timespec="seconds")
        values = {column: value} if column else {}
        step(folder, proposal, state, by=str(viewer.person), at=at, values=values)
        record(viewer, "proposal-step", object=proposal, detail={"step": state})
        ask_run(by=viewer.user)
