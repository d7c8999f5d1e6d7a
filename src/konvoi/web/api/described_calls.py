"""Operations that are no lists in the OpenAPI document, with what they take and give."""

from collections.abc import Mapping
from typing import Any

from konvoi.intake.mapping_proposal import CANDIDATES
from konvoi.model.tables import BY_NAME
from konvoi.reconcile.judgement import VERDICTS
from konvoi.web.api import rows, totals
from konvoi.web.api.calls import Call
from konvoi.web.api.jobs import LONGEST, MOST_ANSWERS
from konvoi.web.api.received import TEXT
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
_TEXT: dict[str, Any] = {"type": "string"}
_WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}
_YES: dict[str, Any] = {"type": "boolean"}
_TAG: dict[str, Any] = {"type": "string", "minLength": 1}
_ID: dict[str, Any] = {"type": "string", "format": "uuid"}


def _object(
    needed: dict[str, Any], more: dict[str, Any] | None = None, *, closed: bool = False
) -> dict[str, Any]:
    found = {"type": "object", "required": list(needed), "properties": {**needed, **(more or {})}}
    return {**found, "additionalProperties": False} if closed else found


def _texts(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, _TEXT)


def _list(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": row}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _line(most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": TEXT}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _of_row(name: str, form: row_forms.RowForm) -> dict[str, Any]:
    """Return a member of a row of a form: one of its values, or a text as a cell of a workbook states it."""
    values = rows.members(form)[name]
    needed = name in rows.needed(form)
    return {"enum": list(values)} if values else _line(row_forms.LONGEST, 1 if needed else 0)


_FINDING = {"severity": _TEXT, "text": _TEXT, "file": _TEXT, "sheet": _TEXT, "row": _WHOLE, "column": _TEXT}
_FILE = {
    "name": _TEXT,
    "outcome": _TEXT,
    "entries": _WHOLE,
    "counts": {"type": "object", "additionalProperties": _WHOLE},
    "changed": _WHOLE,
    "severities": {"type": "object", "additionalProperties": _WHOLE},
    "findings": _list(_ref("UploadFinding")),
}
_JOB = {
    "job": _ID,
    "kind": {"enum": list(LANES)},
    "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
}
_PROGRESS = {"note": _TEXT, "done": _WHOLE, "total": _WHOLE}
SCHEMAS: dict[str, Any] = {
    "Problem": _object(
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _TEXT,
            "status": {"type": "integer"},
        },
        {"detail": _TEXT, "parameter": _TEXT},
    ),
    "UploadState": _object(
        {
            "upload": _ID,
            "party": _TEXT,
            "state": {"enum": ["checking", "checked", "storing", "stored", "discarded", "failed"]},
            "job": {"type": ["string", "null"], "format": "uuid"},
            "files": _list(_object({"name": _TEXT, "size": _WHOLE})),
            "created": {"type": "string", "format": "date-time"},
            "reason": _TEXT,
            "confirmable": _YES,
            "confirmed_by": _WHOLE,
            "preview": _or_null(_ref("UploadPreview")),
        }
    ),
    "UploadPreview": _object(
        {
            "files": _list(_object(_FILE)),
            "elsewhere": _list(_ref("UploadFinding")),
            "effects": _list({"type": "object", "additionalProperties": _TEXT}),
            "widened": _list({"type": "object", "additionalProperties": _TEXT}),
        }
    ),
    "UploadFinding": _object(_FINDING),
    "StoredDocument": _object({"document": _TEXT, "party": _TEXT, "file": _TEXT, "withdrawn": _YES}),
    "JobState": _object(_JOB, _PROGRESS),
    "OpenQuestions": _object(
        {
            **_JOB,
            "questions": _list(
                _object(
                    {
                        **_texts("question", "party", "title", "about", "where", "asks", "needed"),
                        "open_days": {"type": ["integer", "null"]},
                        "choices": _list(_TEXT),
                    }
                )
            ),
        },
        _PROGRESS,
    ),
    "PairState": _object(
        {
            **_texts("pair", "relation", "state", "question"),
            "decisions": _list(_object({"decision": {"enum": list(VERDICTS)}, "label": _TEXT})),
            "drawn": _YES,
            "probability": {"type": ["number", "null"]},
            "fields": _list(_object({"label": _TEXT, "left": _TEXT, "right": _TEXT, "differs": _YES})),
            "evidence": _list(_TEXT),
            "decided": _list(_object(_texts("decision", "by", "at", "note"))),
            "asked": _list(_TEXT),
            "reviewers": _list(_object({"person": _ID, "name": _TEXT})),
            "total": _or_null(_ref("Total")),
            "totals_after": _or_null({"type": "object", "additionalProperties": _or_null(_ref("Total"))}),
        }
    ),
    "Total": _object(
        {**{name: {"type": "number"} for name in ("value", "lowest", "highest")}, "currency": _TEXT}
    ),
    "Rule": _object({"pairs": _list(_TEXT), "total": _or_null(_ref("Total"))}),
    "DecidedPairs": _object({"decided": _WHOLE, "total": _or_null(_ref("Total"))}),
    "DecisionOnPair": _object(
        {"decision": {"enum": list(VERDICTS)}}, {"note": _line(LONGEST_NOTE)}, closed=True
    ),
    "RuleDecision": _object({"decision": {"enum": list(FIRM)}}, closed=True),
    "Opinion": _object({"person": _ID}, closed=True),
    "Brief": _object(
        {
            "reader": _TEXT,
            "day": {"type": ["string", "null"], "format": "date"},
            "view": _TEXT,
            "languages": _list(_TEXT),
            "figures": _list(_object(_texts("figure", "title", "value"))),
        }
    ),
    "LanguagesToRelease": _object(
        {"languages": {"type": "array", "minItems": 1, "items": {"enum": list(CODES)}}}, closed=True
    ),
    "ProposedMapping": _object(
        {
            **_texts("file"),
            **{name: _list(_TEXT) for name in ("head", "open", "names")},
            "mappings": _list(_ref("TableMapping")),
            "rows": _WHOLE,
            "sample": _list(_list(_TEXT)),
        }
    ),
    "MappingsToKeep": _object(
        {
            "mappings": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_TABLES,
                "items": _ref("TableMapping"),
            }
        },
        closed=True,
    ),
    "TableMapping": _object(
        {"table": {"enum": list(BY_NAME)}},
        {
            "sheet": _TEXT,
            **{name: {"type": "object", "additionalProperties": _TEXT} for name in ("columns", "constants")},
            "words": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": _TEXT},
            },
            "times": {"type": "object", "additionalProperties": {"type": "integer"}},
            **{name: _list(_TEXT) for name in ("reference", "ignored")},
            **_texts("separator", "decimal", "day_order"),
            "distinct": _YES,
        },
        closed=True,
    ),
    "LedgerTotal": _object(
        {
            **{name: _or_null({"type": "number"}) for name in ("value", "lowest", "highest")},
            **_texts("stage", "rule", "boundary", "view"),
            "exact": _YES,
            "as_of": {"type": ["string", "null"], "format": "date"},
            "used": _WHOLE,
            "unknown": _WHOLE,
            "open_pairs": _WHOLE,
            "by": _list(_ref("TotalPart")),
            "refused": _or_null(_object({"reason": _TEXT})),
        },
        {"currency": _TEXT, "unit": _TEXT, "rows": _list(_ref("TotalRow"))},
    ),
    "TotalPart": _object(
        {"key": _TEXT, **{name: {"type": "number"} for name in ("value", "lowest", "highest")}},
        {"unit": _TEXT, "entries": _list(_TEXT)},
    ),
    "TotalRow": _object(
        {
            **_texts("entry", "unit", "key", "how", "other"),
            "value": _or_null({"type": "number"}),
            "counted": {"type": "number"},
        }
    ),
    **{
        f"{form.key.capitalize()}Row": _object(
            {name: _of_row(name, form) for name in rows.needed(form)},
            {name: _of_row(name, form) for name in rows.members(form) if name not in rows.needed(form)},
            closed=True,
        )
        for form in rows.FORMS.values()
    },
    "MeetingRecord": _object(
        {"form": {"enum": list(ROOM_FORMS)}},
        {name: _line(row_forms.LONGEST) for name in rows.OF_ROOM},
        closed=True,
    ),
    "RecordedRow": _object(
        {
            "row": _ID,
            **_texts("table", "about", "state"),
            "values": {"type": "object", "additionalProperties": _TEXT},
            "job": {"type": ["string", "null"], "format": "uuid"},
        }
    ),
    "ReleaseState": _object(
        {
            "release": _ID,
            "reader": _TEXT,
            "day": {"type": "string", "format": "date"},
            "languages": _list(_TEXT),
            "state": {"enum": list(ReleaseEvent.Step.values)},
            "at": {"type": "string", "format": "date-time"},
            "ended": {"type": ["string", "null"], "format": "date-time"},
            "reason": _TEXT,
            "follows": {"type": ["string", "null"], "format": "uuid"},
            "digest": _TEXT,
            "view": _TEXT,
            "files": _list(_TEXT),
        }
    ),
    "FilesToUpload": _object(
        {"files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}},
        {"party": _line(60)},
        closed=True,
    ),
    "ReasonGiven": _object({"reason": _line(LONGEST_REASON, 1)}, closed=True),
    "AnswersToQuestions": _object(
        {
            "answers": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_ANSWERS,
                "items": _object(
                    {"question": _line(100, 1)},
                    {name: _line(LONGEST) for name in ("answer", "day", "remark")},
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
    return {"description": text, "required": needed, "schema": _TEXT}


def if_none_match() -> dict[str, Any]:
    """Return the header by which a program says what it has already."""
    return {"name": "If-None-Match", "in": "header", "required": False, "schema": _TAG}


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
    "RecordedRow": {"job": _OF_JOB},
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
    kinds = dict.fromkeys(("upload", "job", "release"), _ID)
    given = {"example": example} if example else {}
    return [
        {"name": one, "in": "path", "required": True, "schema": kinds.get(one, _TEXT), **given}
        for one in call.names
    ]


def described(call: Call) -> dict[str, Any]:
    """Return an operation as the OpenAPI document has it."""
    there = {"application/json": {"schema": _ref(call.answer)}}
    why = _READ | (_WRITTEN if call.writes else {}) | (_OF_BODY if call.body else {})
    if call.answer in ("Brief", "LedgerTotal", "ProposedMapping"):
        why |= {"409": "Results are not computed yet"}
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
        found["requestBody"] = {"required": True, "content": {kind: {"schema": _ref(call.body)}}}
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
        found.append({"name": "If-Match", "in": "header", "required": call.seen, "schema": _TAG})
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
    return [{"name": one, "in": "query", "schema": kinds.get(one, _TEXT)} for one in call.query or ()]
