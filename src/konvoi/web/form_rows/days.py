"""Days of rows that are filled in: that of the row itself, and those that its fields state."""

from datetime import date

from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
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


def stated_day(text: str) -> str:
    """Return a day that a field states, as ISO 8601; empty where it is empty. Refused where it is no day."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Refused(say("Write a day as 2026-03-31.")) from None
