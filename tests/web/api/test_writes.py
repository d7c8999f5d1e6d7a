"""Writes of programs: an upload from hand-in to the record, keys that repeat, states that were seen."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.web.api.program import V1, program
from tests.web.submissions.uploading import relief, stored, work, workbook
from tests.web.world import World

from konvoi.web.access.models import AuditEvent
from konvoi.web.accounts.models import KeptAnswer
from konvoi.web.runs.models import Job
from konvoi.web.sign_in.retention import forget
from konvoi.web.sign_in.views import BACKEND
from konvoi.web.submissions.models import Upload

JSON = "application/json"


def sent(
    client: Client, amount: int = 700_000, *, key: str | None = "", party: str = "", of: str = "XA"
) -> Any:
    """Hand in a workbook; key: empty for a new one, None for none."""
    content = _BOOKS.setdefault((of, amount), workbook(of, [relief(f"{of}-7", of, amount)]))
    headers = {} if key is None else {"idempotency-key": key or uuid.uuid4().hex}
    values: dict[str, object] = {"files": [SimpleUploadedFile("list.xlsx", content)]}
    return client.post(f"{V1}uploads", values | ({"party": party} if party else {}), headers=headers)


_BOOKS: dict[tuple[str, int], bytes] = {}


def act(client: Client, path: str, body: object = None, **headers: str) -> Any:
    """Send a write; headers: with _ in the place of -."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None:
        return client.post(V1 + path, headers=told)
    return client.post(V1 + path, body, content_type=JSON, headers=told)


def problem(answer: Any) -> tuple[int, str]:
    """Return status and type of a problem."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


@pytest.mark.slow
def test_a_program_hands_in_waits_confirms_what_it_saw_and_finds_it_in_the_record(world: World) -> None:
    token = program(world, "desk-xa", "submit")
    made = sent(token)
    assert (made.status_code, made.json()["state"], made["Retry-After"]) == (201, "checking", "1")
    path = made["Location"].removeprefix(V1)
    job = token.get(f"{V1}jobs/{made.json()['job']}")
    assert (job.json()["state"], job["Retry-After"]) == ("waiting", "1")
    work()
    seen = token.get(V1 + path)
    assert seen.json()["confirmable"] is True
    assert seen.json()["preview"]["files"][0]["counts"]["new"] == 1
    assert token.get(V1 + path, headers={"if-none-match": seen["ETag"]}).status_code == 304
    assert problem(act(token, f"{path}/confirm")) == (428, "not-seen")
    for known in (made["ETag"], "*", '"other"'):
        assert problem(act(token, f"{path}/confirm", if_match=known)) == (412, "changed")
    assert token.get(V1 + path)["ETag"] == seen["ETag"]
    confirmed = act(token, f"{path}/confirm", if_match=seen["ETag"])
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "storing")
    work()
    assert token.get(V1 + path).json()["state"] == "stored"
    assert problem(act(token, f"{path}/discard")) == (409, "refused")
    event = AuditEvent.objects.get(action="upload-confirmed")
    assert (event.actor, event.acted_as) == (str(world.user("desk-xa").pk), "desk:XA")


def test_a_request_with_a_known_key_gets_the_same_answer_and_does_nothing(worlds: World) -> None:
    token = program(worlds, "desk-xa", "submit")
    first, again = sent(token, key="k-1"), sent(token, key="k-1")
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert (again["ETag"], again["Idempotency-Replayed"]) == (first["ETag"], "true")
    assert Upload.objects.count() == 1
    assert problem(sent(token, 800_000, key="k-1")) == (422, "key-used")
    assert problem(act(token, "runs", idempotency_key="k-1")) == (422, "key-used")
    assert problem(sent(token, key=None)) == (400, "key")
    assert problem(sent(token, key="two words")) == (400, "key")
    assert Upload.objects.count() == 1
    # Of somebody else it is another key.
    assert sent(program(worlds, "desk-xb", "submit"), key="k-1", of="XB").status_code == 201
    # What was refused is not kept: it may be sent again.
    path = first["Location"].removeprefix(V1)
    assert problem(act(token, f"{path}/confirm", idempotency_key="k-2")) == (428, "not-seen")
    answer = act(token, f"{path}/confirm", idempotency_key="k-2", if_match=first["ETag"])
    assert problem(answer) == (409, "refused")


def test_a_key_is_forgotten_after_a_day(world: World) -> None:
    token = program(world, "desk-xa", "submit")
    first = act(token, "runs", idempotency_key="day")
    assert first.status_code == 202
    KeptAnswer.objects.update(at=timezone.now() - timedelta(days=1))
    assert "Idempotency-Replayed" not in act(token, "runs", idempotency_key="day")
    KeptAnswer.objects.update(at=timezone.now() - timedelta(days=1))
    forget()
    assert not KeptAnswer.objects.exists()


@pytest.mark.slow
def test_uploads_are_discarded_checked_again_and_handed_in_for_a_party(world: World) -> None:
    token = program(world, "planner", "submit")
    path = sent(token, party="XA")["Location"].removeprefix(V1)
    assert problem(sent(token)) == (409, "refused")
    work()
    assert act(token, f"{path}/check").json()["state"] == "checking"
    for other in ('"old"', ""):
        # An empty header names no state that was seen.
        assert problem(act(token, f"{path}/discard", if_match=other)) == (412, "changed")
    assert act(token, f"{path}/discard").json()["state"] == "discarded"
    desk = program(world, "desk-xa", "submit")
    foreign = sent(desk, party="XB")
    assert (problem(foreign), foreign.json()["parameter"]) == ((409, "refused"), "party")


def test_a_document_is_withdrawn_for_a_reason_and_handed_in_again(world: World) -> None:
    token = program(world, "desk-xb", "submit")
    rows = token.get(f"{V1}documents").json()["rows"]
    id = next(row["document"] for row in rows if row["file"] == "packages.csv")
    refused: tuple[object, ...] = (
        {},
        {"reason": ""},
        {"reason": 1},
        {"reason": "a\n"},
        {"\ud800": ""},
        {"reason": "a", "more": "b"},
        [],
    )
    for body in refused:
        assert problem(act(token, f"documents/{id}/withdraw", body)) == (400, "body")
    answer = act(token, f"documents/{id}/withdraw", {"reason": "Sent by mistake"}, idempotency_key="w")
    assert (answer.status_code, answer.json()["withdrawn"]) == (200, True)
    again = act(token, f"documents/{id}/withdraw", {"reason": "Sent by mistake"}, idempotency_key="w")
    assert again.content == answer.content
    back = act(token, f"documents/{answer.json()['document']}/restore", idempotency_key="r")
    assert (back.status_code, back.json()["party"]) == (201, "XB")


@pytest.mark.slow
def test_questions_are_read_and_answered(world: World) -> None:
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", "5O0000")])})
    token = program(world, "desk-xa", "submit")
    assert token.get(f"{V1}questions").json()["state"] == "waiting"
    work()
    found = token.get(f"{V1}questions").json()
    one = next(row for row in found["questions"] if "5O0000" in row["about"] + row["asks"] + row["where"])
    path = "questions/answers"
    wrong: tuple[list[object], ...] = ([], [1])
    for some in wrong:
        body = {"answers": some}
        assert problem(act(token, path, body, idempotency_key=uuid.uuid4().hex)) == (400, "body")
    unknown = {"answers": [{"question": "q0", "answer": "1"}]}
    assert problem(act(token, path, unknown, idempotency_key="u")) == (409, "refused")
    given = {"answers": [{"question": one["question"], "answer": "500000"}]}
    made = act(token, path, given, idempotency_key="a")
    work()
    seen = token.get(made["Location"]).json()
    assert seen["state"] == "checked"
    planner = program(world, "planner", "submit")
    assert problem(act(planner, path, given, idempotency_key="a")) == (409, "refused")


def test_results_are_asked_for_and_a_reader_learns_no_more_than_the_state(world: World) -> None:
    made = act(program(world, "reader-xa", "submit"), "runs?day=2031-02-20")
    assert made.status_code == 202
    job = Job.objects.get(pk=made.json()["job"])
    assert (job.parameters["readers"], job.parameters["day"]) == (["XA"], "2031-02-20")
    assert set(made.json()) == {"job", "kind", "state"}
    for wrong in ("runs?day=soon", "runs?colour=red"):
        assert problem(act(program(world, "reader-xa", "submit"), wrong)) == (400, "query")


def test_a_session_does_not_write_through_the_api(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("desk-xa"), backend=BACKEND)
    assert problem(act(client, "runs")) == (404, "not-found")
    assert problem(act(client, "uploads")) == (404, "not-found")
    assert problem(act(world.client(), "runs")) == (401, "not-signed-in")
    assert not Upload.objects.exists()


def test_bodies_of_another_kind_are_refused(world: World) -> None:
    token = program(world, "desk-xa", "submit")
    path, headers = f"{V1}uploads", {"idempotency-key": "b"}
    assert problem(token.post(path, {}, content_type=JSON, headers=headers)) == (415, "media-type")
    assert problem(token.post(path, {}, headers=headers)) == (400, "body")
    assert problem(token.post(path, {"files": "text"}, headers=headers)) == (400, "body")
    broken = token.post(path, b"--", content_type="multipart/form-data", headers=headers)
    assert problem(broken) == (400, "body")
    large = token.post(path, {}, headers=headers, CONTENT_LENGTH=str(60 << 20))
    assert problem(large) == (413, "too-large")
    answers = f"{V1}questions/answers"
    for text in (b"{", b"[]", b"\xff", b"[" * 100_000, b'{"answers": [{"question": "\\ud800"}]}'):
        assert problem(token.post(answers, text, content_type=JSON, headers=headers)) == (400, "body")
    long = b'{"answers": "' + b"a" * 3_000_000 + b'"}'
    assert problem(token.post(answers, long, content_type=JSON, headers=headers)) == (413, "too-large")
