"""Proof of a receipt: photos without metadata, who signed, and a location, never that of military goods."""

import re
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.intake.test_photo import PLACE, jpeg, png
from tests.web.planning.plan_files import hand_in
from tests.web.submissions.uploading import confirm, work
from tests.web.world import World, compute, text

from konvoi.web.deliveries.models import ReceiptImage, ReceiptProof
from konvoi.web.deliveries.proofs import MOST_IMAGES, sweep_proofs
from konvoi.web.submissions.models import Upload

ADD = "/deliveries/receipts/add"
ROW = {
    "reference": "XA-M1",
    "receipt": "XV-R2",
    "day": "2031-03-01",
    "received": "2",
    "place": "XV-HUB",
    "marking": "coalition",
}
ARMS = {
    "packages": "package,party,kind,title,day,stage,counterparty\n"
    "XA-8,XA,military,Radios,2031-01-10,committed,XV\n",
    "lines": "line,package,good,quantity,unit\nXA-8/1,XA-8,tent,4,piece\n",
}


def values(**more: object) -> dict[str, object]:
    """Return the fields of a form with a photo and a signature."""
    photo = SimpleUploadedFile("photo.jpg", jpeg(), "image/jpeg")
    signed = SimpleUploadedFile("signed.png", png(), "image/png")
    proof = {"photos": photo, "signature": signed, "signer": "Hub clerk 7"}
    return {**ROW, **proof, "key": str(uuid.uuid4()), **more}


def test_photos_and_signer_are_shown_to_who_may_see_the_receipt(delivered: World) -> None:
    client = delivered.client("recipient")
    place = client.post(ADD, values(location="49.84, 24.03"))["Location"]
    work()
    assert "Hub clerk 7" not in text(client.get("/deliveries/consignments/W-1"))
    confirm(client, place)
    work()
    compute(delivered.folder, ("XA", "XV"), "second")
    for person in ("recipient", "desk-xa"):
        page = delivered.client(person).get("/deliveries/consignments/W-1").content.decode()
        assert "Hub clerk 7" in page, person
        assert "49.84, 24.03" in page
        images = set(re.findall(r'src="(/deliveries/receipts/images/[^"]+)"', page))
        assert len(images) == 2
        found = [delivered.client(person).get(one) for one in sorted(images)]
        assert {one["Content-Type"] for one in found} == {"image/jpeg", "image/png"}
        assert all(PLACE not in one.content for one in found)
    for person in ("administrator", ""):
        assert delivered.client(person).get(images.pop()).status_code in (302, 404)


def test_the_same_entry_twice_has_one_proof_and_a_discarded_one_goes(delivered: World) -> None:
    client = delivered.client("recipient")
    key = str(uuid.uuid4())
    places = {client.post(ADD, values(key=key))["Location"] for _ in range(2)}
    assert len(places) == 1
    assert (ReceiptProof.objects.count(), ReceiptImage.objects.count()) == (1, 2)
    client.post(f"{places.pop()}/discard")
    assert sweep_proofs() == 1
    assert not ReceiptImage.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            {"photos": SimpleUploadedFile("a.gif", b"GIF89a")},
            "Image “a.gif”: The file is neither a JPEG nor a PNG",
        ),
        (
            {"photos": [SimpleUploadedFile(f"{n}.png", png()) for n in range(MOST_IMAGES)]},
            "More than 4 images",
        ),
        ({"location": "the hub"}, "write latitude and longitude"),
        ({"location": "49.8, 24.0", "reference": "XA-8/1"}, "The location of military goods is never stored"),
        ({"location": "49.8, 24.0", "reference": "M-404"}, "The location of military goods is never stored"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(
    delivered: World, tmp_path: Path, more: dict[str, object], why: str
) -> None:
    if more.get("reference") == "XA-8/1":
        hand_in(delivered.folder, tmp_path / "arms", "XA", "coalition", ARMS)
        compute(delivered.folder, ("XV",), "second")
    page = delivered.client("recipient").post(ADD, values(**more))
    assert page.status_code == 200
    assert why in text(page)
    given = {"location": "", **more}
    assert 'value="Hub clerk 7"' in page.content.decode()
    assert f'id="location" value="{given["location"]}"' in page.content.decode()
    assert not Upload.objects.exists()
    assert not ReceiptProof.objects.exists()
