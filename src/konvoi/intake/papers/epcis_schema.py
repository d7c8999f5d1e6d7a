"""Departures of EPCIS documents and events from the JSON schema of EPCIS 2.0, as findings."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft7Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from konvoi.intake.papers.epcis_xml import EVENTS
from konvoi.intake.papers.work import Work
from konvoi.model.finding import Severity

SHEET = "eventList"
MOST = 2_000
"""Number of events that are checked; beyond it a note says so."""

_CODE = "epcis-schema"
_FIX = "Correct it and submit the document again; what can be read is read."
_HEAD = {
    "@context": [],
    "type": "EPCISDocument",
    "schemaVersion": "2.0",
    "creationDate": "2026-01-01T00:00:00Z",
}
_STAMP = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_WORDS = {"bizStep": "bizStep", "disposition": "disposition"}


def document_faults(document: Mapping[str, object], work: Work) -> None:
    """Report what the head of a document lacks; its events are checked one by one."""
    body = document.get("epcisBody")
    bare = {**document, "epcisBody": {**body, "eventList": []}} if isinstance(body, Mapping) else document
    if isinstance(body, Mapping) and isinstance(results := body.get("queryResults"), Mapping):
        inside = results.get("resultsBody")
        emptied = {**inside, "eventList": []} if isinstance(inside, Mapping) else inside
        bare = {**document, "epcisBody": {"queryResults": {**results, "resultsBody": emptied}}}
    for error in _validator().iter_errors(bare):
        _tell(error, work, "", 0)


def event_faults(event: object, at: int, work: Work) -> None:
    """Report in what an event departs from the schema."""
    if not isinstance(event, Mapping):
        return
    kind = str(event.get("type") or "")
    if kind.rpartition("/")[2].rpartition(":")[2] not in EVENTS:
        words = ("one of: {values}", _FIX)
        place = work.place(SHEET, at, "type")
        work.tell(Severity.ERROR, _CODE, place, words, read=kind, values=", ".join(EVENTS))
        return
    whole = {**_HEAD, "epcisBody": {"eventList": [_prefixed(event)]}}
    seen: set[str] = set()
    for error in _validator().iter_errors(whole):
        path = list(error.absolute_path)[3:]
        column = ".".join(str(step) for step in path)
        if error.validator == "anyOf" and not path and seen:
            continue
        seen.add(column)
        _tell(error, work, column, at)
    for name in _WORDS:
        word = event.get(name)
        if isinstance(word, str) and ":" not in word and word not in _known(name):
            words = ("a word of the Core Business Vocabulary, or an address", _FIX)
            work.tell(Severity.ERROR, _CODE, work.place(SHEET, at, name), words, read=word)


def _tell(error: ValidationError, work: Work, column: str, at: int) -> None:
    words, values = _words(error)
    column = column or (values.get("member", "") if error.validator == "required" else "")
    read = "" if isinstance(error.instance, Mapping | list) else str(error.instance)
    work.tell(Severity.ERROR, _CODE, work.place(SHEET if at else "", at, column), words, read=read, **values)


def _words(error: ValidationError) -> tuple[tuple[str, str], dict[str, str]]:
    value: Any = error.validator_value
    if error.validator == "required":
        missing = next((str(name) for name in value if name not in _members(error)), "")
        return ("the member {member}", "Add it and submit the document again; what can be read is read."), {
            "member": missing
        }
    if error.validator in ("enum", "const"):
        listed = value if isinstance(value, list) else [value]
        return ("one of: {values}", _FIX), {"values": ", ".join(map(str, listed))}
    if error.validator == "type":
        return ("a value of the type {type}", _FIX), {"type": str(value)}
    if error.validator == "format":
        return ("a value of the form {type}", _FIX), {"type": str(value)}
    needed = sorted({name for one in error.context or [] for name in _missing(one)})
    if error.validator in ("anyOf", "oneOf") and needed:
        return ("at least one of: {values}", _FIX), {"values": ", ".join(needed)}
    return ("what the JSON schema of EPCIS 2.0 allows here", _FIX), {}


def _missing(error: ValidationError) -> Iterator[str]:
    if error.validator == "required" and isinstance(error.validator_value, list):
        yield from (str(name) for name in error.validator_value if name not in _members(error))


def _members(error: ValidationError) -> frozenset[str]:
    return frozenset(error.instance) if isinstance(error.instance, Mapping) else frozenset()


def _prefixed(value: object) -> object:
    """Return a value in which names of other namespaces have a prefix, as JSON writes them."""
    if isinstance(value, Mapping):
        return {
            f"ext:{name.rpartition('}')[2]}" if name.startswith("{") else name: _prefixed(one)
            for name, one in value.items()
        }
    return [_prefixed(one) for one in value] if isinstance(value, list) else value


@cache
def _schema() -> dict[str, Any]:
    file = resources.files("konvoi.intake.papers") / "epcis_standard" / "schema.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@cache
def _validator() -> Draft7Validator:
    # Of names the schema asks for the form of an address where its own list lacks some of the standard's.
    formats = FormatChecker(formats=())
    formats.checks("date-time")(_is_stamp)
    return Draft7Validator(_schema(), format_checker=formats)


def _is_stamp(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _STAMP.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.\d+", "", value))
    except ValueError:
        return False
    return True


@cache
def _known(name: str) -> frozenset[str]:
    """Return the words that the schema lists for a member."""
    found: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, Mapping):
            listed = node.get("enum")
            if isinstance(listed, list):
                found.update(map(str, listed))
            for one in node.values():
                walk(one)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(_schema()["definitions"].get(name, {}))
    return frozenset(found)
