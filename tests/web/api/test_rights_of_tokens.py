"""Every operation of the API for the token of each person in each scope: open as declared, no further."""

import json
import uuid
from typing import Any

import pytest
from django.db import transaction
from tests.web.api.program import V1, program
from tests.web.matrix import REACHED_BY, Record, records
from tests.web.world import ROLES, World

from konvoi.web.access.roles import Right
from konvoi.web.api.calls import Call
from konvoi.web.api.urls import calls

FOR_ALL = frozenset({Right.OPEN, Right.PUBLIC, Right.SIGNED_IN, Right.READ})
OF_SCOPE = {
    "": FOR_ALL,
    "read": FOR_ALL,
    "submit": FOR_ALL | {Right.SUBMIT},
    "decide": FOR_ALL | {Right.DECIDE},
    "negotiate": FOR_ALL | {Right.NEGOTIATE},
    "screen": FOR_ALL | {Right.SCREEN},
}
"""Rights that a token of a scope can have."""
DECIDING = ("planner", "desk-xa", "auditor", "administrator")
WAYS = [
    ("", ""),
    *((person, scope) for person in ROLES for scope in ("read", "submit")),
    *((person, "decide") for person in DECIDING),
    *((person, "negotiate") for person in ("planner", "desk-xa", "legal", "sanctions")),
    *((person, "screen") for person in ("sanctions", "planner", "legal")),
]
BODIES: dict[str, object] = {
    "ReasonGiven": {"reason": "test"},
    "DecisionOnPair": {"decision": "same"},
    "RuleDecision": {"decision": "same"},
    "Opinion": {"person": str(uuid.uuid4())},
    "LanguagesToRelease": {"languages": ["en"]},
}
# Markings are stated by the desk of the party alone.
RECORDS = {"documents/{document}/markings": "own"}


def reaches(call: Call, person: str, scope: str) -> bool:
    """Return True where the table of rights lets a token call an operation."""
    if call.right not in OF_SCOPE[scope] or person not in REACHED_BY[call.right]:
        return False
    return scope not in ("", "read") or not call.writes


def shown(name: str, record: Record, person: str, scope: str, *, writes: bool) -> bool:
    """Return True where a record is one of those that a person sees, or changes."""
    if name == "job" and writes:
        # Without the right to decide a program stops the jobs of its own person alone; here are none.
        return scope == "decide" and person == "planner"
    if name == "job" and person == "administrator":
        # With a token, an administrator is a reader of what is public.
        return "" in record.shown_to
    return person in (record.changed_by if writes else record.shown_to)


def sent(client: Any, call: Call, path: str) -> Any:
    """Call an operation; what it changes is taken back."""
    told = BODIES.get(call.body)
    body = {"data": json.dumps(told), "content_type": "application/json"} if told else {}
    keys = {"Idempotency-Key": uuid.uuid4().hex} if call.keyed else {}
    with transaction.atomic():
        found = client.generic("POST" if call.writes else "GET", V1 + path, headers=keys, **body)
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_each_token_reaches_what_is_declared_and_the_rest_is_not_there(worlds: World) -> None:
    known, wrong = records(), []
    for person, scope in WAYS:
        client = program(worlds, person, scope) if person else worlds.client()
        nothing = client.get(f"{V1}nothing-is-here")
        for call in calls():
            name = next(iter(call.names), "")
            for record in known[RECORDS.get(call.path, name)] if name else (None,):
                path = call.path if record is None else call.path.replace(f"{{{name}}}", str(record.value))
                found = sent(client, call, path)
                there = reaches(call, person, scope)
                if record is not None and there:
                    there = shown(name, record, person, scope, writes=call.writes)
                is_hidden = (found.status_code, found.content, dict(found.headers)) == (
                    nothing.status_code,
                    nothing.content,
                    dict(nothing.headers),
                )
                if is_hidden == there or found.status_code >= 500:
                    wrong.append((person, scope, call.path, found.status_code, str(record and record.value)))
    assert wrong == [], json.dumps(wrong[:20])
