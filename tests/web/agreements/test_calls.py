"""Calls to consult: started by the coordination cell, acknowledged by page and by link, recorded."""

import json
import re
import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.web.answers import content
from tests.web.world import World, text

from konvoi.web.access.models import AuditEvent
from konvoi.web.agreements.models import CallEvent

CLAUSE = "/agreements/triggers/G-1"


def start(world: World, kind: str = "drill", key: uuid.UUID | None = None, **given: str) -> str:
    """Start a call; return its address."""
    sent = {"kind": kind, "key": str(key or uuid.uuid4()), **given}
    answer = world.client("planner").post(f"{CLAUSE}/call", sent)
    address: str = answer["Location"]
    return address


def test_a_drill_is_acknowledged_by_page_and_by_link_and_recorded(negotiated: World) -> None:
    key = uuid.uuid4()
    address = start(negotiated, key=key)
    assert start(negotiated, key=key) == address
    cell = negotiated.client("planner")
    page = text(cell.get(address))
    assert "DRILL: call under G-1" in page
    assert "This is a drill." in page
    assert "is addressed" in page
    assert "2 parties have not acknowledged; 23 h 59 min left." in page
    assert "legal (legal) → desk-xa (desk)" in page
    assert "recipient (desk)" in page
    own = negotiated.client("legal")
    assert "Acknowledge the drill under G-1" in text(own.get("/tasks"))
    assert "nobody has an account" not in text(own.get(address))
    assert "Your party has not acknowledged" in text(own.get(address))
    assert "The call is acknowledged for your party." in text(
        own.post(address, {"step": "acknowledge"}, follow=True)
    )
    assert "Acknowledge the drill" not in text(own.get("/tasks"))
    assert "Your party has acknowledged" in text(own.get(address))
    assert "1 party has not acknowledged" in text(cell.get(address))
    for page in (address, CLAUSE):
        assert "All parties have acknowledged" not in text(own.get(page)), page
    made = cell.post(address, {"step": "link", "party": "XV"})
    (link,) = re.findall(r"http://testserver(/agreements/acknowledge/[^<]+)", made.content.decode())
    assert link.rpartition("/")[2] not in str(list(CallEvent.objects.values()))
    nobody = negotiated.client()
    page = text(nobody.get(link))
    assert "DRILL: call to XV" in page
    assert "Acknowledged at" in text(nobody.post(link, follow=True))
    nobody.post(link)
    assert "All parties have acknowledged" in text(cell.get(address))
    assert "The call is ended." in text(cell.post(address, {"step": "end"}, follow=True))
    assert nobody.get(link).status_code != 200
    rows = json.loads(content(negotiated.exporting("planner").get("/agreements/calls.json")))["rows"]
    assert [(row["party"], row["kind"], row["minutes"]) for row in rows] == [
        ("XA", "drill", 0),
        ("XV", "drill", 0),
    ]
    known = [one for one in AuditEvent.objects.order_by("number") if one.action.startswith("call-")]
    assert [(one.action, one.party) for one in known] == [
        ("call-started", ""),
        ("call-acknowledged", "XA"),
        ("call-link-made", "XV"),
        ("call-acknowledged", "XV"),
        ("call-ended", ""),
    ]


def test_a_new_link_voids_the_one_before(negotiated: World) -> None:
    cell, address = negotiated.client("planner"), start(negotiated)
    links = []
    for _ in range(2):
        made = cell.post(address, {"step": "link", "party": "XV"})
        links += re.findall(r"http://testserver(/agreements/acknowledge/[^<]+)", made.content.decode())
    assert [negotiated.client().get(one).status_code == 200 for one in links] == [False, True]


def test_a_real_call_says_so_and_is_late_after_its_time(negotiated: World) -> None:
    event = (timezone.now() - timedelta(hours=25, minutes=1)).strftime("%Y-%m-%dT%H:%M")
    address = start(negotiated, "real", event=event)
    page = text(negotiated.client("planner").get(address))
    assert "REAL: call under G-1" in page
    assert "This is no drill." in page
    assert "overdue by 1 h" in page
    assert "not acknowledged late" in page
    own = negotiated.client("desk-xa")
    assert "Acknowledge the call under G-1" in text(own.get("/tasks"))


def test_nobody_is_called_for_an_event_of_more_than_a_year_ago(negotiated: World) -> None:
    sent = {"kind": "drill", "key": str(uuid.uuid4()), "event": "1931-03-03T09:30"}
    page = text(negotiated.client("planner").post(f"{CLAUSE}/call", sent, follow=True))
    assert "The event is more than a year ago." in page
    assert not CallEvent.objects.exists()


def test_only_those_who_are_called_and_the_cell_see_a_call(negotiated: World) -> None:
    address = start(negotiated)
    persons = ("planner", "auditor", "sanctions", "desk-xa", "legal", "reader-xa", "recipient", "desk-xb", "")
    shown = {one for one in persons if negotiated.client(one).get(address).status_code == 200}
    assert shown == set(persons) - {"desk-xb", ""}
    for person, step in (
        ("reader-xa", "acknowledge"),
        ("desk-xa", "end"),
        ("desk-xa", "link"),
        ("auditor", "end"),
    ):
        sent = {"step": step, "party": "XA"}
        assert negotiated.client(person).post(address, sent).status_code == 404
    assert negotiated.client("desk-xa").post(f"{CLAUSE}/call", {"kind": "drill"}).status_code == 404
    assert "Choose whether it is a drill" in text(
        negotiated.client("planner").post(f"{CLAUSE}/call", {"kind": ""}, follow=True)
    )


def test_no_step_of_a_call_is_changed_or_removed(negotiated: World) -> None:
    start(negotiated)
    steps = CallEvent.objects.all()
    for change in (steps.delete, partial(steps.update, drill=False)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert steps.filter(drill=True).exists()
