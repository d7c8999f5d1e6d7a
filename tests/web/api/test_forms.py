"""Totals, rows of forms, mappings and stopped jobs of programs are those of the pages."""

import json
import uuid
from typing import Any

from tests.web.api.program import V1, program
from tests.web.api.test_writes import act, problem
from tests.web.submissions.test_mapping import OWN
from tests.web.submissions.uploading import checked, work
from tests.web.world import World

from konvoi.web.form_rows.models import FormRow
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

NEED = {
    "need": "N-7",
    "good": "blankets",
    "quantity": "40",
    "site": "XV-1",
    "due": "2031-05-01",
    "state": "requested",
}


def key() -> str:
    """Return a new Idempotency-Key."""
    return uuid.uuid4().hex


def test_a_total_is_that_of_the_page_with_its_source_rows(world: World) -> None:
    desk, token = world.client("desk-xa"), program(world, "desk-xa")
    asked = {"stage": "pledged", "by": "partner", "currency": "EUR"}
    page = json.loads(b"".join(desk.get("/ledger/total.json", asked)))
    found = token.get(f"{V1}total", asked)
    assert found.json() == page
    assert found.json()["value"] == 3_500_000
    assert {row["entry"] for row in found.json()["rows"]}
    assert token.get(f"{V1}total", asked, headers={"if-none-match": found["ETag"]}).status_code == 304
    wrong = {"stage": "promised", "mix": "1", "on": "20310301", "day": "soon", "nothing": "x", "party": ""}
    for name, value in wrong.items():
        answer = token.get(f"{V1}total", {name: value})
        assert (problem(answer), answer.json()["parameter"]) == ((400, "query"), name)
    hidden = token.get(f"{V1}total", {"party": "no such party"})
    assert (problem(hidden), hidden.json()["parameter"]) == ((404, "not-found"), "party")


def test_a_row_is_handed_in_once_and_waits_to_be_confirmed(world: World) -> None:
    token = program(world, "recipient", "submit")
    row = NEED | {"marking": "coalition"}
    assert problem(act(token, "needs", row)) == (400, "key")
    made = act(token, "needs", row, idempotency_key="need-7")
    assert (made.status_code, made.json()["state"], made.json()["party"]) == (201, "checking", "XV")
    again = act(token, "needs", row, idempotency_key="need-7")
    assert (again.json(), again["Idempotency-Replayed"]) == (made.json(), "true")
    work()
    seen = token.get(made["Location"]).json()
    assert [one["counts"]["new"] for one in seen["preview"]["files"]] == [1]
    for other in ({**row, "state": "served"}, {**row, "colour": "red"}, NEED, {**row, "quantity": 40}):
        assert problem(act(token, "needs", other, idempotency_key=key())) == (400, "body")
    partner = program(world, "desk-xa", "submit")
    assert problem(act(partner, "needs", row, idempotency_key=key())) == (409, "refused")
    assert Upload.objects.count() == 1


def test_a_mapping_is_proposed_and_kept_as_it_was_seen(world: World) -> None:
    upload = checked(world.client("desk-xa"), {"vorgaenge.csv": OWN})
    token = program(world, "desk-xa", "submit")
    path = f"uploads/{upload.pk}/mapping"
    seen = token.get(f"{V1}{path}", {"table": "packages"})
    assert (seen.status_code, seen.json()["file"]) == (200, "vorgaenge.csv")
    assert "Vorgang" in seen.json()["head"]
    own = {
        "table": "packages",
        "columns": {"package": "Vorgang", "party": "Geber", "amount": "Betrag in EUR", "day": "Zusage vom"},
        "constants": {"currency": "EUR", "kind": "humanitarian"},
    }
    assert problem(act(token, path, {"mappings": [own]})) == (428, "not-seen")
    wrong: list[Any] = [{}, "x", {**own, "colour": "red"}]
    for one in wrong:
        assert problem(act(token, path, {"mappings": [one]}, if_match=seen["ETag"])) == (400, "body")
    # Which upload was seen is asked for before anything about what was sent.
    assert problem(act(token, path, {"mappings": [{"table": "packages"}]})) == (428, "not-seen")
    for one in ({"table": "packages"}, {**own, "times": {"amount": [1]}}):
        assert problem(act(token, path, {"mappings": [one]}, if_match=seen["ETag"])) == (409, "refused")
    assert problem(token.get(f"{V1}{path}?file=7")) == (409, "refused")
    kept = act(token, path, {"mappings": [own]}, if_match=seen["ETag"])
    assert (kept.status_code, kept.json()["state"]) == (200, "checking")
    work()
    assert token.get(f"{V1}uploads/{upload.pk}").json()["preview"]["files"][0]["counts"]["new"] == 2


def test_a_job_is_stopped_by_who_asked_for_it(world: World) -> None:
    token = program(world, "desk-xa", "submit")
    made = act(token, "needs", NEED, idempotency_key=key())
    assert made.status_code == 400
    offer = {
        "offer": "O-7",
        "good": "blankets",
        "quantity": "40",
        "site": "XA-1",
        "state": "made",
        "marking": "coalition",
    }
    made = act(token, "offers", offer, idempotency_key=key())
    job = made.json()["job"]
    assert problem(act(program(world, "desk-xb", "submit"), f"jobs/{job}/cancel")) == (404, "not-found")
    assert problem(act(program(world, "desk-xa"), f"jobs/{job}/cancel")) == (404, "not-found")
    assert act(token, f"jobs/{job}/cancel").json()["state"] == "cancelled"
    assert problem(act(token, f"jobs/{job}/cancel")) == (409, "refused")
    assert Job.objects.get(pk=job).state == Job.State.CANCELLED


def test_what_is_recorded_in_a_meeting_is_a_row_of_the_room(negotiated: World) -> None:
    token = program(negotiated, "planner", "decide")
    row = {"form": "task", "title": "Send the list", "party": "XA", "due": "2031-04-01"}
    made = act(token, "meetings/SES-1/records", row, idempotency_key=key())
    assert (made.status_code, made.json()["table"]) == (202, "steps")
    assert made["Location"] == f"{V1}jobs/{made.json()['job']}"
    assert FormRow.objects.get(pk=made.json()["row"]).row["title"] == "Send the list"
    path = "meetings/SES-1/records"
    assert problem(act(token, path, {**row, "due": "soon"}, idempotency_key=key())) == (409, "refused")
    assert problem(act(token, path, {"form": "speech"}, idempotency_key=key())) == (400, "body")
    assert problem(act(token, "meetings/SES-9/records", row, idempotency_key=key()))[0] == 404


def test_a_desk_states_markings_as_it_has_seen_them(world: World) -> None:
    token = program(world, "desk-xa", "submit")
    rows = token.get(f"{V1}documents").json()["rows"]
    paths = [f"documents/{row['document']}/markings" for row in rows]
    path = next(one for one in paths if token.get(V1 + one).json()["records"])
    seen = token.get(f"{V1}{path}")
    record = seen.json()["records"][0]
    assert record["marking"] == "coalition"
    own = {"marking": "own", "records": [record["record"]]}
    assert problem(act(token, path, own, idempotency_key=key())) == (428, "not-seen")
    for body, found in (
        ({"marking": "secret"}, (400, "body")),
        ({"records": "all", "marking": "own"}, (400, "body")),
        ({}, (409, "refused")),
        ({"marking": "own", "parties": "XB"}, (409, "refused")),
    ):
        answer = act(token, path, body, idempotency_key=key(), if_match=seen["ETag"])
        assert problem(answer) == found, body
    made = act(token, path, own, idempotency_key=key(), if_match=seen["ETag"])
    assert (made.status_code, made.json()["state"]) == (201, "checking")
    for person, scope in (("planner", "submit"), ("desk-xb", "submit"), ("desk-xa", "read")):
        assert problem(program(world, person, scope).get(f"{V1}{path}")) == (404, "not-found")


def test_orders_are_named_with_addresses_that_answer_a_token(world: World) -> None:
    token = program(world, "planner")
    for one in token.get(f"{V1}orders").json()["orders"]:
        assert token.get(one["address"]).status_code == 200
    assert problem(program(world, "administrator").get(f"{V1}orders")) == (404, "not-found")
