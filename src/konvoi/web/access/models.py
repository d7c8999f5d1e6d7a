"""Grants of roles and the audit log, to which rows are only ever added, and the index of snapshots."""

import uuid

from django.db import models


class GrantEvent(models.Model):
    """A step in the life of a role: asked for, confirmed by a second person, refused, or revoked.

    grant: the role of a user for a party, over all its steps. by: who made the step; None for the operator
    of the machine. party: empty for the coordination cell and the instance.
    """

    class Step(models.TextChoices):
        """Steps of a grant."""

        ASKED = "asked"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        REVOKED = "revoked"

    grant = models.UUIDField(default=uuid.uuid4, db_index=True)
    step = models.CharField(max_length=10, choices=Step.choices)
    user = models.UUIDField(db_index=True)
    role = models.CharField(max_length=20)
    party = models.CharField(max_length=60, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class AuditEvent(models.Model):
    """Something that a person did or opened, in a chain: each row holds the hash of the row before.

    actor: id of a person, empty for the operator. party: whose record it was. detail: plain values by name,
    never prose and never the content of a record.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=36, blank=True, db_index=True)
    acted_as = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    party = models.CharField(max_length=60, blank=True, db_index=True)
    object = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)


class Note(models.Model):
    """A text that the audit log holds as a commitment alone; it can be erased.

    commitment: digest of salt and text, as it stands in the detail of the event.
    """

    commitment = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=64)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()


class Snapshot(models.Model):
    """The results of a run for one reader.

    name: of the folder of the run. asked: the day that was asked for; None for the day of the newest
    inputs. head: of the chain of receipts that was computed. job: the run that made it.
    """

    name = models.CharField(max_length=16)
    reader = models.CharField(max_length=60)
    asked = models.DateField(null=True)
    head = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=16)
    job = models.UUIDField()
    made = models.DateTimeField(auto_now_add=True)
    read = models.DateTimeField(null=True)

    class Meta:
        """Indexes."""

        indexes = (models.Index(fields=["reader", "asked", "-made"], name="access_snapshot_newest"),)
