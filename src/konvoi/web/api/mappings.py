"""Mappings of files that no format fits: proposed for a file of an upload, and kept for its sender."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

from konvoi.flow.submissions.map_file import proposed_mapping, tried_mappings
from konvoi.gateways.refusal import Refused
from konvoi.intake.mapping import TableMapping, WrongMapping, as_json, mapping_from_json
from konvoi.intake.mapping_proposal import CANDIDATES, Proposal
from konvoi.kit.json_text import json_text
from konvoi.web.access.requests import viewer_of
from konvoi.web.api.once import once
from konvoi.web.api.problems import Stopped, problem, unfit
from konvoi.web.api.received import id_of, members_of, refuse_unseen
from konvoi.web.api.uploads import JSON, tag_of, tagged_upload
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.pages.texts import say
from konvoi.web.submissions import mappings
from konvoi.web.submissions.actions import upload_for, upload_held
from konvoi.web.submissions.mappings import MOST_TABLES
from konvoi.web.submissions.models import Upload

OF_FILE = ("file", "table")
MEMBERS = frozenset(one.name for one in fields(TableMapping))
"""Members of a mapping."""


def mapping(request: HttpRequest, upload: str) -> HttpResponse:
    """Return the mapping that is proposed for a file of an upload, with the first rows as it reads them."""
    one = upload_for(viewer_of(request), id_of(upload))
    table = request.GET.get("table", "")
    if table not in ("", *CANDIDATES):
        raise _wrong("table")
    path = _file(request, one)
    try:
        found = proposed_mapping(path, table=table, given={"party": one.party})
    except Refused as error:
        return problem(409, "refused", say("No mapping can be proposed for this file."), refusal_text(error))
    response = HttpResponse(json_text(_values(path, found)) + "\n", content_type=JSON)
    response["ETag"] = tag_of(one)
    return response


def keep_mapping(request: HttpRequest, upload: str) -> HttpResponse:
    """Keep mappings for the files of the upload's party, and check the upload again."""
    viewer, id = viewer_of(request), id_of(upload)
    # What is not there for a viewer is told before anything about what was sent.
    upload_held(viewer, id)
    rows = _rows(members_of(request))

    def act() -> HttpResponse:
        one = upload_held(viewer, id)
        refuse_unseen(request, [tag_of(one)], needed=True)
        stated = _stated(rows)
        tried_mappings(_file(request, one), stated)
        return tagged_upload(mappings.save(viewer=viewer, upload=one, mappings=stated))

    return once(request, act, content=rows)


def _file(request: HttpRequest, one: Upload) -> Path:
    """Return the file that the address names: the first one without a number."""
    text = request.GET.get("file", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise _wrong("file")
    path = mappings.file_of(one, int(text))
    if path is None:
        raise Stopped(problem(409, "refused", say("The upload has no such file, or it is not checked yet.")))
    return path


def _wrong(parameter: str) -> Stopped:
    title = "The address asks for something that the operation does not have."
    return Stopped(problem(400, "query", title, parameter=parameter))


def _values(path: Path, found: Proposal) -> dict[str, Any]:
    return {
        "file": path.name,
        "head": list(found.head),
        "open": list(found.open()),
        "mappings": [json.loads(as_json(one)) for one in found.mappings],
        "rows": found.rows,
        "names": list(found.names),
        "sample": [list(row) for row in found.sample],
    }


def _rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the mappings of a body, of which each has members of one."""
    rows = told.get("mappings")
    if set(told) != {"mappings"} or not isinstance(rows, list) or not 0 < len(rows) <= MOST_TABLES:
        raise unfit("mappings", f"A list of 1 to {MOST_TABLES} mappings is needed, and nothing else.")
    if not all(isinstance(one, dict) and "table" in one and set(one) <= MEMBERS for one in rows):
        raise unfit("mappings", f"A mapping has a table, and of {', '.join(sorted(MEMBERS))} what it needs.")
    return rows


def _stated(rows: list[dict[str, Any]]) -> tuple[TableMapping, ...]:
    """Return the mappings that rows state; stop where one cannot be."""
    try:
        return tuple(mapping_from_json(json.dumps(one)) for one in rows)
    except (WrongMapping, ValueError) as error:
        title = "The action was refused. Nothing was changed."
        raise Stopped(problem(409, "refused", title, str(error))) from None
