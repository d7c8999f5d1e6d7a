"""Rows of forms as pages show them: those that a viewer may see, with their state."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.form_rows.models import FormRow
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.runs.models import Job

State = FormRow.State
MOST = 50


@dataclass(frozen=True)
class ShownRow:
    """A row with its state in words. job: that stores it, while it does. may_confirm: the viewer can be the
    second person.
    """

    one: FormRow
    state: str
    reason: str
    job: UUID | None
    may_confirm: bool
    may_discard: bool

    @property
    def is_open(self) -> bool:
        """True while it is being stored."""
        return self.state == State.STORING


def rows_about(viewer: Viewer, about: str, right: Right, *, table: str = "") -> list[ShownRow]:
    """Return the rows filled in on the page of a record that a viewer may see, the newest first.

    A party sees its own; the coordination cell sees all.
    """
    return [_shown(viewer, right, one) for one in _visible(viewer, about, table)[:MOST]]


def row_for(viewer: Viewer, row: UUID, right: Right) -> ShownRow | None:
    """Return a row that a viewer may see; None for others. right: that its confirmation asks for."""
    one = _open_to(viewer, FormRow.objects.filter(pk=row)).first()
    return None if one is None else _shown(viewer, right, one)


def _visible(viewer: Viewer, about: str, table: str) -> QuerySet[FormRow]:
    known = FormRow.objects.filter(about=about)
    return _open_to(viewer, known.filter(table=table) if table else known)


def _open_to(viewer: Viewer, known: QuerySet[FormRow]) -> QuerySet[FormRow]:
    """Return the rows that a viewer may see: its party's own, or for the coordination cell all."""
    if viewer.user is None or viewer.acting is None or viewer.day is not None:
        return known.none()
    if not viewer.is_cell:
        if not viewer.party:
            return known.none()
        known = known.filter(party=viewer.party)
    return known.order_by("-created")


def _shown(viewer: Viewer, right: Right, one: FormRow) -> ShownRow:
    state, reason = one.state, one.reason
    job = Job.objects.filter(pk=one.job).first() if one.job and state == State.STORING else None
    if state == State.STORING and job is not None and not job.is_open and job.state != Job.State.DONE:
        state, reason = State.REFUSED, job.error
    waits = state == State.ASKED and may_enter(viewer, right, one.party)
    return ShownRow(
        one,
        state,
        refusal_text(reason),
        job.pk if job is not None else None,
        waits and one.user != viewer.user,
        waits,
    )
