"""Deliveries: discrepancies, orders, the slip with its code, and reports of dispatch and receipt by form."""

import re
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.web.submissions.uploading import confirm, work
from tests.web.world import World, compute, text

from konvoi.web.submissions.models import Upload

RECEIPT = {
    "reference": "XA-M1",
    "receipt": "XV-R2",
    "day": "2031-03-01",
    "received": "2",
    "place": "XV-HUB",
    "marking": "coalition",
}


def test_a_discrepancy_is_shown_with_both_documents(delivered: World) -> None:
    place = "/deliveries/consignments/W-1"
    for person in ("planner", "desk-xa", "recipient"):
        client = delivered.client(person)
        assert "received with discrepancies" in text(client.get("/deliveries/"))
        assert f'href="{place}"' in client.get("/deliveries/lists/consignments").content.decode()
        page = text(client.get(place))
        assert "What was received differs from what was sent." in page
        assert "XA-M1" in page
        assert "XV-R1" in page
    assert delivered.client("administrator").get(place).status_code == 404


def test_no_link_of_a_page_leads_nowhere(delivered: World) -> None:
    client = delivered.client("planner")
    plan = ("coverage", "unmet", "map", "loads", "schedule", "records")
    for path in ("/deliveries/", "/deliveries/records", *(f"/planning/{one}" for one in plan)):
        page = client.get(path).content.decode()
        anchors = set(re.findall(r'href="#([^"]+)"', page))
        assert {one for one in anchors if f'id="{one}"' not in page} == set(), path
    assert client.get("/tables/findings").status_code == 200


def test_each_receiver_has_its_own_orders(delivered: World) -> None:
    cell = delivered.client("planner").get("/deliveries/orders").content.decode()
    assert {"partner/XA/", "partner/XB/", "index.en.html"} <= {
        one for one in ("partner/XA/", "partner/XB/", "index.en.html") if one in cell
    }
    own = delivered.client("desk-xa").get("/deliveries/orders").content.decode()
    assert "partner/XA/orders.en.html" in own
    assert "XB" not in text(delivered.client("desk-xa").get("/deliveries/orders"))
    client = delivered.exporting("desk-xa")
    page = client.get("/deliveries/orders/partner/XA/orders.en.html")
    assert page.status_code == 200
    assert b"XB-O1" not in page.content
    for name in ("partner/XB/orders.en.html", "orders.json", "../manifest.json", "index.en.html"):
        assert client.get(f"/deliveries/orders/{name}").status_code == 404


def test_the_code_on_a_slip_opens_the_receipt_form_filled_in(delivered: World) -> None:
    client = delivered.client("planner")
    listed = client.get("/deliveries/lists/on-time").content.decode()
    (address, *_) = re.findall(r'href="(/deliveries/slips/[^"]+)"', listed)
    page = client.get(address).content.decode()
    assert "data:image/svg+xml;base64," in page
    (form,) = re.findall(r'href="([^"]+/receipts/add[^"]+)"', page)
    parts = urlsplit(form.replace("&amp;", "&"))
    given = parse_qs(parts.query)
    filled = delivered.client("recipient").get(f"{parts.path}?{parts.query}").content.decode()
    assert f'value="{given["reference"][0]}"' in filled
    assert f'value="{given["received"][0]}"' in filled
    every = re.findall(r'href="(/deliveries/slips/[^"]+)"', listed)
    seen = delivered.client("desk-xa").get("/deliveries/lists/on-time").content.decode()
    (gone, *_) = [one for one in every if one not in seen]
    assert delivered.client("desk-xa").get(gone).status_code == 404


def test_the_recipient_reports_a_receipt_once_however_often_it_is_sent(delivered: World) -> None:
    client = delivered.client("recipient")
    values = {**RECEIPT, "key": str(uuid.uuid4())}
    places = {client.post("/deliveries/receipts/add", values)["Location"] for _ in range(2)}
    (place,) = places
    work()
    confirm(client, place)
    work()
    assert [one.state for one in Upload.objects.all()] == [Upload.State.STORED]
    compute(delivered.folder, ("XV",), "second")
    assert "XV-R2" in text(client.get("/deliveries/lists/receipts"))


@pytest.mark.parametrize(
    ("person", "address", "status"),
    [
        ("desk-xa", "receipts", 200),
        ("recipient", "dispatches", 200),
        ("reader-xa", "receipts", 404),
        ("auditor", "dispatches", 404),
    ],
)
def test_dispatches_are_those_of_partners_and_receipts_of_the_recipient(
    delivered: World, person: str, address: str, status: int
) -> None:
    sent = {"movement": "M-9", "line": "XA-9/1", "day": "2031-03-01", "quantity": "1", "stage": "dispatched"}
    values = RECEIPT if address == "receipts" else {**sent, "marking": "coalition"}
    answer = delivered.client(person).post(f"/deliveries/{address}/add", values)
    assert answer.status_code == status
    assert not Upload.objects.exists()


def test_a_partner_reports_a_dispatch(delivered: World) -> None:
    client = delivered.client("desk-xa")
    values = {"movement": "XA-M2", "line": "XA-9/1", "day": "2031-03-01", "quantity": "5", "unit": "piece"}
    values |= {"stage": "dispatched", "marking": "coalition", "key": str(uuid.uuid4())}
    place = client.post("/deliveries/dispatches/add", values)["Location"]
    work()
    confirm(client, place)
    work()
    assert Upload.objects.get().state == Upload.State.STORED
