"""Tasks of the viewer: what the results tell, and what waits in the instance itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from konvoi.flow.snapshots import INBOX
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.administration.people import waiting as roles_waiting
from konvoi.web.agreements.calls import calls, may_acknowledge
from konvoi.web.matching.answers import answers_now, asked_of
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.sweep import removed_on

FIRST = 12
"""So many tasks stand on the overview; the others on a page of their own."""


@dataclass(frozen=True)
class Task:
    """A task with the page on which it is done.

    kind: decision, question, finding, upload, role or pair. overdue: whether its day has passed on the day of
    the view.
    """

    kind: str
    what: str
    who: str = ""
    by: date | None = None
    consequence: str = ""
    address: str = ""
    overdue: bool = False


_ADDRESSES = {"question": "/submissions/questions", "finding": "/submissions/"}


def tasks(viewer: Viewer, opened: Opened | None) -> list[Task]:
    """Return the tasks of a viewer: those of the instance first, for others wait for them."""
    if viewer.acting is None:
        return []
    return [
        *_calls(viewer),
        *_uploads(viewer),
        *_roles(viewer),
        *_opinions(viewer),
        *(_computed(opened) if opened else ()),
    ]


def _computed(opened: Opened) -> Iterator[Task]:
    for one in json.loads(opened.text(INBOX, code()) or "[]"):
        by = None if one["by"] is None else date.fromisoformat(one["by"])
        address = _ADDRESSES.get(one["kind"], "")
        late = by is not None and opened.day is not None and by < opened.day
        yield Task(one["kind"], one["what"], one["who"], by, one["consequence"], address, late)


def _calls(viewer: Viewer) -> Iterator[Task]:
    """Yield the calls to consult that the viewer's party has not acknowledged."""
    if not may_acknowledge(viewer):
        return
    for one in calls(viewer):
        if one.is_open and one.missing:
            name = one.first.guarantee
            drill = say("Acknowledge the drill under {clause}", clause=name)
            what = drill if one.first.drill else say("Acknowledge the call under {clause}", clause=name)
            until = one.first.until
            address = f"/agreements/calls/{one.id}"
            late = one.minutes_left is not None and one.minutes_left < 0
            yield Task("decision", what, viewer.party, until.date() if until else None, "", address, late)


def _uploads(viewer: Viewer) -> Iterator[Task]:
    """Yield the uploads that the viewer has sent and not yet confirmed."""
    if viewer.user is None:
        return
    waiting = Upload.objects.filter(user=viewer.user, state=Upload.State.CHECKED).order_by("created")
    for one in waiting:
        if viewer.may_submit_for(one.party):
            names = ", ".join(str(file["name"]) for file in one.files)
            what = say("Confirm or discard the upload: {files}", files=names)
            until = removed_on(one)
            yield Task(
                "upload",
                what,
                one.party,
                None if until is None else until.date(),
                say("The files are removed."),
                f"/submissions/uploads/{one.pk}",
            )


def _roles(viewer: Viewer) -> Iterator[Task]:
    """Yield the number of roles that wait for this administrator's confirmation."""
    count = len(roles_waiting(viewer)) if viewer.may(Right.ADMINISTER) else 0
    if count:
        text = "{count} role waits for confirmation", "{count} roles wait for confirmation"
        yield Task("role", say(*text, count, count=count), address="/administration/users")


def _opinions(viewer: Viewer) -> Iterator[Task]:
    """Yield the number of pairs on which this planner is asked for an independent decision."""
    if not viewer.may(Right.DECIDE) or not viewer.is_cell:
        return
    count = len(asked_of(str(viewer.person), answers_now()))
    if count:
        text = (
            "{count} pair of records waits for your independent decision",
            "{count} pairs of records wait for your independent decision",
        )
        yield Task("pair", say(*text, count, count=count), address="/matching/next")
