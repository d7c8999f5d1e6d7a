"""Operations that are no lists in the OpenAPI document, with what they take and give."""

from typing import Any

from konvoi.web.api.calls import Call
from konvoi.web.api.jobs import LONGEST, MOST_ANSWERS
from konvoi.web.api.received import TEXT
from konvoi.web.submissions.document_actions import LONGEST_REASON

PROBLEM: dict[str, Any] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_TEXT: dict[str, Any] = {"type": "string"}
_WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}
_YES: dict[str, Any] = {"type": "boolean"}
_ID: dict[str, Any] = {"type": "string", "format": "uuid"}


def _object(
    needed: dict[str, Any], more: dict[str, Any] | None = None, *, closed: bool = False
) -> dict[str, Any]:
    found = {"type": "object", "required": list(needed), "properties": {**needed, **(more or {})}}
    return {**found, "additionalProperties": False} if closed else found


def _list(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": row}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _line(most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": TEXT}


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
    "kind": {"enum": ["run", "check", "take", "ask", "what-if"]},
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
    "Upload": _object(
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
            "preview": {"anyOf": [_ref("UploadPreview"), {"type": "null"}]},
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
    "Document": _object({"document": _TEXT, "party": _TEXT, "file": _TEXT, "withdrawn": _YES}),
    "Job": _object(_JOB, _PROGRESS),
    "Questions": _object(
        {
            **_JOB,
            "questions": _list(
                _object(
                    {
                        **dict.fromkeys(
                            ("question", "party", "title", "about", "where", "asks", "needed"), _TEXT
                        ),
                        "open_days": {"type": ["integer", "null"]},
                        "choices": _list(_TEXT),
                    }
                )
            ),
        },
        _PROGRESS,
    ),
    "Files": _object(
        {"files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}},
        {"party": _line(60)},
        closed=True,
    ),
    "Reason": _object({"reason": _line(LONGEST_REASON, 1)}, closed=True),
    "Answers": _object(
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
_READ = {
    "400": "The address has what the operation does not have",
    "401": "No valid token",
    "404": "It does not exist, or is not released to the reader",
    "405": "The address has no such method",
    "429": "Too many wrong tokens from one address",
}
_WRITTEN = {
    "400": "What was sent is not as the operation needs it",
    "409": "The action is refused; nothing was changed",
    "422": "The Idempotency-Key was sent with another request before",
}
_OF_BODY = {"413": "The body is too large", "415": "The body is of another media type"}
_OF_TAG = {"412": "It is not as the program has seen it"}


def in_path(call: Call) -> list[dict[str, Any]]:
    """Return the parameters of the path of an operation."""
    kinds = {"upload": _ID, "job": _ID}
    return [
        {"name": one, "in": "path", "required": True, "schema": kinds.get(one, _TEXT)} for one in call.names
    ]


def described(call: Call) -> dict[str, Any]:
    """Return an operation as the OpenAPI document has it."""
    there = {"application/json": {"schema": _ref(call.answer)}}
    refusals = _READ | (_WRITTEN if call.writes else {}) | (_OF_BODY if call.body else {})
    if call.seen is not None:
        refusals |= _OF_TAG | ({"428": "If-Match was not sent"} if call.seen else {})
    found: dict[str, Any] = {
        "operationId": call.operation.__name__,
        "summary": call.summary,
        "parameters": [*in_path(call), *_headers(call), *_query(call)],
        "responses": {
            str(call.status): {"description": call.summary, "content": there},
            **{status: {"description": why, "content": PROBLEM} for status, why in refusals.items()},
        },
    }
    if call.answer == "Upload" and not call.writes:
        found["responses"]["304"] = {"description": "Not changed since the tag that was sent"}
    if call.body:
        kind = "multipart/form-data" if call.body == "Files" else "application/json"
        found["requestBody"] = {"required": True, "content": {kind: {"schema": _ref(call.body)}}}
    if call.writes:
        found["security"] = [{"token": []}]
    return found


def _headers(call: Call) -> list[dict[str, Any]]:
    found = []
    if call.writes:
        schema = {"type": "string", "pattern": "^[\\x21-\\x7e]{1,100}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": call.keyed, "schema": schema})
    if call.seen is not None:
        found.append({"name": "If-Match", "in": "header", "required": call.seen, "schema": _TEXT})
    return found


def _query(call: Call) -> list[dict[str, Any]]:
    day = {"type": "string", "format": "date"}
    return [{"name": one, "in": "query", "schema": day} for one in call.query or ()]
