"""Programs decide on needs and offers of their party, and take a scenario to the plan in force."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.api.program import V1, program
from tests.web.api.test_writes import act, problem
from tests.web.planning.test_adoption import ALL, second_planner
from tests.web.submissions.uploading import work
from tests.web.world import World, compute

from konvoi.web.accounts.tokens import make_token
from konvoi.web.planning.scenarios import answer
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import claim
from konvoi.web.submissions.models import Upload

CLOSED = {"name": "Bolwick closed", "close": ["L-B"]}


def key() -> str:
    """Return a new Idempotency-Key."""
    return uuid.uuid4().hex


def test_the_recipient_validates_a_need_and_the_partner_declines_its_offer(planned: World) -> None:
    recipient, partner = program(planned, "recipient", "submit"), program(planned, "desk-xa", "submit")
    valid = {"state": "validated", "quantity": "30"}
    assert problem(act(recipient, "needs/N-3/decide", valid)) == (400, "key")
    wrong = act(recipient, "needs/N-3/decide", {"state": "sung"}, idempotency_key=key())
    assert problem(wrong) == (400, "body")
    made = act(recipient, "needs/N-3/decide", valid, idempotency_key=key())
    assert (made.status_code, made.json()["party"], made.json()["state"]) == (201, "XV", "checking")
    path = "offers/XA-O3/decide"
    assert problem(act(partner, path, {"state": "declined"}, idempotency_key=key())) == (409, "refused")
    declined = {"state": "declined", "reason": "withdrawn by cabinet"}
    assert act(partner, path, declined, idempotency_key=key()).status_code == 201
    work()
    seen = recipient.get(f"{V1}uploads/{made.json()['upload']}").json()
    assert seen["confirmable"] is True
    for token, path, body in (
        (program(planned, "planner", "submit"), "needs/N-3/decide", valid),
        (partner, "needs/N-3/decide", valid),
        (program(planned, "desk-xb", "submit"), "offers/XA-O3/decide", declined),
        (program(planned, "desk-xa"), "offers/XA-O3/decide", declined),
    ):
        assert problem(act(token, path, body, idempotency_key=key())) == (404, "not-found")
    assert Upload.objects.count() == 2


def answered(token: Client, body: Mapping[str, object]) -> str:
    """Have a scenario answered; return its path."""
    made = act(token, "scenarios", body, idempotency_key=key())
    assert (made.status_code, made.json()["state"]) == (202, "waiting"), made.content
    job = claim("test", ["scenarios"])
    assert job is not None
    answer(job)
    return str(made["Location"]).removeprefix(V1)


def test_a_scenario_is_answered_shared_proposed_and_adopted_by_a_second_person(planned: World) -> None:
    token = program(planned, "planner", "decide")
    path = answered(token, CLOSED)
    seen = token.get(f"{V1}{path}")
    found = seen.json()
    assert (found["state"], found["plans"], found["refused"]) == ("done", ["close", "independent"], "")
    assert found["summary"]["all"] == 5
    assert [one["name"] for one in token.get(f"{V1}scenarios").json()["answered"]] == ["Bolwick closed"]
    shared = act(token, f"{path}/share", {"parties": ["XB"], "title": "If Bolwick is closed"})
    assert (shared.status_code, shared.json()["shared_with"]) == (200, ["XB"])
    partner = program(planned, "desk-xb")
    assert [one["title"] for one in partner.get(f"{V1}shared-scenarios").json()["shared"]] == [
        "If Bolwick is closed"
    ]
    own = partner.get(f"{V1}shared-{path}").json()
    assert {one["offer"] for plan in own["plans"] for one in plan["changes"]} == {"XB-O1"}
    assert problem(program(planned, "desk-xa").get(f"{V1}shared-{path}")) == (404, "not-found")
    proposal = {"plan": "close", "reason": "bridge damaged"}
    assert problem(act(token, f"{path}/propose", proposal)) == (428, "not-seen")
    proposed = act(token, f"{path}/propose", proposal, if_match=seen["ETag"])
    assert (proposed.json()["adoption"], proposed.json()["may_decide"]) == ("proposed", False)
    adopt = {"step": "adopted"}
    assert problem(act(token, f"{path}/decide", adopt, if_match=seen["ETag"])) == (412, "changed")
    assert problem(act(token, f"{path}/decide", adopt, if_match=proposed["ETag"])) == (409, "refused")
    user = planned.user(second_planner(planned))
    until = timezone.now().date() + timedelta(days=1)
    _, secret = make_token(user, name="t", party="", scope="decide", until=until)
    other = Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})
    assert other.get(f"{V1}{path}").json()["may_decide"] is True
    done = act(other, f"{path}/decide", adopt, if_match=proposed["ETag"])
    assert (done.status_code, done.json()["adoption"]) == (200, "adopted")
    compute(planned.folder, ALL, "adopted")
    rows = partner.get(f"{V1}plan-changes").json()["rows"]
    assert [(one["offer"], one["change"]) for one in rows] == [("XB-O1", "gone")]


def test_a_scenario_adds_rows_and_the_plan_of_the_day_is_kept(planned: World) -> None:
    token = program(planned, "planner", "decide")
    offer = {"party": "XA", "good": "pump", "quantity": "6", "site": "XA-DEPOT"}
    path = answered(
        token,
        {
            "offer": offer,
            "need": {"need": "N-1", "due": "2031-03-12"},
            "capacity": {"on": "L-E", "tonnes": "1"},
            "delay": ["XA-O1"],
            "weeks": 1,
        },
    )
    assert (
        "offers or needs that their parties have not submitted" in token.get(f"{V1}{path}").json()["refused"]
    )
    kept = act(token, "scenarios/current", idempotency_key=key())
    assert (kept.status_code, kept.json()["plans"], kept.json()["refused"]) == (201, ["close"], "")
    assert token.get(kept["Location"])["ETag"] == kept["ETag"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, (409, "refused")),
        ({"delay": ["XA-O1"]}, (409, "refused")),
        ({"need": {"need": "N-99", "due": "2031-03-12"}}, (409, "refused")),
        ({"close": "L-B"}, (400, "body")),
        ({"close": [""]}, (400, "body")),
        ({"weeks": "1"}, (400, "body")),
        ({"first": "soon", "close": ["L-B"]}, (400, "body")),
        ({"offer": {"good": "pump"}}, (400, "body")),
        ({"colour": "red"}, (400, "body")),
    ],
)
def test_a_scenario_with_a_fault_is_not_answered(
    planned: World, body: dict[str, object], found: tuple[int, str]
) -> None:
    token = program(planned, "planner", "decide")
    assert problem(act(token, "scenarios", body, idempotency_key=key())) == found
    assert not Job.objects.filter(kind="what-if").exists()


def test_scenarios_are_the_planner_s(planned: World) -> None:
    for person, scope in (("planner", "submit"), ("planner", "read"), ("desk-xa", "submit")):
        token = program(planned, person, scope)
        assert problem(token.get(f"{V1}scenarios")) == (404, "not-found")
        assert problem(act(token, "scenarios", CLOSED, idempotency_key=key())) == (404, "not-found")
    # An address that is no id of a scenario answers for its own method alone.
    assert program(planned, "planner", "decide").get(f"{V1}scenarios/current").status_code == 405
