"""Operations that are no lists in the OpenAPI document, with what they take and give."""

from collections.abc import Mapping
from typing import Any

from konvoi.intake.mapping_proposal import CANDIDATES
from konvoi.model.tables import BY_NAME
from konvoi.reconcile.judgement import VERDICTS
from konvoi.web.api import rows, totals
from konvoi.web.api.calls import Call
from konvoi.web.api.jobs import LONGEST, MOST_ANSWERS
from konvoi.web.api.operations import SUBJECTS
from konvoi.web.api.schema_parts import (
    ID,
    TAG,
    TEXT,
    WHOLE,
    YES,
    line,
    list_of,
    object_of,
    or_null,
    ref,
    texts_of,
)
from konvoi.web.ledger.asked import FIELDS, LONG, MARKS, TEXTS
from konvoi.web.matching.actions import LONGEST_NOTE
from konvoi.web.matching.answers import FIRM
from konvoi.web.meetings.room_forms import FORMS as ROOM_FORMS
from konvoi.web.pages.languages import CODES
from konvoi.web.reports.models import ReleaseEvent
from konvoi.web.runs.queue import LANES
from konvoi.web.submissions import row_forms
from konvoi.web.submissions.document_actions import LONGEST_REASON
from konvoi.web.submissions.mappings import MOST_TABLES

PROBLEM: dict[str, Any] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _of_row(name: str, form: row_forms.RowForm) -> dict[str, Any]:
    """Return a member of a row of a form: one of its values, or a text as a cell of a workbook states it."""
    values = rows.members(form)[name]
    needed = name in rows.needed(form)
    return {"enum": list(values)} if values else line(row_forms.LONGEST, 1 if needed else 0)


_FINDING = {"severity": TEXT, "text": TEXT, "file": TEXT, "sheet": TEXT, "row": WHOLE, "column": TEXT}
_FILE = {
    "name": TEXT,
    "outcome": TEXT,
    "entries": WHOLE,
    "counts": {"type": "object", "additionalProperties": WHOLE},
    "changed": WHOLE,
    "severities": {"type": "object", "additionalProperties": WHOLE},
    "findings": list_of(ref("UploadFinding")),
}
_JOB = {
    "job": ID,
    "kind": {"enum": list(LANES)},
    "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
}
_PROGRESS = {"note": TEXT, "done": WHOLE, "total": WHOLE}
SCHEMAS: dict[str, Any] = {
    **{name: schema for subject in SUBJECTS for name, schema in subject.schemas.items()},
    "Problem": object_of(
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer"},
        },
        {"detail": TEXT, "parameter": TEXT},
    ),
    "UploadState": object_of(
        {
            "upload": ID,
            "party": TEXT,
            "state": {"enum": ["checking", "checked", "storing", "stored", "discarded", "failed"]},
            "job": {"type": ["string", "null"], "format": "uuid"},
            "files": list_of(object_of({"name": TEXT, "size": WHOLE})),
            "created": {"type": "string", "format": "date-time"},
            "reason": TEXT,
            "confirmable": YES,
            "confirmed_by": WHOLE,
            "preview": or_null(ref("UploadPreview")),
        }
    ),
    "UploadPreview": object_of(
        {
            "files": list_of(object_of(_FILE)),
            "elsewhere": list_of(ref("UploadFinding")),
            "effects": list_of({"type": "object", "additionalProperties": TEXT}),
            "widened": list_of({"type": "object", "additionalProperties": TEXT}),
        }
    ),
    "UploadFinding": object_of(_FINDING),
    "StoredDocument": object_of({"document": TEXT, "party": TEXT, "file": TEXT, "withdrawn": YES}),
    "JobState": object_of(_JOB, _PROGRESS),
    "OpenQuestions": object_of(
        {
            **_JOB,
            "questions": list_of(
                object_of(
                    {
                        **texts_of("question", "party", "title", "about", "where", "asks", "needed"),
                        "open_days": {"type": ["integer", "null"]},
                        "choices": list_of(TEXT),
                    }
                )
            ),
        },
        _PROGRESS,
    ),
    "PairState": object_of(
        {
            **texts_of("pair", "relation", "state", "question"),
            "decisions": list_of(object_of({"decision": {"enum": list(VERDICTS)}, "label": TEXT})),
            "drawn": YES,
            "probability": {"type": ["number", "null"]},
            "fields": list_of(object_of({"label": TEXT, "left": TEXT, "right": TEXT, "differs": YES})),
            "evidence": list_of(TEXT),
            "decided": list_of(object_of(texts_of("decision", "by", "at", "note"))),
            "asked": list_of(TEXT),
            "reviewers": list_of(object_of({"person": ID, "name": TEXT})),
            "total": or_null(ref("Total")),
            "totals_after": or_null({"type": "object", "additionalProperties": or_null(ref("Total"))}),
        }
    ),
    "Total": object_of(
        {**{name: {"type": "number"} for name in ("value", "lowest", "highest")}, "currency": TEXT}
    ),
    "Rule": object_of({"pairs": list_of(TEXT), "total": or_null(ref("Total"))}),
    "DecidedPairs": object_of({"decided": WHOLE, "total": or_null(ref("Total"))}),
    "DecisionOnPair": object_of(
        {"decision": {"enum": list(VERDICTS)}}, {"note": line(LONGEST_NOTE)}, closed=True
    ),
    "RuleDecision": object_of({"decision": {"enum": list(FIRM)}}, closed=True),
    "Opinion": object_of({"person": ID}, closed=True),
    "Brief": object_of(
        {
            "reader": TEXT,
            "day": {"type": ["string", "null"], "format": "date"},
            "view": TEXT,
            "languages": list_of(TEXT),
            "figures": list_of(object_of(texts_of("figure", "title", "value"))),
        }
    ),
    "LanguagesToRelease": object_of(
        {"languages": {"type": "array", "minItems": 1, "items": {"enum": list(CODES)}}}, closed=True
    ),
    "ProposedMapping": object_of(
        {
            **texts_of("file"),
            **{name: list_of(TEXT) for name in ("head", "open", "names")},
            "mappings": list_of(ref("TableMapping")),
            "rows": WHOLE,
            "sample": list_of(list_of(TEXT)),
        }
    ),
    "MappingsToKeep": object_of(
        {
            "mappings": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_TABLES,
                "items": ref("TableMapping"),
            }
        },
        closed=True,
    ),
    "TableMapping": object_of(
        {"table": {"enum": list(BY_NAME)}},
        {
            "sheet": TEXT,
            **{name: {"type": "object", "additionalProperties": TEXT} for name in ("columns", "constants")},
            "words": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": TEXT},
            },
            "times": {"type": "object", "additionalProperties": {"type": "integer"}},
            **{name: list_of(TEXT) for name in ("reference", "ignored")},
            **texts_of("separator", "decimal", "day_order"),
            "distinct": YES,
        },
        closed=True,
    ),
    "LedgerTotal": object_of(
        {
            **{name: or_null({"type": "number"}) for name in ("value", "lowest", "highest")},
            **texts_of("stage", "rule", "boundary", "view"),
            "exact": YES,
            "as_of": {"type": ["string", "null"], "format": "date"},
            "used": WHOLE,
            "unknown": WHOLE,
            "open_pairs": WHOLE,
            "by": list_of(ref("TotalPart")),
            "refused": or_null(object_of({"reason": TEXT})),
        },
        {"currency": TEXT, "unit": TEXT, "rows": list_of(ref("TotalRow"))},
    ),
    "TotalPart": object_of(
        {"key": TEXT, **{name: {"type": "number"} for name in ("value", "lowest", "highest")}},
        {"unit": TEXT, "entries": list_of(TEXT)},
    ),
    "TotalRow": object_of(
        {
            **texts_of("entry", "unit", "key", "how", "other"),
            "value": or_null({"type": "number"}),
            "counted": {"type": "number"},
        }
    ),
    **{
        f"{form.key.capitalize()}Row": object_of(
            {name: _of_row(name, form) for name in rows.needed(form)},
            {name: _of_row(name, form) for name in rows.members(form) if name not in rows.needed(form)},
            closed=True,
        )
        for form in rows.FORMS.values()
    },
    "MeetingRecord": object_of(
        {"form": {"enum": list(ROOM_FORMS)}},
        {name: line(row_forms.LONGEST) for name in rows.OF_ROOM},
        closed=True,
    ),
    "ReleaseState": object_of(
        {
            "release": ID,
            "reader": TEXT,
            "day": {"type": "string", "format": "date"},
            "languages": list_of(TEXT),
            "state": {"enum": list(ReleaseEvent.Step.values)},
            "at": {"type": "string", "format": "date-time"},
            "ended": {"type": ["string", "null"], "format": "date-time"},
            "reason": TEXT,
            "follows": {"type": ["string", "null"], "format": "uuid"},
            "digest": TEXT,
            "view": TEXT,
            "files": list_of(TEXT),
        }
    ),
    "FilesToUpload": object_of(
        {"files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}},
        {"party": line(60)},
        closed=True,
    ),
    "ReasonGiven": object_of({"reason": line(LONGEST_REASON, 1)}, closed=True),
    "AnswersToQuestions": object_of(
        {
            "answers": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_ANSWERS,
                "items": object_of(
                    {"question": line(100, 1)},
                    {name: line(LONGEST) for name in ("answer", "day", "remark")},
                    closed=True,
                ),
            }
        },
        closed=True,
    ),
}
_EVERY = {
    "401": "No valid token",
    "404": "It does not exist, or is not released to the reader",
    "405": "The address has no such method",
    "429": "Too many wrong tokens from one address",
}
_READ = {"400": "The address has what the operation does not have"}
_WRITTEN = {
    "400": "What was sent is not as the operation needs it",
    "409": "The action is refused; nothing was changed",
    "422": "The Idempotency-Key was sent with another request before",
}
_OF_BODY = {"413": "The body is too large", "415": "The body is of another media type"}
_OF_TAG = {"412": "It is not as the program has seen it"}


def header(text: str, *, needed: bool = True) -> dict[str, Any]:
    """Return a header of an answer as the document has it."""
    return {"description": text, "required": needed, "schema": TEXT}


def if_none_match() -> dict[str, Any]:
    """Return the header by which a program says what it has already."""
    return {"name": "If-None-Match", "in": "header", "required": False, "schema": TEXT}


_HEADERS = {
    "401": {"WWW-Authenticate": header("The way to send a token")},
    "405": {"Allow": header("Methods of the address")},
    "429": {"Retry-After": header("Seconds to wait")},
}
NOT_CHANGED: dict[str, Any] = {
    "description": "Not changed since the tag that was sent",
    "headers": {"ETag": header("The tag that was sent")},
}
_OF_JOB = {"job": "$response.body#/job"}
_OF_UPLOAD = {"upload": "$response.body#/upload"}
_OF_PAIR = {"pair": "$response.body#/pair"}
_OF_DOCUMENT = {"document": "$response.body#/rows/0/document"}
_OF_RELEASE = {"release": "$response.body#/release"}
_SEEN = {"header.If-Match": "$response.header.ETag"}
_LINKS: dict[str, dict[str, dict[str, str]]] = {
    **{name: links for subject in SUBJECTS for name, links in subject.links.items()},
    "UploadState": {
        "upload": _OF_UPLOAD,
        "confirm": _OF_UPLOAD | _SEEN,
        "discard": _OF_UPLOAD | _SEEN,
        "check": _OF_UPLOAD | _SEEN,
        "job": _OF_JOB,
        "mapping": _OF_UPLOAD,
        "keep_mapping": _OF_UPLOAD | _SEEN,
    },
    "JobState": {"job": _OF_JOB, "cancel": _OF_JOB},
    "ProposedMapping": {"keep_mapping": _SEEN},
    "MeetingsList": {"record_in_meeting": {"meeting": "$response.body#/rows/0/session"}},
    "PairState": {
        "decide": _OF_PAIR | _SEEN,
        "undo": _OF_PAIR | _SEEN,
        "ask_second": _OF_PAIR | _SEEN,
    },
    "PairsList": {"pair": {"pair": "$response.body#/rows/0/pair"}},
    "Brief": {"make_release": _SEEN},
    "ReleaseState": {"release": _OF_RELEASE, "withdraw_release": _OF_RELEASE},
    "DocumentsList": {"withdraw": _OF_DOCUMENT, "restore": _OF_DOCUMENT},
    "TablesList": {"table": {"table": "$response.body#/rows/0/table"}},
}
"""Operations that take a value of an answer, by the schema of the answer."""


def links_of(schema: str) -> dict[str, Any]:
    """Return which operations take what an answer gives; nothing where none does."""
    found = {
        name: {"operationId": name, "parameters": given} for name, given in _LINKS.get(schema, {}).items()
    }
    return {"links": found} if found else {}


def refusals(why: Mapping[str, str]) -> dict[str, Any]:
    """Return the problems of an operation, with those that every operation has."""
    return {
        status: {"description": text, "headers": _HEADERS.get(status, {}), "content": PROBLEM}
        for status, text in sorted({**_EVERY, **why}.items())
    }


def in_path(call: Call, *, example: str = "") -> list[dict[str, Any]]:
    """Return the parameters of the path of an operation."""
    kinds = dict.fromkeys(("upload", "job", "release", "scenario", "row"), ID)
    given = {"example": example} if example else {}
    return [
        {"name": one, "in": "path", "required": True, "schema": kinds.get(one, TEXT), **given}
        for one in call.names
    ]


def described(call: Call) -> dict[str, Any]:
    """Return an operation as the OpenAPI document has it."""
    there = {"application/json": {"schema": ref(call.answer)}}
    why = _READ | (_WRITTEN if call.writes else {}) | (_OF_BODY if call.body else {})
    if call.answer in ("Brief", "LedgerTotal", "ProposedMapping") or (call.needs_results and not call.writes):
        why |= {"409": "Results are not computed yet, or do not have what the address asks for"}
    if call.seen is not None:
        why |= _OF_TAG | ({"428": "If-Match was not sent"} if call.seen else {})
    found: dict[str, Any] = {
        "operationId": call.operation.__name__,
        "summary": call.summary,
        "parameters": [*in_path(call), *_headers(call), *_query(call)],
        "responses": {
            str(call.status): {"description": call.summary, "headers": _given(call), "content": there}
            | links_of(call.answer),
            **refusals(why),
        },
    }
    if call.is_cached:
        found["responses"]["304"] = NOT_CHANGED
    if call.body:
        kind = "multipart/form-data" if call.body == "FilesToUpload" else "application/json"
        found["requestBody"] = {"required": True, "content": {kind: {"schema": ref(call.body)}}}
    if call.writes:
        found["security"] = [{"token": []}]
    return found


def _given(call: Call) -> dict[str, Any]:
    """Return the headers of the answer of an operation."""
    found = {"Retry-After": header("Seconds after which to ask again", needed=False)}
    if call.is_tagged:
        found["ETag"] = header("Another one for another state")
    if call.status in (201, 202):
        found["Location"] = header("Address of what was made")
    if call.writes:
        found["Idempotency-Replayed"] = header(
            "true where the answer is that of a request before", needed=False
        )
    return found


def _headers(call: Call) -> list[dict[str, Any]]:
    found = [if_none_match()] if call.is_cached else []
    if call.writes:
        schema = {"type": "string", "pattern": "^[\\x21-\\x7e]{1,100}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": call.keyed, "schema": schema})
    if call.seen is not None:
        found.append({"name": "If-Match", "in": "header", "required": call.seen, "schema": TAG})
    return found


def _query(call: Call) -> list[dict[str, Any]]:
    day: dict[str, Any] = {"type": "string", "format": "date"}
    kinds = {"day": day, "on": day, "file": {"type": "integer", "minimum": 0, "maximum": 999}}
    kinds["table"] = {"type": "string", "enum": list(CANDIDATES)}
    if call.answer == "LedgerTotal":
        named = {"type": "string", "minLength": 1, "maxLength": LONG, "pattern": r"\S"}
        kinds |= {one: {"type": "string", "enum": [*filter(None, all)]} for one, all in FIELDS.items()}
        marked = {"type": "string", "enum": [totals.YES]}
        kinds |= dict.fromkeys(TEXTS, named) | dict.fromkeys(MARKS, marked)
    kinds |= call.kinds
    return [
        {"name": one, "in": "query", "required": one in call.needed, "schema": kinds.get(one, TEXT)}
        for one in call.query or ()
    ]
