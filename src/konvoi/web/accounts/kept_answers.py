"""Answers that are kept for a day, so that a program may send a request again."""

from datetime import timedelta

from django.utils import timezone

from konvoi.web.accounts.models import KeptAnswer

KEEP = timedelta(days=1)


def forget_answers() -> None:
    """Remove the answers that were kept for their time."""
    KeptAnswer.objects.filter(at__lte=timezone.now() - KEEP).delete()
