"""Removal of uploads that nobody confirms, and of marked workbooks that are no longer needed."""

import shutil
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from konvoi.flow.retention import days
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.record import settings_now, writing
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.quarantine import MARKED, folder_of, forget

State = Upload.State
UNCONFIRMED = (State.CHECKING, State.CHECKED, State.FAILED)


def removed_on(upload: Upload) -> datetime | None:
    """Return when an upload is removed unless somebody confirms it; None for one that is stored or closed."""
    if upload.state not in UNCONFIRMED:
        return None
    return upload.changed + timedelta(days=days(settings_now().retention, "unconfirmed_uploads"))


def sweep() -> int:
    """Remove uploads that nobody confirmed in time, with their files; return how many.

    Rows of uploads that were discarded go as well. Of stored ones the marked workbooks go in their time.
    """
    now, known = timezone.now(), settings_now().retention
    limit = now - timedelta(days=days(known, "unconfirmed_uploads"))
    late = Upload.objects.filter(changed__lt=limit).filter(
        Q(state__in=UNCONFIRMED) | Q(state=State.DISCARDED)
    )
    removed = [one for one in late.values_list("pk", flat=True) if _remove(one, limit)]
    _forget_marked(now - timedelta(days=days(known, "marked_workbooks")))
    _remove_strays(limit)
    return len(removed)


def _remove(upload: uuid.UUID, limit: datetime) -> bool:
    """Remove an upload; False where somebody changed it in the meantime."""
    with writing():
        one = Upload.objects.select_for_update().filter(pk=upload, changed__lt=limit).first()
        if one is None or one.state in (State.STORING, State.STORED):
            return False
        if one.state != State.DISCARDED:
            detail = {"files": len(one.files)}
            record(Viewer(), "upload-removed", party=one.party, object=one.pk, detail=detail)
        one.delete()
    forget(Upload(pk=upload))
    return True


def _forget_marked(limit: datetime) -> None:
    for one in Upload.objects.filter(state=State.STORED, changed__lt=limit):
        if (folder_of(one) / MARKED).is_dir():
            forget(one)


def _remove_strays(limit: datetime) -> None:
    """Remove folders of which no upload is left: those of a server that ended in between."""
    known = {str(one) for one in Upload.objects.values_list("pk", flat=True)}
    for path in _folders(instance().quarantine):
        if path.name not in known and path.stat().st_mtime < limit.timestamp():
            shutil.rmtree(path, ignore_errors=True)


def _folders(place: Path) -> list[Path]:
    return [one for one in place.iterdir() if one.is_dir()] if place.is_dir() else []
