"""Funding: what holds money back, payments against need, projects, and an assessment by two persons."""

import json
import uuid

import pytest
from tests.web.affairs import work_off
from tests.web.answers import content
from tests.web.world import World, compute, text

from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.form_rows.models import FormRow

CONDITION = "/funding/conditions/C-1"
GIVEN = {"verdict": "met", "source": "ST-1", "words": "The law is in force."}


def test_a_programme_says_what_holds_money_back(negotiated: World) -> None:
    page = text(negotiated.client().get("/funding/programmes/EP-1"))
    assert "TR-1C-2suspendedEUR 2,000,000" in page
    assert "0 of 2" in page
    rows = json.loads(content(negotiated.client("desk-xa").get("/funding/tranches.json")))["rows"]
    assert [row["tranche"] for row in rows] == ["TR-1"]
    assert negotiated.client("desk-xa").get("/funding/programmes/EP-9").status_code == 404


def test_payments_stand_against_the_need_of_each_month(negotiated: World) -> None:
    page = negotiated.client().get("/funding/payments")
    assert "Apr 2031EUR 2,967,032.96" in text(page)
    assert 'id="need-by-month-t"' in page.content.decode()
    assert "BEGIN:VEVENT" in content(negotiated.client("desk-xa").get("/funding/payments.ics")).decode()


def test_projects_and_contracts_are_taken_in_open_standards(negotiated: World) -> None:
    client = negotiated.client("desk-xa")
    assert "School of Tarnvel" in text(client.get("/funding/projects/P-1"))
    projects = json.loads(client.get("/funding/open-data/projects-oc4ids.json").content)
    assert [one["title"] for one in projects["projects"]] == ["School of Tarnvel"]
    contracts = json.loads(client.get("/funding/open-data/contracts-ocds.json").content)
    assert contracts["releases"] == []
    assert client.get("/funding/open-data/other.json").status_code == 404


def second_desk(world: World) -> str:
    """Make a second person of the desk of XB; return its name."""
    user = User.objects.create_user("second-xb@exercise.invalid", "second-xb")
    decide(ask(user.id, Role.DESK, "XB", by=user.id), GrantEvent.Step.CONFIRMED, by=None)
    return "second-xb"


def recorded(world: World, person: str, given: dict[str, str]) -> str:
    """Assess a condition by form; return the page after it."""
    client = world.client(person)
    page = client.post(CONDITION, {**given, "key": str(uuid.uuid4()), "step": "check"})
    assert page.status_code == 200, text(page)
    seen = page.content.decode().split('name="seen" value="')[1].split('"')[0]
    sent = {**given, "key": str(uuid.uuid4()), "seen": seen, "step": "record"}
    return text(client.post(CONDITION, sent, follow=True))


def test_two_persons_of_the_authority_find_a_condition_met_and_money_can_be_paid(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = negotiated.client("desk-xb")
    page = text(client.post(CONDITION, {**GIVEN, "key": str(uuid.uuid4()), "step": "check"}))
    assert "TR-1EUR 0EUR 4,000,000" in page
    assert "a second person of the authority has to confirm it" in page
    assert "A second person of the authority has to confirm it." in recorded(negotiated, "desk-xb", GIVEN)
    row = FormRow.objects.get()
    address = f"/funding/assessments/{row.pk}"
    page = text(client.post(address, {"step": "confirm"}, follow=True))
    assert "You filled this in yourself." in page
    assert negotiated.client("desk-xa").post(address, {"step": "confirm"}).status_code == 404
    other = negotiated.client(second_desk(negotiated))
    assert "Recorded." in text(other.post(address, {"step": "confirm"}, follow=True))
    (row,) = work_off(monkeypatch)
    assert (row.state, row.reason) == (FormRow.State.STORED, "")
    compute(negotiated.folder, ("cell", "public", "XB"), "after")
    assert "EUR 4,000,000" in text(negotiated.client().get("/funding/programmes/EP-1"))
    assert "1 of 2" in text(negotiated.client().get("/funding/programmes/EP-1"))


def test_not_met_needs_one_person_and_a_discarded_row_is_never_stored(negotiated: World) -> None:
    assert "Recorded." in recorded(negotiated, "planner", {**GIVEN, "verdict": "not met"})
    assert FormRow.objects.get().state == FormRow.State.STORING
    recorded(negotiated, "desk-xb", GIVEN)
    row = FormRow.objects.get(state=FormRow.State.ASKED)
    negotiated.client("desk-xb").post(f"/funding/assessments/{row.pk}", {"step": "discard"})
    assert FormRow.objects.get(pk=row.pk).state == FormRow.State.DROPPED


def test_an_assessment_without_evidence_is_not_recorded(negotiated: World) -> None:
    client = negotiated.client("desk-xb")
    for given in ({**GIVEN, "source": ""}, {**GIVEN, "verdict": "sung"}):
        page = client.post(CONDITION, {**given, "key": str(uuid.uuid4()), "step": "record", "seen": ""})
        assert page.status_code == 400
    page = client.post(
        CONDITION, {**GIVEN, "key": str(uuid.uuid4()), "step": "record", "seen": "x"}, follow=True
    )
    assert "was assessed in the meantime" in text(page)
    assert not FormRow.objects.exists()
    for person in ("desk-xa", "legal", "auditor", "sanctions"):
        assert negotiated.client(person).post(CONDITION, GIVEN).status_code == 404
        assert "Record the assessment" not in text(negotiated.client(person).get(CONDITION))
