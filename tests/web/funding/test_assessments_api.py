"""Programs of the authority assess a condition; where money can be paid, a second person confirms it."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.affairs import work_off
from tests.web.api.program import V1, program
from tests.web.api.test_writes import act, problem
from tests.web.funding.test_funding import second_desk
from tests.web.world import World

from konvoi.web.accounts.tokens import make_token
from konvoi.web.form_rows.models import FormRow

CONDITION = "conditions/C-1"
ASSESSMENT = {"verdict": "met", "source": "ST-1", "words": "The law is in force."}


def key() -> str:
    """Return a new Idempotency-Key."""
    return uuid.uuid4().hex


def second_program(world: World) -> Client:
    """Return a program of a second person of the desk of XB."""
    user = world.user(second_desk(world))
    until = timezone.now().date() + timedelta(days=1)
    _, secret = make_token(user, name="t", party="XB", scope="submit", until=until)
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})


def test_two_persons_of_the_authority_assess_a_condition(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = program(negotiated, "desk-xb", "submit")
    seen = token.get(f"{V1}{CONDITION}")
    assert (seen.json()["authority"], seen.json()["amount"], seen.json()["currency"]) == ("XB", 4e6, "EUR")
    assert [one["statement"] for one in seen.json()["statements"]] == ["ST-1"]
    effect = token.get(f"{V1}{CONDITION}/effect", {"verdict": "met", "source": "ST-1"}).json()
    assert effect["needs_two"] is True
    assert effect["tranches"][0]["disbursable_after"] == "EUR 4,000,000"
    path = f"{CONDITION}/assessments"
    assert problem(act(token, path, ASSESSMENT, idempotency_key=key())) == (428, "not-seen")
    made = act(token, path, ASSESSMENT, idempotency_key=key(), if_match=seen["ETag"])
    assert (made.status_code, made.json()["state"]) == (202, "waits for a second person")
    row = made.json()["row"]
    assert problem(act(token, f"assessments/{row}/confirm")) == (409, "refused")
    assert problem(act(program(negotiated, "desk-xa", "submit"), f"assessments/{row}/confirm"))[0] == 404
    other = second_program(negotiated)
    assert other.get(f"{V1}rows/{row}").json()["may_confirm"] is True
    confirmed = act(other, f"assessments/{row}/confirm")
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "being stored")
    (one,) = work_off(monkeypatch)
    assert (one.state, one.reason) == (FormRow.State.STORED, "")


def test_an_assessment_that_waits_is_discarded_and_one_without_evidence_refused(negotiated: World) -> None:
    token = program(negotiated, "planner", "submit")
    seen = token.get(f"{V1}{CONDITION}")["ETag"]
    path = f"{CONDITION}/assessments"
    for change, code in (({"verdict": "sung"}, 400), ({"source": "ST-9"}, 409)):
        body = {**ASSESSMENT, **change}
        assert problem(act(token, path, body, idempotency_key=key(), if_match=seen))[0] == code
    made = act(token, path, ASSESSMENT, idempotency_key=key(), if_match=seen)
    dropped = act(token, f"assessments/{made.json()['row']}/discard")
    assert dropped.json()["state"] == "discarded"
    for person in ("desk-xa", "recipient"):
        other = program(negotiated, person, "submit")
        assert act(other, path, ASSESSMENT, idempotency_key=key(), if_match=seen).status_code in (404, 409)
    assert FormRow.objects.count() == 1
