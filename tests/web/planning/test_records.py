"""Needs and offers: handed in by form, validated by the recipient, accepted by the partner."""

import uuid
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.web.submissions.uploading import confirm, work
from tests.web.world import World, compute, text

from konvoi.web.form_rows import days
from konvoi.web.submissions.models import Upload

NEED = {"need": "N-9", "good": "tent", "quantity": "12", "site": "XV-HUB", "due": "2031-04-01"}
OFFER = {"offer": "XA-O9", "good": "tent", "quantity": "7", "site": "XA-DEPOT"}


def confirmed(client: Client, address: str, values: dict[str, str]) -> str:
    """Send a form, have it checked, confirm it, and return the page on which it was confirmed."""
    answer = client.post(address, {"key": str(uuid.uuid4()), **values})
    assert answer.status_code == 302, text(answer)
    work()
    page = text(client.get(answer["Location"]))
    confirm(client, answer["Location"])
    work()
    upload = Upload.objects.get(pk=answer["Location"].rpartition("/")[2])
    assert upload.state == Upload.State.STORED, (upload.state, page)
    return page


def test_the_recipient_validates_a_need_and_the_next_run_plans_it(planned: World) -> None:
    client = planned.client("recipient")
    assert "requested" in text(client.get("/planning/needs/N-3"))
    page = confirmed(client, "/planning/needs/N-3/decide", {"state": "validated", "quantity": "30"})
    assert "N-3" in page
    compute(planned.folder, ("cell", "XV"), "second")
    shown = text(planned.client("recipient").get("/planning/needs/N-3"))
    assert "validated" in shown
    assert "30" in shown
    assert "No movement that you may see is planned for it." not in shown
    assert "Submit a need" in text(client.get("/planning/lists/needs"))


def test_a_decision_counts_where_the_day_of_the_results_is_later_than_today(
    planned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "settings_now", lambda: SimpleNamespace(day=None))
    client = planned.client("recipient")
    page = confirmed(client, "/planning/needs/N-3/decide", {"state": "validated", "quantity": "30"})
    assert "not in force" not in page
    compute(planned.folder, ("XV",), "second")
    assert "validated" in text(client.get("/planning/needs/N-3"))


def test_the_partner_declines_its_offer_with_a_reason(planned: World) -> None:
    client = planned.client("desk-xa")
    address = "/planning/offers/XA-O3/decide"
    refused = client.post(address, {"state": "declined", "key": str(uuid.uuid4())}, follow=True)
    assert "State the reason." in text(refused)
    confirmed(client, address, {"state": "declined", "reason": "withdrawn by cabinet"})
    compute(planned.folder, ("XA",), "second")
    assert "withdrawn by cabinet" in text(client.get("/planning/offers/XA-O3"))


@pytest.mark.parametrize("person", ["planner", "desk-xb", "desk-xa", "reader-xa", "auditor"])
def test_nobody_else_validates_a_need(planned: World, person: str) -> None:
    client = planned.client(person)
    assert "Validate or change the need" not in text(client.get("/planning/needs/N-3"))
    answer = client.post("/planning/needs/N-3/decide", {"state": "validated", "key": str(uuid.uuid4())})
    assert answer.status_code == 404
    assert not Upload.objects.exists()


@pytest.mark.parametrize("person", ["planner", "recipient", "desk-xb"])
def test_nobody_else_accepts_an_offer(planned: World, person: str) -> None:
    values = {"state": "accepted", "key": str(uuid.uuid4())}
    assert planned.client(person).post("/planning/offers/XA-O3/decide", values).status_code == 404


def test_a_hidden_offer_is_answered_as_one_that_is_not_there(planned: World) -> None:
    for name in ("XB-O1", "XB-O0"):
        assert planned.client("desk-xa").get(f"/planning/offers/{name}").status_code == 404
    assert planned.client("desk-xb").get("/planning/offers/XB-O1").status_code == 200


def test_a_need_and_an_offer_are_handed_in_by_form(planned: World) -> None:
    confirmed(
        planned.client("recipient"),
        "/planning/needs/add",
        {**NEED, "state": "validated", "marking": "coalition"},
    )
    confirmed(
        planned.client("planner"),
        "/planning/offers/add",
        {**OFFER, "state": "made", "marking": "own", "party": "XA"},
    )
    compute(planned.folder, ("cell", "XA", "XB", "XV"), "second")
    assert "N-9" in text(planned.client("desk-xb").get("/planning/lists/needs"))
    assert planned.client("desk-xa").get("/planning/offers/XA-O9").status_code == 200
    assert planned.client("desk-xb").get("/planning/offers/XA-O9").status_code == 404


def test_a_form_that_is_sent_twice_is_taken_once(planned: World) -> None:
    values = {**NEED, "state": "validated", "marking": "coalition", "key": str(uuid.uuid4())}
    client = planned.client("recipient")
    places = {client.post("/planning/needs/add", values)["Location"] for _ in range(2)}
    assert len(places) == Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "table", "changed", "why"),
    [
        ("recipient", "needs", {"quantity": ""}, "Fill in this field."),
        ("recipient", "needs", {"need": "N-1"}, "“N-1” is in use already."),
        ("desk-xa", "needs", {}, "Needs and receipts are those of the recipient"),
        ("recipient", "offers", {}, "Needs and receipts are those of the recipient"),
        ("recipient", "needs", {"marking": "cell"}, "Choose one of the values that the form offers."),
    ],
)
def test_what_cannot_be_handed_in_is_said_at_the_form(
    planned: World, person: str, table: str, changed: dict[str, str], why: str
) -> None:
    values = (NEED | {"state": "validated"}) if table == "needs" else (OFFER | {"state": "made"})
    answer = planned.client(person).post(
        f"/planning/{table}/add", {**values, "marking": "coalition", **changed}
    )
    assert (answer.status_code, why in text(answer)) == (200, True), text(answer)
    assert not Upload.objects.exists()
