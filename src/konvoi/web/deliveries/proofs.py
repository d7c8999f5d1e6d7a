"""Proofs of receipts: read with the form, kept with its upload, shown to who may see the receipt."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import Limits, run
from konvoi.intake.photo import JPEG, REFUSED, WHY
from konvoi.kit.digest import digest
from konvoi.web.access.audit import record
from konvoi.web.access.scope import of_engine
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.deliveries.models import ReceiptImage, ReceiptProof
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.submissions.models import Upload

MOST_IMAGES = 4
MOST_MEGABYTES = 6
LIMITS = Limits(memory=500_000_000, seconds=5, patience=20, answer=(MOST_MEGABYTES + 1) << 20)
"""Limits of the child that reads one image."""
FIELDS = {"photos": "photo", "signature": "signature"}
_PLACE = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,7})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,7})?)\s*")
_LONGEST = 200


@dataclass(frozen=True)
class Image:
    """An image that was read. kind: photo or signature."""

    kind: str
    media: str
    content: bytes


def attached(request: HttpRequest, viewer: Viewer, values: Mapping[str, str]) -> Callable[[Upload], None]:
    """Read the proof of a receipt from its form; return the function that keeps it with the upload.

    Refused where an image cannot be accepted, or where a place is stated of goods of which it is not known
    that they are not military: nothing is stored then.
    """
    images = [_image(one, kind) for name, kind in FIELDS.items() for one in request.FILES.getlist(name)]
    if len(images) > MOST_IMAGES:
        raise Refused(say("More than {limit} images. Nothing was stored.", limit=MOST_IMAGES))
    signer = " ".join(request.POST.get("signer", "").split())[:_LONGEST]
    place = _place(request.POST.get("location", ""), view(viewer), values["reference"])

    def kept_with(upload: Upload) -> None:
        if images or signer or place:
            keep(
                viewer=viewer,
                upload=upload,
                receipt=values["receipt"],
                signer=signer,
                place=place,
                images=images,
            )

    return kept_with


def _image(given: "UploadedFile[Any]", kind: str) -> Image:
    """Return an image as the child that reads submitted files has cleaned it."""
    name = given.name or ""
    if (given.size or 0) > MOST_MEGABYTES << 20:
        text = "Image “{name}” is larger than {limit} MB. Nothing was stored."
        raise Refused(say(text, name=name, limit=MOST_MEGABYTES))
    outcome = run("konvoi.intake.photo:cleaned", given.read(), LIMITS)
    answer = outcome.answer or WHY + b"broken"
    if answer[:1] == WHY:
        why = say(REFUSED[answer[1:].decode()])
        raise Refused(say("Image “{name}”: {why} Nothing was stored.", name=name, why=why))
    return Image(kind, "image/jpeg" if answer[:1] == JPEG else "image/png", answer[1:])


def _place(text: str, opened: Opened | None, reference: str) -> str:
    """Return latitude and longitude as they are kept; empty where none is stated."""
    if not text.strip():
        return ""
    found = _PLACE.fullmatch(text)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise Refused(
            say("Location: write latitude and longitude, such as 49.84, 24.03. Nothing was stored.")
        )
    kind = kind_of_goods(opened, reference) if opened else ""
    if not kind or kind == "military":
        text = (
            "The location of military goods is never stored, nor that of goods whose kind is not known."
            " Remove the location. Nothing was stored."
        )
        raise Refused(say(text))
    return f"{found[1]}, {found[2]}"


def kind_of_goods(opened: Opened, reference: str) -> str:
    """Return the kind of the package of a movement, waybill, order, line item or contract; military where
    several are named and one of them is; empty where it is not known.
    """
    lines = {reference}
    for table, key in (("movements", "movement"), ("movements", "waybill"), ("contracts", "contract")):
        lines |= _values(opened, table, key, {reference}, "line")
    offers = _values(opened, "planned_movements", "movement", {reference}, "offer")
    lines |= _values(opened, "offers", "offer", offers, "line")
    packages = _values(opened, "lines", "line", lines, "package")
    kinds = _values(opened, "packages", "package", packages, "kind")
    return "military" if "military" in kinds else min(kinds, default="")


def _values(opened: Opened, table: str, key: str, names: set[str], wanted: str) -> set[str]:
    found: set[str] = set()
    for name in sorted(names):
        rows = opened.rows(table, where={key: name}, limit=1_000).rows
        found |= {str(row[wanted]) for row in rows if row.get(wanted)}
    return found


def keep(
    *, viewer: Viewer, upload: Upload, receipt: str, signer: str, place: str, images: Sequence[Image]
) -> ReceiptProof:
    """Keep the proof of a receipt with its upload; sent a second time it is kept once."""
    if viewer.user is None or upload.user != viewer.user or not viewer.may_submit_for(upload.party):
        raise Refused(say("You may not add to this upload. Nothing was stored."))
    with writing():
        proof, new = ReceiptProof.objects.get_or_create(
            id=upload.pk,
            defaults={
                "party": upload.party,
                "user": viewer.user,
                "receipt": receipt,
                "signer": signer,
                "place": place,
            },
        )
        for one in images:
            values = {"party": upload.party, "kind": one.kind, "media": one.media, "content": one.content}
            ReceiptImage.objects.get_or_create(proof=proof, digest=digest(one.content), defaults=values)
        if new:
            detail = {"images": len(images), "place": int(bool(place))}
            record(viewer, "receipt-proof-added", party=upload.party, object=upload.pk, detail=detail)
    return proof


@dataclass(frozen=True)
class ShownProof:
    """Proof of a receipt as it is shown. images: kind and address key of each."""

    receipt: str
    signer: str
    place: str
    images: tuple[tuple[str, uuid.UUID], ...]


def proofs_of(opened: Opened, receipt: Mapping[str, Any]) -> list[ShownProof]:
    """Return the proofs of a receipt of the viewer's results: of the party that reported it, once stored."""
    sender = str(receipt.get("_file") or "").partition("/")[0]
    with of_engine():
        known = list(ReceiptProof.objects.filter(receipt=str(receipt["receipt"]), party=sender))
        stored = set(
            Upload.objects.filter(pk__in=[one.pk for one in known], state=Upload.State.STORED).values_list(
                "pk", flat=True
            )
        )
        return [
            ShownProof(
                one.receipt,
                one.signer,
                one.place,
                tuple(one.images.order_by("kind", "digest").values_list("kind", "id")),
            )
            for one in known
            if one.pk in stored
        ]


def image_for(opened: Opened, image: uuid.UUID) -> ReceiptImage | None:
    """Return an image of a receipt that the viewer may see; None for others."""
    with of_engine():
        found = ReceiptImage.objects.select_related("proof").filter(pk=image).first()
    if found is None:
        return None
    rows = opened.rows("receipts", where={"receipt": found.proof.receipt}, limit=1).rows
    shown = {key for row in rows for one in proofs_of(opened, row) for _, key in one.images}
    return found if found.pk in shown else None


def sweep_proofs() -> int:
    """Remove proofs of uploads that were discarded or removed; return how many."""
    with writing():
        there = Upload.objects.exclude(state=Upload.State.DISCARDED).values("pk")
        gone = ReceiptProof.objects.exclude(pk__in=there)
        return gone.delete()[1].get("deliveries.ReceiptProof", 0)
