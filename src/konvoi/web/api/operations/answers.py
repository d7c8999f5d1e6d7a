"""Answers of operations on records of subjects: results that they need, and rows that were entered."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from konvoi.kit.digest import digest
from konvoi.kit.json_text import json_text
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.calls import Call
from konvoi.web.api.problems import ADDRESS, Stopped, problem
from konvoi.web.api.received import is_line
from konvoi.web.api.uploads import JSON
from konvoi.web.form_rows.models import FormRow
from konvoi.web.form_rows.shown import ShownRow
from konvoi.web.pages.texts import say


@dataclass(frozen=True)
class Subject:
    """Operations of a subject. schemas: of what they take and give; links: operations that take a value of an
    answer, by the schema of the answer.
    """

    calls: tuple[Call, ...]
    schemas: Mapping[str, Any]
    links: Mapping[str, dict[str, dict[str, str]]] = field(default_factory=dict)


def results_of(viewer: Viewer) -> Opened:
    """Return the results of a viewer; stop where there are none yet."""
    opened = view(viewer)
    if opened is None:
        raise Stopped(problem(409, "not-computed", say("There are no results for this day yet.")))
    return opened


def tag_from(*parts: object) -> str:
    """Return the entity tag of a state that is made of parts."""
    return f'"{digest(json_text([str(one) for one in parts]).encode())[:32]}"'


def stated(values: Mapping[str, Any], *, status: int = 200, tag: str = "", place: str = "") -> HttpResponse:
    """Return values as an answer. place: address below that of the API of what was made."""
    response = HttpResponse(json_text(values) + "\n", content_type=JSON, status=status)
    if tag:
        response["ETag"] = tag
    if place:
        response["Location"] = f"{ADDRESS}{place}"
    return response


def row_values(
    one: FormRow, *, state: str = "", reason: str = "", may_confirm: bool = False
) -> dict[str, Any]:
    """Return a row that was entered. state: as it is shown, where it is another than that of the row."""
    return {
        "row": str(one.pk),
        "party": one.party,
        "table": one.table,
        "about": one.about,
        "values": one.row,
        "state": state or one.state,
        "reason": reason,
        "job": None if one.job is None else str(one.job),
        "may_confirm": may_confirm,
    }


def shown_row(one: ShownRow) -> dict[str, Any]:
    """Return a row as the page of its record shows it."""
    return row_values(one.one, state=one.state, reason=one.reason, may_confirm=one.may_confirm)


def entered(rows: Sequence[ShownRow]) -> list[dict[str, Any]]:
    """Return the rows that were entered about a record, the newest first."""
    return [shown_row(one) for one in rows]


def recorded(one: FormRow) -> HttpResponse:
    """Return the answer to what entered a row: it is stored by a job, or waits for a second person."""
    return stated(row_values(one), status=202, place=f"rows/{one.pk}")


def unfit_query(name: str) -> Stopped:
    """Return what stops an operation whose address has a wrong parameter."""
    title = "The address asks for something that the operation does not have."
    return Stopped(problem(400, "query", title, parameter=name))


def query_texts(request: HttpRequest, most: Mapping[str, int], *, needed: Sequence[str]) -> dict[str, str]:
    """Return parameters of the address, each once and with a value. most: characters of each at most."""
    for name in most:
        values = request.GET.getlist(name)
        if (
            len(values) > 1
            or (values and not is_line(values[0], most[name]))
            or (name in needed and not values)
        ):
            raise unfit_query(name)
    return {name: request.GET[name] for name in most if name in request.GET}


def is_day(text: str) -> bool:
    """Return True for a day as the document says it, 2026-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def new_key() -> uuid.UUID:
    """Return the key of a row: the Idempotency-Key says whether a request was sent before."""
    return uuid.uuid4()
