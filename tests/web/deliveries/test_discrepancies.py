"""A receipt booked short becomes a question to the sender's desk, whichever way it came in."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.api.program import V1, program
from tests.web.submissions.uploading import checked, confirm, work
from tests.web.world import World, compute, text

PATH = "/submissions/questions"
SHORT = "Receipt XV-R1: 3 pieces of dispatch XA-M1 (40 pieces) not received."


def asked(client: Client) -> str:
    """Return the page of open questions, once they are computed."""
    client.get(PATH)
    work()
    return client.get(PATH).content.decode()


def answered(world: World, value: str, remark: str = "") -> None:
    """Answer the question to Arvenia, confirm the answer, and compute the results anew."""
    desk = world.client("desk-xa")
    number = re.search(r'name="answer-(q[0-9a-f]+)"', asked(desk))
    assert number is not None
    given = {f"answer-{number[1]}": value, f"remark-{number[1]}": remark}
    place = desk.post(f"{PATH}/answer", given)["Location"]
    work()
    confirm(desk, place)
    work()
    compute(world.folder, ("XA", "XV"), "answered")


def test_the_senders_desk_is_asked_with_both_documents_side_by_side(delivered: World) -> None:
    desk = delivered.client("desk-xa")
    assert "Discrepancies between dispatch and receipt: 1 open question" in text(desk.get("/"))
    page = asked(desk)
    assert SHORT in page
    assert 'href="/ledger/source/movements/XA-M1"' in page
    assert 'href="/ledger/source/receipts/XV-R1"' in page
    assert "W-1" in page
    for other in ("desk-xb", "recipient"):
        found = asked(delivered.client(other))
        assert "XA-M1" not in found, other
    assert "Not answered yet" in text(desk.get("/deliveries/consignments/W-1"))


def test_an_answer_closes_the_question_and_is_shown_to_both_sides(delivered: World) -> None:
    answered(delivered, "right as it stands", "Three were lost at the border.")
    assert SHORT not in asked(delivered.client("desk-xa"))
    for person in ("desk-xa", "recipient"):
        page = text(delivered.client(person).get("/deliveries/consignments/W-1"))
        assert "XV-R1: right as it stands. Three were lost at the border." in page, person


@pytest.mark.parametrize("way", ["form", "file", "program"])
def test_a_short_receipt_is_asked_about_whichever_way_it_came_in(delivered: World, way: str) -> None:
    client = delivered.client("recipient")
    row = {"reference": "XA-M1", "receipt": "XV-R2", "day": "2031-03-01", "received": "1", "short": "2"}
    row |= {"place": "XV-HUB"}
    if way == "form":
        values = {**row, "marking": "coalition", "key": str(uuid.uuid4())}
        place = client.post("/deliveries/receipts/add", values)["Location"]
        work()
        confirm(client, place)
    else:
        head = "party,XV\nday,2031-03-01\nmarking,coalition\n"
        rows = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
        sent = {"konvoi.csv": head.encode(), "receipts.csv": rows.encode()}
        if way == "file":
            confirm(client, f"/submissions/uploads/{checked(client, sent).pk}")
        else:
            _by_program(delivered, sent)
    work()
    assert "Receipt XV-R2: 2 pieces" in asked(delivered.client("desk-xa"))


def _by_program(world: World, files: dict[str, bytes]) -> None:
    token = program(world, "recipient", "submit")
    given = [SimpleUploadedFile(name, content) for name, content in files.items()]
    made = token.post(f"{V1}uploads", {"files": given}, headers={"idempotency-key": "k-1"})
    work()
    path = made["Location"]
    seen = token.get(path)["ETag"]
    answer = token.post(f"{path}/confirm", headers={"idempotency-key": "k-2", "if-match": seen})
    assert answer.status_code in (200, 202), answer.content
