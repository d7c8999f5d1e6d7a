"""Results that nobody needs go; the newest, and those of a person's last visit, stay."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from tests.web.world import READERS, World

from konvoi.web.access.models import Snapshot
from konvoi.web.accounts.models import User
from konvoi.web.runs.pruning import KEEP, prune

OLD = timezone.now() - KEEP - timedelta(days=1)


def _age(folder: Path) -> None:
    os.utime(folder, (OLD.timestamp(), OLD.timestamp()))


def _row(name: str, reader: str, age: timedelta = timedelta()) -> Snapshot:
    found = Snapshot.objects.create(
        name=name, reader=reader, digest="d", job="00000000-0000-4000-8000-000000000001"
    )
    Snapshot.objects.filter(pk=found.pk).update(made=OLD - age)
    return found


def test_old_results_go_with_their_folder_and_the_newest_stay(world: World) -> None:
    folder = world.instance.snapshots / "older"
    folder.mkdir()
    _age(folder)
    _row("older", "XA")
    assert prune() == 1
    assert not folder.exists()
    assert {one.reader for one in Snapshot.objects.all()} == set(READERS)


def test_the_folder_of_a_run_that_has_not_ended_stays(world: World) -> None:
    folder = world.instance.snapshots / "running"
    folder.mkdir()
    assert prune() == 0
    assert folder.exists()


def test_results_that_a_person_saw_at_the_last_visit_stay(world: World) -> None:
    seen, older = _row("seen", "XA"), _row("unseen", "XA", timedelta(days=1))
    User.objects.filter(email__startswith="desk-xa").update(seen_before=OLD + timedelta(hours=1))
    prune()
    left = set(Snapshot.objects.filter(reader="XA").values_list("pk", flat=True))
    assert seen.pk in left
    assert older.pk not in left
