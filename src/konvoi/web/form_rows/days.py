"""The day of a row that is filled in now."""

from datetime import date

from django.utils import timezone

from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.record import settings_now


def day_for(viewer: Viewer) -> date:
    """Return the day of the workspace; where it has none, today, or the day of the viewer's newest results
    where that is later. It depends on nothing that the viewer may not see.
    """
    settled = settings_now().day
    if settled is not None:
        return settled
    today = timezone.now().date()
    opened = view(viewer.on(None))
    return today if opened is None or opened.day is None else max(today, opened.day)
