"""Removal of results that nobody needs any more: they can be computed again from the record."""

import shutil
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from konvoi.web.access.models import Snapshot
from konvoi.web.access.view import first_like
from konvoi.web.accounts.models import User
from konvoi.web.instance import instance

KEEP = timedelta(days=7)


def prune() -> int:
    """Remove results that were neither made nor read for a week; return how many folders.

    The newest results of each reader stay, and those that a person saw at the last visit.
    """
    limit = timezone.now() - KEEP
    old = Snapshot.objects.filter(made__lt=limit).filter(Q(read=None) | Q(read__lt=limit))
    needed = _newest() | _last_seen()
    for one in old.exclude(pk__in=needed):
        one.delete()
    kept = set(Snapshot.objects.values_list("name", flat=True))
    folder = instance().snapshots
    gone = (
        [one for one in folder.iterdir() if one.is_dir() and one.name not in kept] if folder.is_dir() else []
    )
    # A folder without rows may be that of a run that has not ended.
    aged = [one for one in gone if one.stat().st_mtime < limit.timestamp()]
    for place in aged:
        shutil.rmtree(place, ignore_errors=True)
    return len(aged)


def _newest() -> set[int]:
    found: dict[str, int] = {}
    for one in Snapshot.objects.filter(asked=None).order_by("made"):
        found[one.reader] = one.pk
    # Readers are told when contents became what they are, however often they were computed again.
    newest = Snapshot.objects.filter(pk__in=found.values())
    return {*found.values(), *(first_like(one).pk for one in newest)}


def _last_seen() -> set[int]:
    """Return the results that were the newest when a person last visited, for every reader."""
    visits = (
        User.objects.filter(is_active=True).exclude(seen_before=None).values_list("seen_before", flat=True)
    )
    found: set[int] = set()
    for reader in Snapshot.objects.values_list("reader", flat=True).distinct():
        own = Snapshot.objects.filter(reader=reader, asked=None).order_by("-made")
        found |= {one.pk for visit in visits if (one := own.filter(made__lte=visit).first()) is not None}
    return found
