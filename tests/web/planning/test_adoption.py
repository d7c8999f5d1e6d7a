"""Scenarios shared with parties and adopted by two persons; orders and changes follow from the adoption."""

import json
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from tests.web.answers import content
from tests.web.planning.plan_files import OFFERS, hand_in
from tests.web.world import World, compute, text

from konvoi.gateways.refusal import Refused
from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.planning.models import ScenarioStep, SharedScenario
from konvoi.web.planning.scenarios import answer
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import claim

ALL = ("cell", "XA", "XB", "XV")


def second_planner(world: World) -> str:
    """Add another planner, and return the name."""
    user = User.objects.create_user("planner-2@exercise.invalid", "planner-2")
    decide(ask(user.id, Role.PLANNER, "", by=user.id), GrantEvent.Step.CONFIRMED, by=None)
    return "planner-2"


def answered(client: Client, **values: str) -> str:
    """Have a scenario answered, and return its address."""
    place = client.post("/planning/scenarios", {**values, "key": str(uuid.uuid4())})["Location"]
    job = claim("test", ["scenarios"])
    assert job is not None
    answer(job)
    return str(place)


def proposed(client: Client, place: str, seen: str = "") -> str:
    """Propose the close plan of a scenario, and return the page that follows."""
    values = {"plan": "close", "reason": "bridge damaged", "seen": seen}
    return text(client.post(f"{place}/propose", values, follow=True))


def seen_of(place: str) -> str:
    step = ScenarioStep.objects.filter(scenario=place.rpartition("/")[2]).order_by("-pk").first()
    return str(step.pk) if step else ""


def adopted(world: World, **values: str) -> str:
    """Have a scenario adopted by two persons, compute results, and return its address."""
    client = world.client("planner")
    place = answered(client, **values)
    assert "A second person has to adopt it." in proposed(client, place)
    other = world.client(second_planner(world))
    page = text(other.post(f"{place}/decide", {"step": "adopted", "seen": seen_of(place)}, follow=True))
    assert "The plan is in force." in page
    compute(world.folder, ALL, "adopted")
    return place


def test_two_persons_adopt_a_plan_and_partners_see_their_changes(planned: World) -> None:
    place = adopted(planned, name="Bolwick closed", close="L-B")
    client = planned.client("planner")
    assert "Adopted by planner-2" in text(client.get(place))
    room = text(client.get("/planning/"))
    assert "In force: Bolwick closed, adopted on 3 Mar 2031. Assumed in it: Bolwick closed." in room
    assert "movement changed since the last plan" in room
    assert Job.objects.filter(kind="run", state="waiting").exists()
    assert [
        one.action for one in AuditEvent.objects.filter(action__startswith="plan-").order_by("number")
    ] == ["plan-proposed", "plan-adopted"]
    # The plan stands in the schedule and in the orders of whom it changes.
    assert "4 movements planned" in text(client.get("/planning/schedule"))
    own = planned.client("desk-xb")
    assert "What changed for me: 1 movement" in text(own.get("/"))
    page = text(own.get("/planning/lists/plan-changes"))
    assert "XB-O1" in page
    assert "L-B is shut on" in page
    rows = json.loads(content(planned.exporting("desk-xb").get("/planning/lists/plan-changes.json")))["rows"]
    assert [(one["offer"], one["change"]) for one in rows] == [("XB-O1", "gone")]


def test_a_partner_sees_no_change_of_others_and_is_not_told_of_any(planned: World) -> None:
    adopted(planned, name="Bolwick closed", close="L-B")
    client = planned.client("desk-xa")
    for address in ("/", "/planning/", "/planning/lists/plan-changes"):
        page = client.get(address)
        assert b"XB-O1" not in page.content
        assert b"Bolwick closed" not in page.content
        assert "What changed for me" not in text(page)


def test_whoever_proposed_a_plan_does_not_adopt_it(planned: World) -> None:
    client = planned.client("planner")
    place = answered(client, close="L-B")
    page = proposed(client, place)
    assert "A second planner has to adopt it." in page
    answer_ = client.post(f"{place}/decide", {"step": "adopted", "seen": seen_of(place)}, follow=True)
    assert "A second person has to adopt the plan." in text(answer_)
    assert not ScenarioStep.objects.filter(step="adopted").exists()
    with pytest.raises((DatabaseError, Refused)), transaction.atomic():
        ScenarioStep.objects.update(step="adopted")


def test_a_plan_is_rejected_with_a_reason_and_can_be_proposed_again(planned: World) -> None:
    client = planned.client("planner")
    place = answered(client, close="L-B")
    proposed(client, place)
    other = planned.client(second_planner(planned))
    values = {"step": "rejected", "seen": seen_of(place)}
    assert "State the reason." in text(other.post(f"{place}/decide", values, follow=True))
    page = text(other.post(f"{place}/decide", {**values, "reason": "too early"}, follow=True))
    assert "Rejected by planner-2" in page
    assert "too early" in page
    assert "changed in the meantime" in proposed(client, place)
    assert "A second person has to adopt it." in proposed(client, place, seen_of(place))


def test_a_plan_that_rests_on_supposed_offers_or_an_older_plan_is_not_proposed(planned: World) -> None:
    client = planned.client("planner")
    offer = {"offer_party": "XA", "offer_good": "pump", "offer_quantity": "6", "offer_site": "XA-DEPOT"}
    place = answered(client, **offer)
    assert "offers or needs that their parties have not submitted" in proposed(client, place)
    place = answered(client, close="L-B")
    more = OFFERS["XA"]["offers"].replace("XA-O", "XA-P").replace(",made", ",accepted")
    hand_in(planned.folder, planned.folder.parent / "more", "XA", "coalition", {"offers": more})
    compute(planned.folder, ALL, "second")
    assert "The plan has changed since the scenario was answered." in proposed(client, place)
    assert not ScenarioStep.objects.exists()


def test_the_plan_of_the_day_is_adopted_and_carried_on_with_reasons(planned: World) -> None:
    client = planned.client("planner")
    place = client.post("/planning/scenarios/current", {"key": str(uuid.uuid4())})["Location"]
    proposed(client, place)
    other = planned.client(second_planner(planned))
    other.post(f"{place}/decide", {"step": "adopted", "seen": seen_of(place)})
    more = {"offers": "offer,party,good,quantity,site,ready,state\nXA-P2,XA,pump,3,XA-DEPOT,,accepted\n"}
    hand_in(planned.folder, planned.folder.parent / "more", "XA", "coalition", more)
    compute(planned.folder, ALL, "second")
    page = text(client.get("/planning/lists/plan-changes"))
    assert "XA-P2" in page
    assert "A different plan covers more" in page
    own = text(planned.client("desk-xa").get("/planning/lists/plan-changes"))
    assert "XA-P2" in own
    assert "It follows from changes elsewhere." in own
    assert "Propose the plan as it is now" in text(client.get("/planning/scenarios"))


def test_a_scenario_is_shared_cut_to_what_each_party_sees(planned: World) -> None:
    client = planned.client("planner")
    place = answered(client, name="XB-O1 cannot come", close="L-B", without="XA")
    assert "state the title" in text(client.post(f"{place}/share", {"party": "XA"}, follow=True))
    values = {"party": ["XA", "XB"], "title": "If roads close"}
    assert "The scenario is shared." in text(client.post(f"{place}/share", values, follow=True))
    shared = place.replace("/scenarios/", "/shared/")
    for person, own, other in (("desk-xa", "XA-O1", "XB-O1"), ("desk-xb", "XB-O1", "cannot come")):
        desk = planned.client(person)
        assert "If roads close" in text(desk.get("/planning/"))
        page = text(desk.get(shared))
        assert "is shut" not in page
        assert own in page
        assert other not in page
        assert "It is not the plan in force." in page
    assert planned.client("recipient").get(shared).status_code == 404
    assert client.get(shared).status_code == 404
    assert SharedScenario.objects.count() == 2
    assert AuditEvent.objects.filter(action="scenario-shared").count() == 2


@pytest.mark.parametrize("step", ["share", "propose", "decide"])
def test_steps_of_a_scenario_are_the_planner_s(planned: World, step: str) -> None:
    place = answered(planned.client("planner"), close="L-B")
    for person in ("desk-xa", "auditor", "sanctions"):
        assert planned.client(person).post(f"{place}/{step}", {"plan": "close"}).status_code == 404
    nobody = f"/planning/scenarios/{uuid.uuid4()}/{step}"
    assert planned.client("planner").post(nobody, {}).status_code == 404
