"""Rows of forms in the API: needs, offers, dispatches, receipts, and what is recorded in a meeting."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.model.tables import BY_NAME
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import row_values, stated
from konvoi.web.api.problems import problem, unfit
from konvoi.web.api.received import members_of, texts
from konvoi.web.api.uploads import created
from konvoi.web.deliveries.lists import DISPATCH, RECEIPT
from konvoi.web.form_rows.actions import enter
from konvoi.web.meetings.meeting import meeting_of
from konvoi.web.meetings.room_forms import FORMS as ROOM_FORMS
from konvoi.web.meetings.room_forms import made
from konvoi.web.meetings.views import may_record
from konvoi.web.pages.texts import say
from konvoi.web.planning.actions import NEED, OFFER
from konvoi.web.submissions.row_forms import LONGEST, MARKINGS, RowForm, written
from konvoi.web.submissions.row_views import add
from konvoi.web.submissions.views import party_named

FORMS: Mapping[str, RowForm] = {"needs": NEED, "offers": OFFER, "dispatches": DISPATCH, "receipts": RECEIPT}
"""Forms by the list to which they add a row."""
OF_ROOM = (
    *("party", "how", "head", "office", "words", "state", "item", "decision", "title", "due", "follows"),
    "step",
)
"""Members of a row of a meeting beside its form; each form takes some."""


def needed(form: RowForm) -> Sequence[str]:
    """Return the members that a row of a form has to have."""
    must = [one.name for one in BY_NAME[form.table].columns if one.must and one.name in form.columns]
    return (*must, *((form.state,) if form.states else ()), "marking")


def members(form: RowForm) -> Mapping[str, Sequence[str]]:
    """Return the members of a row of a form, each with its values; none where any text is taken."""
    states = {form.state: form.states} if form.states else {}
    return {**dict.fromkeys((*form.columns, "party"), ()), **states, "marking": MARKINGS}


def adding(form: RowForm) -> Callable[[HttpRequest], HttpResponse]:
    """Return the operation by which a row of a form is handed in."""

    def operation(request: HttpRequest) -> HttpResponse:
        viewer, known = viewer_of(request), members(form)
        told = texts(members_of(request), dict.fromkeys(known, LONGEST), needed=needed(form))
        for name, values in known.items():
            if values and told[name] not in values:
                raise unfit(name, f"One of these is needed: {', '.join(values)}.")

        def act() -> HttpResponse:
            party = party_named(viewer, told.get("party", ""))
            return created(
                add(viewer=viewer, form=form, party=party, values=written(form, told), key=uuid.uuid4())
            )

        return once(request, act, content=told, needed=True)

    operation.__name__ = f"add_{form.key}"
    return operation


def record_in_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Record attendance, a decision, a reservation, an action item or its state, as in the room."""
    viewer = viewer_of(request)
    opened = view(viewer)
    if opened is None:
        return problem(409, "not-computed", say("There are no results for this day yet."))
    found = meeting_of(viewer, opened, meeting)
    if found is None or not may_record(found):
        raise Http404
    told = texts(members_of(request), dict.fromkeys(("form", *OF_ROOM), LONGEST), needed=["form"])
    if told["form"] not in ROOM_FORMS:
        raise unfit("form", f"One of these is needed: {', '.join(ROOM_FORMS)}.")

    def act() -> HttpResponse:
        key = uuid.uuid4()
        sender, table, row = made(found, told, key)
        marking = str(found.row["marking"] or "coalition")
        one = enter(
            viewer=viewer,
            right=Right.DECIDE,
            party=sender,
            table=table,
            row=row,
            about=found.about,
            key=key,
            marking=marking,
        )
        return stated(row_values(one), status=202, place=f"jobs/{one.job}")

    return once(request, act, content=told, needed=True)
