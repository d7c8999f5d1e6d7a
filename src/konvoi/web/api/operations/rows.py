"""Rows that were entered, in the API: their state, and what a second person does with them."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.api.calls import Call
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import Subject, row_values, shown_row, stated
from konvoi.web.api.received import id_of
from konvoi.web.api.schema_parts import ID, TEXT, YES, object_of, or_null, texts_of
from konvoi.web.form_rows import actions
from konvoi.web.form_rows.models import FormRow
from konvoi.web.form_rows.shown import row_for

ASSESSMENTS = "assessments"
"""The table of which rows wait for a second person of their party."""


def entered_row(request: HttpRequest, row: str) -> HttpResponse:
    """Return a row of the viewer's party, or for the coordination cell of any, with its state."""
    found = row_for(viewer_of(request), id_of(row), Right.SUBMIT)
    if found is None:
        raise Http404
    return stated(shown_row(found))


def confirm_assessment(request: HttpRequest, row: str) -> HttpResponse:
    """Confirm an assessment as a second person of the authority, so that it is stored."""
    return _changed(request, row, actions.confirm)


def discard_assessment(request: HttpRequest, row: str) -> HttpResponse:
    """Discard an assessment that waits for a second person."""
    return _changed(request, row, actions.discard)


def _changed(request: HttpRequest, row: str, change: Callable[..., FormRow]) -> HttpResponse:
    viewer, id = viewer_of(request), id_of(row)

    def act() -> HttpResponse:
        _refuse_other(id)
        return stated(row_values(change(viewer=viewer, right=Right.SUBMIT, row=id)))

    return once(request, act)


def _refuse_other(row: uuid.UUID) -> None:
    if not FormRow.objects.filter(pk=row, table=ASSESSMENTS).exists():
        raise Http404


_SCHEMAS: dict[str, Any] = {
    "RecordedRow": object_of(
        {
            "row": ID,
            **texts_of("party", "table", "about", "state", "reason"),
            "values": {"type": "object", "additionalProperties": TEXT},
            "job": or_null(ID),
            "may_confirm": YES,
        }
    ),
}
_OF_ROW = {"row": "$response.body#/row"}
_assessment = partial(Call, right=Right.SUBMIT, query=(), answer="RecordedRow", writes=True)
SUBJECT = Subject(
    calls=(
        Call(
            "rows/{row}",
            Right.READ,
            entered_row,
            "A row that was entered, with its state",
            query=(),
            answer="RecordedRow",
        ),
        _assessment(
            "assessments/{row}/confirm",
            operation=confirm_assessment,
            summary="Confirm an assessment as a second person",
        ),
        _assessment(
            "assessments/{row}/discard",
            operation=discard_assessment,
            summary="Discard an assessment that waits",
        ),
    ),
    schemas=_SCHEMAS,
    links={
        "RecordedRow": {
            "job": {"job": "$response.body#/job"},
            "entered_row": _OF_ROW,
            "confirm_assessment": _OF_ROW,
            "discard_assessment": _OF_ROW,
        }
    },
)
"""Operations on rows that were entered."""
