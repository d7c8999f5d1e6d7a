"""Proofs of receipts: who signed, where, and photos, beside the receipt that states the quantities."""

import uuid

from django.db import models


class ReceiptProof(models.Model):
    """Proof of a receipt that was reported by form.

    id: of the upload with the receipt. party: that reported it. receipt: its reference. signer: name of the
    person who signed, kept apart from the record so that it can be erased. place: latitude and longitude,
    only where the receiver stated them.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    party = models.CharField(max_length=60, db_index=True)
    user = models.UUIDField()
    receipt = models.CharField(max_length=500, db_index=True)
    signer = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField(auto_now_add=True)


class ReceiptImage(models.Model):
    """A photo or a signature, without what a camera writes beside the picture.

    kind: photo or signature. media: image/jpeg or image/png.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proof = models.ForeignKey(ReceiptProof, on_delete=models.CASCADE, related_name="images")
    party = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    media = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        """An image is kept once with its proof, however often it is sent."""

        constraints = (models.UniqueConstraint(fields=("proof", "digest"), name="deliveries_image_once"),)
