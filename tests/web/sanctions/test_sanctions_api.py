"""Programs of the sanctions desk decide on alerts, two persons on a freeze, and take proposals forward."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.affairs import work_off
from tests.web.api.program import V1, program
from tests.web.api.test_writes import act, problem
from tests.web.sanctions.test_sanctions import second
from tests.web.world import World, compute

from konvoi.web.accounts.tokens import make_token
from konvoi.web.form_rows.models import FormRow

FALSE = {"disposition": "false positive", "reason": "Another company."}


def key() -> str:
    """Return a new Idempotency-Key."""
    return uuid.uuid4().hex


def alert_of(token: Client, party: str = "X-OSK") -> str:
    """Return the path of the alert on a party."""
    rows = token.get(f"{V1}alerts").json()["rows"]
    return f"alerts/{next(one['hit'] for one in rows if one['party'] == party)}"


def decided(token: Client, path: str, **more: str) -> FormRow:
    """Decide on an alert as it is now; return the row."""
    seen = token.get(f"{V1}{path}")["ETag"]
    made = act(token, f"{path}/decide", {**FALSE, **more}, idempotency_key=key(), if_match=seen)
    assert made.status_code == 202, made.content
    return FormRow.objects.get(pk=made.json()["row"])


def test_an_alert_on_a_freeze_is_found_false_by_two_persons(
    listed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = program(listed, "sanctions", "screen")
    path = alert_of(token)
    seen = token.get(f"{V1}{path}").json()
    assert (seen["needs_two"], seen["blocks"], len(seen["stopped"])) == (True, True, 2)
    assert seen["evidence_for"]
    decided(token, path)
    work_off(monkeypatch)
    compute(listed.folder, ("cell", "XA"), "one")
    # The same person cannot be the second one.
    decided(token, path)
    assert work_off(monkeypatch)[-1].state == FormRow.State.REFUSED
    user = listed.user(second(listed))
    until = timezone.now().date() + timedelta(days=1)
    _, secret = make_token(user, name="t", party="", scope="screen", until=until)
    other = Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})
    decided(other, path)
    assert work_off(monkeypatch)[-1].state == FormRow.State.STORED
    compute(listed.folder, ("cell", "XA"), "two")
    after = token.get(f"{V1}{path}").json()
    assert (after["blocks"], "second-s" in after["reviewers"]) == (False, True)
    assert program(listed, "desk-xa").get(f"{V1}{path}").json()["reviewers"] == []


def test_a_decision_with_a_fault_or_of_others_is_not_recorded(listed: World) -> None:
    token = program(listed, "sanctions", "screen")
    path = alert_of(token)
    seen = token.get(f"{V1}{path}")["ETag"]
    licence = {"authority": "A", "reference": "1", "scope": "food", "from": "2031-03-02", "to": "2031-03-01"}
    for body, found in (
        ({**FALSE, "disposition": "sung"}, (400, "body")),
        ({"disposition": "true match"}, (400, "body")),
        ({**FALSE, "from": "soon"}, (400, "body")),
        ({**FALSE, "authority": "A"}, (409, "refused")),
        ({**FALSE, **licence, "disposition": "licensed"}, (409, "refused")),
    ):
        answer = act(token, f"{path}/decide", body, idempotency_key=key(), if_match=seen)
        assert problem(answer) == found, body
    assert problem(act(token, f"{path}/decide", FALSE, idempotency_key=key())) == (428, "not-seen")
    for person, scope in (("planner", "decide"), ("sanctions", "read"), ("desk-xa", "submit")):
        other = program(listed, person, scope)
        assert problem(act(other, f"{path}/decide", FALSE, idempotency_key=key(), if_match=seen)) == (
            404,
            "not-found",
        )
    assert not FormRow.objects.exists()


def test_a_proposal_is_drafted_from_a_gap_and_taken_through_its_states(
    listed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = program(listed, "sanctions", "screen")
    gap = token.get(f"{V1}gaps?lacks=us&limit=1").json()["rows"][0]
    draft = {"to": "us", "party": gap["party"], "order": gap["order"], "reason": "One regime lists it."}
    assert problem(act(token, "proposals", {**draft, "party": "none"}, idempotency_key=key())) == (
        409,
        "refused",
    )
    assert act(token, "proposals", draft, idempotency_key=key()).status_code == 202
    (row,) = work_off(monkeypatch)
    assert (row.state, row.reason) == (FormRow.State.STORED, "")
    compute(listed.folder, ("cell", "XA"), "drafted")
    name = token.get(f"{V1}proposals", {"state": "draft"}).json()["rows"][-1]["proposal"]
    path = f"proposals/{name}"
    seen = token.get(f"{V1}{path}")
    assert (seen.json()["state"], seen.json()["recorded"]) == ("draft", "draft")
    assert seen.json()["steps"] == ["table", "withdraw"]
    asked = act(token, f"{path}/dossier", idempotency_key=key())
    assert (asked.status_code, asked.json()["kind"]) == (202, "dossier")
    work_off(monkeypatch)
    files = token.get(f"{V1}{path}").json()["dossier"]
    assert any(one.endswith("proposal.en.docx") for one in files)
    assert token.get(next(one for one in files if one.endswith(".docx"))).content[:2] == b"PK"
    step = {"step": "withdraw", "reason": "Too early."}
    assert problem(act(token, f"{path}/step", {"step": "sing"}, if_match=seen["ETag"])) == (400, "body")
    assert problem(act(token, f"{path}/step", step)) == (428, "not-seen")
    without = {"step": "withdraw"}
    assert problem(act(token, f"{path}/step", without, if_match=seen["ETag"])) == (409, "refused")
    done = act(token, f"{path}/step", step, if_match=seen["ETag"])
    assert (done.status_code, done.json()) == (200, {"proposal": name, "step": "withdraw"})
    now = token.get(f"{V1}{path}")
    assert (now.json()["state"], now.json()["recorded"]) == ("draft", "withdrawn")
    assert problem(act(token, f"{path}/step", step, if_match=seen["ETag"])) == (412, "changed")
    # Results do not know of the step yet.
    assert problem(act(token, f"{path}/step", step, if_match=now["ETag"])) == (409, "refused")
