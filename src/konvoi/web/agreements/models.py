"""Calls to consult under a clause, as drills and in earnest. Rows are only ever added."""

from django.db import models


class CallEvent(models.Model):
    """A step of a call, for one of the parties that it is addressed to.

    call: over all its steps and parties. drill: True where it is exercised. guarantee, document, clause: of
    the clause, as they were. acts: True for a party that has to act, False for one towards which it acts.
    order: of the party in the chain. event: when it happened; until: by when the parties act; None where the
    clause states no time. digest: of the secret of a link, with `link`, and of the link by which it was
    acknowledged. by: who took the step; None for whoever followed a link.
    """

    class Step(models.TextChoices):
        """Steps of a call."""

        CALLED = "called"
        LINK = "link"
        ACKNOWLEDGED = "acknowledged"
        ENDED = "ended"

    call = models.UUIDField(db_index=True)
    party = models.CharField(max_length=60, db_index=True)
    step = models.CharField(max_length=12, choices=Step.choices)
    drill = models.BooleanField(default=True)
    guarantee = models.CharField(max_length=200, db_index=True)
    document = models.CharField(max_length=200, blank=True)
    clause = models.CharField(max_length=100, blank=True)
    acts = models.BooleanField(default=True)
    order = models.IntegerField(default=0)
    event = models.DateTimeField()
    until = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)
