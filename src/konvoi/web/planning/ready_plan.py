"""The newest plan with its problem, loaded before a scenario is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from konvoi.flow.planning.what_if import Prepared, prepared, rehearse
from konvoi.flow.snapshots import PLAN, name_of
from konvoi.flow.view import CELL
from konvoi.flow.workspace import workspace
from konvoi.gateways.refusal import Refused
from konvoi.web.access.models import Snapshot
from konvoi.web.instance import instance
from konvoi.web.record import head


@dataclass(frozen=True)
class ReadyPlan:
    """A plan that is loaded. place: of the plan below the snapshots; head: of the record it was loaded at."""

    place: str
    head: str
    loaded: Prepared

    def is_newest(self) -> bool:
        """Return True while neither the record nor the newest results have changed."""
        try:
            return self.head == head() and self.place == newest_place()
        finally:
            # A process may stand by longer than a database keeps a connection that is not used.
            connections.close_all()

    def suits(self, place: str) -> bool:
        """Return True where a scenario against the plan of a place can be answered with what is loaded."""
        return self.place == place and self.head == head()


def newest_place() -> str:
    """Return where the newest plan of the coordination cell lies below the snapshots; empty: nowhere."""
    found = Snapshot.objects.filter(reader=CELL, asked=None).order_by("-made").first()
    return "" if found is None else f"{found.name}/{name_of(found.reader)}/{PLAN}"


def ready_plan(*, busy: Callable[[], bool]) -> ReadyPlan | None:
    """Load the newest plan; None where there is none. busy: asked whether a scenario waits already.

    The search is rehearsed, so that all of it is loaded and compiled, unless a scenario waits.
    """
    here = instance()
    place, before = newest_place(), head()
    if not (here.snapshots / place / "plan.json").is_file():
        return None
    try:
        loaded = prepared(here.snapshots / place, workspace(here.folder))
        if not busy():
            rehearse(loaded)
    except Refused:
        return None
    found = ReadyPlan(place, before, loaded)
    # What was changed while it was loaded may be in it in part.
    return found if found.is_newest() else None
