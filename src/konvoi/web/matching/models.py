"""Second opinions that were asked for. Rows are only ever added; an answer is a decision in the record."""

import uuid

from django.db import models


class OpinionAsked(models.Model):
    """A person is asked to decide on a pair without seeing the decision of others.

    pair: its id (konvoi.flow.matching.review_results.pair_id). person: who is asked; by: who asks. It is
    open until the person decides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.CharField(max_length=16, db_index=True)
    person = models.UUIDField(db_index=True)
    by = models.UUIDField()
    at = models.DateTimeField()
