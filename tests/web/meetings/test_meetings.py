"""Meetings: pages and lists, and what is recorded in the room until it stands in the results and protocol."""

import json
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.affairs import work_off
from tests.web.answers import content
from tests.web.world import World, compute, text

from konvoi.web.form_rows.models import FormRow
from konvoi.web.planning.models import Scenario

ROOM = "/meetings/of/SES-1/room"
RECORD = "/meetings/of/SES-1/record"


def record(world: World, form: str, person: str = "planner", **given: str) -> str:
    """Record a form of the room; return the room after it."""
    sent = {"form": form, "key": str(uuid.uuid4()), **given}
    return text(world.client(person).post(RECORD, sent, follow=True))


def test_lists_say_who_met_what_was_decided_and_what_is_late(negotiated: World) -> None:
    client = negotiated.client("desk-xa")
    rows = json.loads(content(client.get("/meetings/list.json")))["rows"]
    known = {row["session"]: row for row in rows}
    assert (known["SES-0"]["in_person"], known["SES-0"]["online"], known["SES-1"]["agenda"]) == (1, 1, 2)
    assert "XB: until its parliament agrees" in text(client.get("/meetings/decisions"))
    assert "STEP-0" in text(client.get("/meetings/actions?late_from=1"))
    assert "Security advisers" not in text(negotiated.client().get("/meetings/list"))


def test_a_meeting_leads_to_its_papers_and_a_decision_to_what_came_of_it(negotiated: World) -> None:
    client = negotiated.client("desk-xa")
    meeting = text(client.get("/meetings/of/SES-0"))
    assert "protocol-SES-0.en.docx" in meeting
    assert "1 point of the agenda, 1 decision, 1 action item" in meeting
    assert client.get("/reports/papers/protocol-SES-0").status_code == 200
    assert client.get(reverse("paper-file", kwargs={"file": "protocol-SES-0.en.docx"})).status_code == 200
    decision = text(client.get("/meetings/decisions/DEC-0"))
    assert "One schedule is kept." in decision
    assert "STEP-0" in decision
    assert negotiated.client().get("/meetings/of/SES-0").status_code == 302
    assert client.get("/meetings/of/SES-9").status_code == 404


def test_what_is_recorded_in_the_room_is_shown_at_once_and_stands_in_the_results(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = record(negotiated, "attendance", party="XA", how="online", head="Player A2", office="Adviser")
    assert "Recorded." in page
    assert "ArveniaonlinePlayer A2" in page
    page = record(negotiated, "decision", words="The pact is tabled.", item="AG-1", state="adopted")
    assert "The pact is tabled." in page
    first = FormRow.objects.get(table="decisions").row["decision"]
    page = record(negotiated, "reservation", decision=first, party="XB", words="until its courts agree")
    assert "XB: until its courts agree" in page
    record(negotiated, "task", title="Send the pact round", party="XA", due="2031-03-20", follows=first)
    assert {one.state for one in work_off(monkeypatch)} == {FormRow.State.STORED}
    compute(negotiated.folder, ("cell", "XA"), "after")
    client = negotiated.client("desk-xa")
    page = text(client.get("/meetings/of/SES-1"))
    assert "The pact is tabled.adoptedXB: until its courts agree" in page
    assert "Send the pact roundArvenia20 Mar 2031" in page
    assert "The pact is tabled." in text(client.get("/reports/papers/protocol-SES-1"))
    # The point is settled: the decision sheet no longer lists it.
    assert "Pact of Merrow: what is open" not in text(client.get(ROOM)).split("Decision sheet")[1]


def test_the_state_of_an_action_item_is_recorded_for_its_sender(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"form": "task-state", "key": str(uuid.uuid4()), "step": "STEP-0", "state": "done"}
    negotiated.client("planner").post("/meetings/of/SES-0/record", sent)
    (row,) = work_off(monkeypatch)
    assert (row.state, row.party, row.row["follows"]) == (FormRow.State.STORED, "X-CELL", "DEC-0")
    compute(negotiated.folder, ("cell",), "after")
    assert "STEP-0Name the days of deliveryBolaria20 Feb 2031done" in text(
        negotiated.client("planner").get("/meetings/of/SES-0")
    )


@pytest.mark.parametrize(
    ("form", "given", "why"),
    [
        ("decision", {"words": "", "state": "adopted"}, "Write the decision"),
        ("decision", {"words": "x", "state": "sung"}, "Write the decision"),
        ("decision", {"words": "x", "state": "adopted", "item": "AG-0"}, "Write the decision"),
        ("reservation", {"decision": "DEC-0", "party": "XA"}, "Choose a decision"),
        ("task", {"title": "x", "party": "nobody"}, "State the task"),
        ("task", {"title": "x", "party": "XA", "due": "soon"}, "Write a day"),
        ("attendance", {"party": "XA", "how": "by mail"}, "Choose a party"),
        ("song", {}, "The form is not of this page."),
    ],
)
def test_a_form_of_the_room_with_a_fault_is_not_recorded(
    negotiated: World, form: str, given: dict[str, str], why: str
) -> None:
    assert why in record(negotiated, form, **given)
    assert not FormRow.objects.exists()


def test_each_form_of_the_room_is_a_row_of_its_own(negotiated: World) -> None:
    client = negotiated.client("planner")
    record(negotiated, "decision", words="The pact is tabled.", state="adopted")
    keys = re.findall(r'name="key" value="([^"]+)"', client.get(ROOM).content.decode())
    assert len(keys) == len(set(keys)) == 4
    sent = {"form": "task", "key": keys[0], "title": "Draft the annex", "party": "XB"}
    assert "Recorded." in text(client.post(RECORD, sent, follow=True))
    assert "Recorded." in text(client.post(RECORD, sent, follow=True))
    other = {"form": "attendance", "key": keys[0], "party": "XA", "how": "online"}
    page = text(client.post(RECORD, other, follow=True))
    assert "This form was recorded already, with other content." in page
    assert FormRow.objects.count() == 2


def test_what_was_written_into_a_form_that_is_refused_is_kept(negotiated: World) -> None:
    client = negotiated.client("planner")
    sent = {
        "form": "task",
        "key": str(uuid.uuid4()),
        "title": "Draft the annex",
        "party": "XB",
        "due": "soon",
    }
    page = client.post(RECORD, sent).content.decode()
    assert 'value="Draft the annex"' in page
    assert '<option value="XB" selected>' in page
    long = {"form": "decision", "key": str(uuid.uuid4()), "words": "a" * 2001, "state": "adopted"}
    answer = client.post(RECORD, long)
    assert "A text has more than 2,000 characters." in text(answer)
    assert "a" * 2001 in answer.content.decode()
    assert not FormRow.objects.exists()


def test_only_planners_record_and_others_do_not_see_what_waits(negotiated: World) -> None:
    for person in ("desk-xa", "legal", "auditor", "sanctions", "recipient"):
        sent = {"form": "decision", "key": str(uuid.uuid4()), "words": "x", "state": "adopted"}
        assert negotiated.client(person).post(RECORD, sent).status_code == 404
    record(negotiated, "decision", words="The pact is tabled.", item="", state="adopted")
    assert "The pact is tabled." not in text(negotiated.client("desk-xa").get(ROOM))
    assert "The pact is tabled." in text(negotiated.client("auditor").get(ROOM))


def test_the_follow_up_gives_each_owner_a_letter_and_a_calendar_with_alarms(negotiated: World) -> None:
    page = text(negotiated.client("planner").get("/meetings/follow-up"))
    assert "1 owner to remind: 1 action item overdue" in page
    assert "0 / 1" in page
    for person in ("planner", "desk-xb"):
        client = negotiated.exporting(person)
        letter = client.get(reverse("paper-file", kwargs={"file": "reminder-XB.en.docx"}))
        assert (letter.status_code, letter.content[:2]) == (200, b"PK")
        calendar = client.get(reverse("paper-file", kwargs={"file": "reminder-XB.en.ics"})).content.decode()
        assert "BEGIN:VALARM" in calendar
        assert "Name the days of delivery" in calendar
        assert "STEP-0" in text(client.get("/reports/papers/reminder-XB"))
    other = negotiated.client("desk-xa")
    assert "not released to you" in text(other.get("/meetings/follow-up"))
    assert other.get("/reports/papers/reminder-XB").status_code == 404
    assert "No action item is due soon" in text(negotiated.client().get("/meetings/follow-up"))


def test_a_scenario_becomes_the_draft_of_a_decision(negotiated: World) -> None:
    summary = {"before": "10", "close": "8", "lost": 2, "gained": 1, "first": "2031-03-09"}
    one = Scenario.objects.create(
        name="Lane closed", supposed={}, summary=summary, figures={}, at=timezone.now()
    )
    page = negotiated.client("planner").get(f"{ROOM}?scenario={one.pk}").content.decode()
    assert "Options from scenarios" in page
    assert "Plan by the scenario “Lane closed”.</textarea>" in page
    for person in ("desk-xa", "auditor"):
        assert "Lane closed" not in text(negotiated.client(person).get(f"{ROOM}?scenario={one.pk}"))
