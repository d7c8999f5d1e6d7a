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
