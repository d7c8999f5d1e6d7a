"""Scenarios of the planning room as options of a decision, for those who plan."""

import uuid

from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.planning.models import Scenario

MOST = 6


def scenarios(viewer: Viewer) -> list[Scenario]:
    """Return the scenarios answered last, the newest first, for planners of the coordination cell."""
    if not (viewer.may(Right.DECIDE) and viewer.is_cell) or viewer.day is not None:
        return []
    return list(Scenario.objects.order_by("-at")[:MOST])


def drafted(viewer: Viewer, scenario: str) -> str:
    """Return the draft wording of a decision for a scenario; empty where the viewer plans with none such."""
    try:
        key = uuid.UUID(scenario)
    except ValueError:
        return ""
    found = next((one for one in scenarios(viewer) if one.pk == key), None)
    return "" if found is None else say("Plan by the scenario “{name}”.", name=found.name)
