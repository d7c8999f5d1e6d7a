"""Rows of forms: what a person filled in, and whether it is part of the record yet."""

import uuid

from django.db import models


class FormRow(models.Model):
    """A row of a table that a person filled in on a page.

    id: also the key of the form: sent twice it is one row. party: whose submission it becomes; empty for a
    decision of the coordination cell. second: who confirmed it, where two persons have to. table: its name;
    about: the record on whose page it was filled in, such as round/R-1. row: values by column. day: of the
    document that it becomes. document: its name in the record; replaces: the one whose place it takes.
    reason: why it was not stored.
    """

    class State(models.TextChoices):
        """States of a row."""

        ASKED = "waits for a second person"
        STORING = "being stored"
        STORED = "stored"
        REFUSED = "not stored"
        DROPPED = "discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.CharField(max_length=60, blank=True, db_index=True)
    user = models.UUIDField()
    second = models.UUIDField(null=True)
    table = models.CharField(max_length=30)
    about = models.CharField(max_length=200, db_index=True)
    row = models.JSONField(default=dict)
    day = models.DateField()
    marking = models.CharField(max_length=200, default="coalition")
    document = models.CharField(max_length=200, blank=True)
    replaces = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=30, choices=State.choices, default=State.STORING)
    reason = models.TextField(blank=True)
    job = models.UUIDField(null=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
