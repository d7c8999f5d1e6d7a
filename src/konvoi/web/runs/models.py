"""Jobs of the worker."""

import uuid

from django.db import models


class Job(models.Model):
    """Work that is done outside a request.

    kind: run (compute results), check (read an upload), take (store an upload), ask (open questions),
    enter (store a row of a form), screen (decide on an alert), propose (draft a listing), what-if (answer a
    scenario), return (read a text with tracked changes), dossier (make that
    of a proposal), list (read or import a list of sanctions).
    lane: jobs of one lane run one after the other. note, done, total: progress; note is a message id.
    until: the worker that owns it has promised to be heard of by then. party: whose job it is; empty for the
    coordination cell's.
    """

    class State(models.TextChoices):
        """States of a job."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10)
    lane = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    party = models.CharField(max_length=60, blank=True)
    asked_by = models.UUIDField(null=True)
    parameters = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    attempt = models.IntegerField(default=0)
    owner = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField(null=True)
    cancel = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    @property
    def is_open(self) -> bool:
        """True while it waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
