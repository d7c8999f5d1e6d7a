"""Uploads: files that a party has sent and not yet confirmed, or has confirmed."""

import uuid

from django.db import models


class Upload(models.Model):
    """Files sent together. They lie in quarantine until somebody confirms or discards them.

    party: whose submission it is. user: who sent it; for_party: True where the coordination cell sent it on
    behalf of the party. base: the head of the chain of receipts against which the preview was made.
    files: name and size of each. preview: what would change.
    """

    class State(models.TextChoices):
        """States of an upload."""

        CHECKING = "checking"
        CHECKED = "checked"
        STORING = "storing"
        STORED = "stored"
        DISCARDED = "discarded"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.CharField(max_length=60, db_index=True)
    user = models.UUIDField()
    for_party = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    files = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    base = models.CharField(max_length=64, blank=True)
    preview = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    job = models.UUIDField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
