"""Releases of papers, to which rows are only ever added, and calendar feeds."""

import uuid

from django.db import models

from konvoi.web.accounts.models import User


class ReleaseEvent(models.Model):
    """A step in the life of a released paper: released, superseded by a newer one, or withdrawn.

    release: the paper over all its steps; its bytes lie in the record. reader: to whom it is released. day:
    as of which the paper is. asked: the day that was asked for; None for the newest state. digest: of the
    bytes in the record; view: digest of the view that was released. by: who made the step. reason: of a
    withdrawal, shown to all who may see the release. follows: the newer paper, where one supersedes it.
    """

    class Step(models.TextChoices):
        """Steps of a release."""

        RELEASED = "released"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    release = models.UUIDField(db_index=True)
    step = models.CharField(max_length=10, choices=Step.choices)
    reader = models.CharField(max_length=60)
    day = models.DateField()
    asked = models.DateField(null=True)
    languages = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    view = models.CharField(max_length=16)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    follows = models.UUIDField(null=True)


class CalendarFeed(models.Model):
    """A secret address of a person's calendar in one role. digest: of the secret, which is stored nowhere.

    role: key of the membership; the feed is there for as long as the person has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendars")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    created = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    @property
    def role_name(self) -> str:
        """The role without its party."""
        return self.role.partition(":")[0]

    @property
    def party(self) -> str:
        """The party of the role; empty for the coordination cell."""
        return self.role.partition(":")[2]
