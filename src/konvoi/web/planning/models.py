"""Scenarios that were answered. Rows are only ever added."""

import uuid

from django.db import models


class Scenario(models.Model):
    """A scenario with its answer, as it was when it was answered.

    id: of the job that answered it. supposed: what was assumed, as it was asked. summary: figures by name, as
    texts. figures: the answer as HTML, by language. by: who asked; at: when it was answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    supposed = models.JSONField()
    summary = models.JSONField()
    figures = models.JSONField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)


class ScenarioPlan(models.Model):
    """A plan of a scenario as it can be adopted (konvoi.flow.adopted_plan.packed).

    scenario: its id; kind: close or independent. base: digest of the plan that it was compared with.
    changes: of movements with their reasons, as rows.
    """

    scenario = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12)
    base = models.CharField(max_length=64)
    files = models.BinaryField()
    changes = models.JSONField()


class ScenarioStep(models.Model):
    """A step of a scenario towards the plan in force. Rows are only ever added.

    plan: kind of the plan that is proposed; empty for a step that names none. by: who took it.
    """

    class Step(models.TextChoices):
        """Steps, and the states that follow them."""

        PROPOSED = "proposed"
        ADOPTED = "adopted"
        REJECTED = "rejected"

    scenario = models.UUIDField(db_index=True)
    step = models.CharField(max_length=10, choices=Step.choices)
    plan = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()


class SharedScenario(models.Model):
    """A scenario as it was shared with a party, cut to what the party saw then. Rows are only ever added.

    title: stated for the party. changes: of movements by plan (close, independent), as rows.
    """

    scenario = models.UUIDField(db_index=True)
    party = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    changes = models.JSONField()
    by = models.UUIDField()
    at = models.DateTimeField()
