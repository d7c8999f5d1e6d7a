"""Sanctions: lists and gaps, a proposal through its states, and an alert that two persons decide."""

import json
import uuid
from typing import Any

import pytest
from tests.web.affairs import work_off
from tests.web.answers import content
from tests.web.world import World, compute, text

from konvoi.flow.sanctions.proposals import proposed, steps
from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.form_rows.models import FormRow


def rows_of(world: World, person: str, address: str) -> list[dict[str, Any]]:
    """Return the rows of a list as JSON."""
    found: list[dict[str, Any]] = json.loads(content(world.exporting(person).get(address)))["rows"]
    return found


def second(world: World) -> str:
    """Make a second person of the sanctions desk; return its name."""
    user = User.objects.create_user("second-s@exercise.invalid", "second-s")
    decide(ask(user.id, Role.SANCTIONS, "", by=user.id), GrantEvent.Step.CONFIRMED, by=None)
    return "second-s"


def test_lists_in_use_have_their_age_and_gaps_their_evidence(listed: World) -> None:
    known = {row["regime"]: row for row in rows_of(listed, "sanctions", "/sanctions/lists.json")}
    assert (known["uk"]["age"], known["uk"]["state"]) == (5, "in force")
    page = text(listed.client("desk-xa").get("/sanctions/coverage"))
    assert "asset freeze" in page
    gap = rows_of(listed, "sanctions", "/sanctions/gaps.json?lacks=us")[0]
    address = f"/sanctions/gaps/us/asset-freeze/{gap['party']}"
    assert "1 regime lists it and US does not." in text(listed.client("desk-xa").get(address))
    assert "Draft a proposal" not in text(listed.client("desk-xa").get(address))
    assert listed.client("desk-xa").get("/sanctions/gaps/us/asset-freeze/none").status_code == 404


def drafted(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """Draft a proposal from the first gap of the US; return its id."""
    gap = rows_of(world, "sanctions", "/sanctions/gaps.json?lacks=us")[0]
    address = f"/sanctions/gaps/us/asset-freeze/{gap['party']}"
    sent = {"key": str(uuid.uuid4()), "reason": "One regime lists it."}
    assert world.client("planner").post(address, sent).status_code == 404
    assert "Recorded." in text(world.client("sanctions").post(address, sent, follow=True))
    (row,) = work_off(monkeypatch)
    assert (row.state, row.reason) == (FormRow.State.STORED, "")
    return str(proposed(steps(world.folder), None)["proposal"][0])


def test_a_proposal_goes_from_its_draft_through_its_states(
    listed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = drafted(listed, monkeypatch)
    address = f"/sanctions/proposals/{proposal}"
    compute(listed.folder, ("cell", "XA"), "drafted")
    client = listed.client("sanctions")
    assert "draft" in text(client.get(address))
    assert "It appears on this page." in text(
        client.post(f"{address}/dossier", {"key": str(uuid.uuid4())}, follow=True)
    )
    work_off(monkeypatch)
    assert "proposal.en.docx" in text(client.get(address))
    page = listed.exporting("sanctions").get(f"{address}/dossier/proposal.en.html")
    assert "acts to cite" in page.content.decode().lower()
    assert listed.exporting("sanctions").get(f"{address}/dossier/proposal.en.docx").content[:2] == b"PK"
    for person in ("desk-xa", ""):
        assert listed.client(person).get(f"{address}/dossier/proposal.en.html").status_code in (302, 404)
    assert listed.client("planner").post(f"{address}/dossier").status_code == 404
    sent = {"seen": "draft", "what": "withdraw", "reason": ""}
    assert "Fill in what the step needs." in text(client.post(address, sent, follow=True))
    assert "in the meantime" in text(client.post(address, {**sent, "seen": "tabled"}, follow=True))
    assert listed.client("desk-xa").post(address, {**sent, "reason": "x"}).status_code == 404
    assert "Recorded." in text(client.post(address, {**sent, "reason": "Too early."}, follow=True))
    # The page shows the draft until results are computed; a second step on it is refused.
    assert "in the meantime" in text(client.post(address, {**sent, "reason": "Again."}, follow=True))
    assert dict(proposed(steps(listed.folder), None).select("proposal", "state").iter_rows()) == {
        proposal: "withdrawn"
    }
    assert AuditEvent.objects.filter(action="proposal-step", object=proposal).count() == 1


def decided(world: World, person: str, alert: str, **given: str) -> str:
    """Decide on an alert by form; return the page after it."""
    client, address = world.client(person), f"/sanctions/alerts/{alert}"
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    sent = {"key": str(uuid.uuid4()), "seen": seen, "reason": "Another company.", **given}
    return text(client.post(address, sent, follow=True))


def test_an_alert_on_a_carrier_blocks_until_two_persons_find_it_false(
    listed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = (
        one for one in rows_of(listed, "sanctions", "/sanctions/alerts.json") if one["party"] == "X-OSK"
    )
    alert, address = str(row["hit"]), f"/sanctions/alerts/{row['hit']}"
    page = text(listed.client("sanctions").get(address))
    assert "2 records blocked; the next plan avoids them." in page
    assert "two persons have found" in page
    false = {"disposition": "false positive"}
    assert "The decision is recorded." in decided(listed, "sanctions", alert, **false)
    (one,) = work_off(monkeypatch)
    assert (one.state, one.reason) == (FormRow.State.STORED, "")
    compute(listed.folder, ("cell", "XA"), "one")
    assert "one of two reviewers" in text(listed.client("sanctions").get(address))
    # The same person cannot be the second one.
    decided(listed, "sanctions", alert, **false)
    assert work_off(monkeypatch)[-1].state == FormRow.State.REFUSED
    decided(listed, second(listed), alert, **false)
    assert work_off(monkeypatch)[-1].state == FormRow.State.STORED
    compute(listed.folder, ("cell", "XA"), "two")
    page = text(listed.client("sanctions").get(address))
    assert "It blocks nothing." in page
    assert "second-s" in page
    assert "second-s" not in text(listed.client("desk-xa").get(address))


def test_a_decision_with_a_fault_is_not_recorded_and_others_decide_nothing(listed: World) -> None:
    alert = str(rows_of(listed, "sanctions", "/sanctions/alerts.json")[0]["hit"])
    assert "state the reason" in decided(listed, "sanctions", alert, disposition="true match", reason="")
    assert "A licence needs" in decided(listed, "sanctions", alert, disposition="licensed")
    licence = {"authority": "A", "reference": "1", "scope": "food", "from": "2031-03-02", "to": "2031-03-01"}
    assert "before its first one" in decided(listed, "sanctions", alert, disposition="licensed", **licence)
    sent = {"key": str(uuid.uuid4()), "seen": "x", "disposition": "true match", "reason": "It is."}
    address = f"/sanctions/alerts/{alert}"
    assert "in the meantime" in text(listed.client("sanctions").post(address, sent, follow=True))
    for person in ("planner", "auditor", "desk-xa"):
        assert listed.client(person).post(address, sent).status_code == 404
    assert not FormRow.objects.exists()
