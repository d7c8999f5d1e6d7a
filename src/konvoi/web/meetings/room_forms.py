"""Forms of the room: attendance, decisions, reservations, action items; each becomes a row of a table."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date

from konvoi.gateways.refusal import Refused
from konvoi.model.tables.sessions import DONE, STEP_STATES
from konvoi.web.form_rows.days import day_for, stated_day
from konvoi.web.meetings.meeting import Decided, Meeting, sender_of
from konvoi.web.pages.texts import say

Given = Mapping[str, str]
Made = tuple[str, str, dict[str, str]]
WAYS = ("in person", "online", "absent")
OUTCOMES = ("adopted", "deferred", "rejected")
_OF_DECISION = (
    "decision",
    "session",
    "words",
    "words_de",
    "words_uk",
    "item",
    "day",
    "state",
    "about",
    "source",
)
_OF_STEP = ("step", "title", "party", "due", "follows", "waits_for", "moved", "source")


def made(meeting: Meeting, given: Given, key: uuid.UUID) -> Made:
    """Return sender, table and row that a form of the room states; Refused with what is wrong."""
    make = FORMS.get(given.get("form", ""))
    if make is None:
        raise Refused(say("The form is not of this page."))
    return make(meeting, given, key)


def _attendance(meeting: Meeting, given: Given, key: uuid.UUID) -> Made:
    party, how = given.get("party", ""), given.get("how", "")
    if party not in meeting.parties() or how not in WAYS:
        raise Refused(say("Choose a party and how it takes part. Nothing was recorded."))
    row = {"session": meeting.name, "party": party, "how": how}
    row |= {name: given.get(name, "").strip() for name in ("head", "office")}
    return meeting.sender, "attendance", row


def _decision(meeting: Meeting, given: Given, key: uuid.UUID) -> Made:
    words, state = given.get("words", "").strip(), given.get("state", "")
    items = {row["item"]: row for row in meeting.agenda()}
    item = given.get("item", "")
    if not words or state not in OUTCOMES or (item and item not in items):
        raise Refused(say("Write the decision and choose its outcome. Nothing was recorded."))
    row = {
        "decision": f"{meeting.name}-D-{key.hex[:4]}",
        "session": meeting.name,
        "words": words,
        "item": item,
        "state": state,
        "about": str(items[item]["about"] or "") if item else "",
    }
    return meeting.sender, "decisions", row


def _reservation(meeting: Meeting, given: Given, key: uuid.UUID) -> Made:
    party = given.get("party", "")
    one = next((each for each in meeting.decisions() if each.row["decision"] == given.get("decision")), None)
    if one is None or party not in meeting.parties():
        raise Refused(say("Choose a decision and the party with the reservation. Nothing was recorded."))
    words = " ".join(given.get("words", "").replace(";", ",").split())
    others = [(name, text) for name, text in one.reservations if name != party]
    kept = [*others, (party, words)]
    row = {name: _text(one.row.get(name)) for name in _OF_DECISION}
    row["reservations"] = "; ".join(f"{name}: {text}" if text else name for name, text in kept)
    return _sender(meeting, one), "decisions", row


def _sender(meeting: Meeting, one: Decided) -> str:
    return sender_of(one.row) or meeting.sender


def _task(meeting: Meeting, given: Given, key: uuid.UUID) -> Made:
    title, party = given.get("title", "").strip(), given.get("party", "")
    follows = given.get("follows", "") or meeting.name
    known = {meeting.name, *(one.row["decision"] for one in meeting.decisions())}
    if not title or party not in meeting.parties() or follows not in known:
        raise Refused(say("State the task and its owner. Nothing was recorded."))
    row = {
        "step": f"{meeting.name}-T-{key.hex[:4]}",
        "title": title,
        "party": party,
        "due": stated_day(given.get("due", "")),
        "state": "open",
        "follows": follows,
    }
    return meeting.sender, "steps", row


def _task_state(meeting: Meeting, given: Given, key: uuid.UUID) -> Made:
    state = given.get("state", "")
    rows = meeting.opened.rows("steps", where={"step": given.get("step", "")}, limit=1).rows
    known: Mapping[str, object] | None = rows[0] if rows else None
    waiting = [row for row in meeting.waiting("steps") if row["step"] == given.get("step")]
    known = {**(known or {}), **waiting[-1]} if waiting else known
    if known is None or state not in STEP_STATES:
        raise Refused(say("Choose an action item and its state. Nothing was recorded."))
    row = {name: _text(known.get(name)) for name in _OF_STEP} | {"state": state}
    sender = sender_of(known) or meeting.sender
    if state == DONE:
        row["done"] = day_for(meeting.viewer).isoformat()
    return sender, "steps", row


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


FORMS: Mapping[str, Callable[[Meeting, Given, uuid.UUID], Made]] = {
    "attendance": _attendance,
    "decision": _decision,
    "reservation": _reservation,
    "task": _task,
    "task-state": _task_state,
}
"""Forms of the room by name."""
