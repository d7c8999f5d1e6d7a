"""Scenarios: asked for by a planner, answered by a job, kept and compared side by side."""

import re
import uuid

import pytest
from django.db import DatabaseError, transaction
from tests.web.world import World, text

from konvoi.gateways.refusal import Refused
from konvoi.web.access.models import AuditEvent
from konvoi.web.do_job import do
from konvoi.web.planning.models import Scenario
from konvoi.web.planning.scenarios import answer
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import claim

CHANGES = {"name": "Bolwick closed", "close": "L-B", "without": "XB", "delay": "XA-O1", "weeks": "1"}
MORE = {"need": "N-1", "due": "2031-03-12", "on": "L-E", "tonnes": "1"}
OFFER = {"offer_party": "XA", "offer_good": "pump", "offer_quantity": "6", "offer_site": "XA-DEPOT"}


def test_several_changes_at_once_are_answered_kept_and_compared(planned: World) -> None:
    client = planned.client("planner")
    values = {**CHANGES, **MORE, **OFFER, "key": str(uuid.uuid4())}
    places = {client.post("/planning/scenarios", values)["Location"] for _ in range(2)}
    (place,) = places
    assert "Bolwick closed" in text(client.get("/planning/scenarios"))
    assert "Waiting for its turn." in text(client.get(place))
    job = claim("test", ["scenarios"])
    assert job is not None
    answer(job)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert {"value", "bound", "kind", "difference"} == set(job.result["found"][0])
    page = text(client.get(place))
    assert "What if: Bolwick closed" in page
    assert "Close to the plan in force: value" in page
    assert "Offer added: 6 pump of XA at XA-DEPOT, from –." in page
    assert "Need N-1: due 2031-03-12." in page
    assert "At most 1 tonnes a week: L-E." in page
    shown = client.get(place).content.decode()
    anchors = set(re.findall(r'href="#([eb]\d+)"', shown))
    assert anchors
    assert {one for one in anchors if f'id="{one}"' not in shown} == set()
    listed = text(client.get("/planning/scenarios"))
    assert "At most possible" in listed
    kept = Scenario.objects.get()
    assert kept.summary["all"] == 5
    assert set(kept.figures) == {"en", "de", "uk"}
    assert AuditEvent.objects.filter(action="scenario-asked").count() == 1
    with pytest.raises((DatabaseError, Refused)), transaction.atomic():
        Scenario.objects.update(name="another")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "Choose at least one change."),
        ({"delay": "XA-O1"}, "State by how many weeks it is delayed."),
        ({"offer_good": "pump"}, "An offer that is added has a good, a quantity, a place and a partner."),
        ({"need": "N-1"}, "A need with another due day has a need and a day."),
        ({"on": "L-A"}, "A lower capacity has a lane or site and tonnes a week."),
        ({"close": "L-B", "tonnes": "50"}, "A lower capacity has a lane or site and tonnes a week."),
        ({"close": "L-B", "due": "2031-03-12"}, "A need with another due day has a need and a day."),
        ({"close": "L-B", "offer_party": "XA", "offer_quantity": "4"}, "An offer that is added has a good"),
        ({"close": "L-B", "weeks": "3"}, "State what is delayed, or leave the weeks empty."),
        ({"on": "L-A", "tonnes": "about 40"}, "“about 40” is no quantity."),
        ({"on": "L-A", "tonnes": "-4"}, "“-4” is no quantity."),
        ({"on": "L-A", "tonnes": "1,000"}, "“1,000” is no quantity."),
        ({**OFFER, "offer_quantity": "0"}, "“0” is no quantity."),
        ({**OFFER, "offer_ready": "soon"}, "Write a day as 2026-03-31."),
    ],
)
def test_what_a_scenario_lacks_is_said_at_the_form(planned: World, values: dict[str, str], why: str) -> None:
    answer = planned.client("planner").post("/planning/scenarios", {**values, "key": str(uuid.uuid4())})
    assert (answer.status_code, why in text(answer)) == (200, True)
    assert not Job.objects.filter(kind="what-if").exists()


def test_a_lane_that_is_not_known_is_named_in_the_answer(planned: World) -> None:
    client = planned.client("planner")
    place = client.post("/planning/scenarios", {"close": "L-99", "key": str(uuid.uuid4())})["Location"]
    job = claim("test", ["scenarios"])
    assert job is not None
    assert do(job.pk) == 1
    assert "L-99" in text(client.get(place)).partition("Not computed:")[2]


def test_without_a_plan_there_is_nothing_to_compare_with(world: World) -> None:
    client = world.client("planner")
    assert "There is no plan to compare with." in text(client.get("/planning/scenarios"))
    assert "There is no plan" in text(client.post("/planning/scenarios", {"close": "L-A"}))


@pytest.mark.parametrize("person", ["desk-xa", "recipient", "auditor", "administrator"])
def test_scenarios_are_the_planner_s(planned: World, person: str) -> None:
    assert planned.client(person).get("/planning/scenarios").status_code == 404
