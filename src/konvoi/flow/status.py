"""The status of a workspace in a few figures, for the coordination cell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import polars as pl

from konvoi.accord.steps import ENDED, standing
from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import inputs_digest, loaded
from konvoi.flow.run import INPUTS
from konvoi.flow.store import cell_folder
from konvoi.flow.today import known_today
from konvoi.flow.totals_asked import ask
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace
from konvoi.gateways.files import text
from konvoi.kit.progress import Stop, never
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question
from konvoi.ledger.units import FULFILLED
from konvoi.model.finding import Finding, Severity
from konvoi.model.stages import Stage
from konvoi.report.forecast.promises import SOON, promises

OUT = "out"


class Results(StrEnum):
    """State of the folder out/ against the inputs of the workspace."""

    NONE = "none"
    CURRENT = "up to date"
    OUTDATED = "out of date"


@dataclass(frozen=True)
class Meeting:
    """The next meeting that is known: its id, day and place."""

    id: str
    day: date
    town: str


@dataclass(frozen=True)
class Status:
    """A workspace on its day.

    documents, refused: submissions read, and those not read. findings: all of them. pledged, delivered:
    de-duplicated totals, the second of what was delivered or disbursed. overdue: open line items whose last
    promised day has passed; None where no promised day is reported. actions_overdue, actions_soon: open
    action items past their deadline, and due within SOON. candidates: open duplicate candidates. day,
    meeting: None where none is known.
    """

    title: str
    exercise: bool
    day: date | None
    documents: int
    refused: int
    findings: Sequence[Finding]
    pledged: Total
    delivered: Total
    overdue: int | None
    actions_overdue: int
    actions_soon: int
    candidates: int
    meeting: Meeting | None
    results: Results

    @property
    def errors(self) -> int:
        """Return the number of findings of severity error."""
        return sum(one.severity == Severity.ERROR for one in self.findings)


def status(work: Workspace, *, stop: Stop = never) -> Status:
    """Return the status of a workspace on its day, as the coordination cell sees it."""
    work = replace(work, view=View())
    gathered = loaded(work, stop=stop)
    day = known_today(gathered, work.settings)
    overdue, soon = _actions(gathered, day)
    return Status(
        title=work.settings.name,
        exercise=work.settings.exercise,
        day=day,
        documents=gathered.documents.height,
        refused=gathered.refused,
        findings=gathered.findings,
        pledged=ask(gathered, Question(stage=str(Stage.PLEDGED), mix=True), work.settings),
        delivered=ask(gathered, Question(stage=FULFILLED, mix=True), work.settings),
        overdue=None if day is None else _overdue(gathered, work, day),
        actions_overdue=overdue,
        actions_soon=soon,
        candidates=gathered.ledger.relations.filter(pl.col("status") == "undecided").height,
        meeting=None if day is None else _next_meeting(gathered, day),
        results=_results(work),
    )


def _overdue(gathered: Gathered, work: Workspace, day: date) -> int | None:
    """Return the number of overdue line items; None where no promised day is reported."""
    dated = [one for one in promises(bare(gathered, work)) if one.last is not None]
    if not dated:
        return None
    return sum(one.is_overdue(day) for one in dated)


def _actions(gathered: Gathered, day: date | None) -> tuple[int, int]:
    """Return the number of open action items past their deadline, and of those due soon."""
    if day is None:
        return 0, 0
    items = standing(gathered.tables, day=day).filter(~pl.col("state").is_in(ENDED))
    late = pl.col("late").is_not_null()
    due = pl.col("due").is_between(day, day + SOON)
    return items.filter(late).height, items.filter(~late & due).height


def _next_meeting(gathered: Gathered, day: date) -> Meeting | None:
    meetings = gathered.tables.get("sessions")
    if meetings is None:
        return None
    ahead = meetings.filter(pl.col("day") >= day).sort("day", "session")
    if ahead.is_empty():
        return None
    first = ahead.row(0, named=True)
    return Meeting(str(first["session"]), first["day"], str(first.get("town") or ""))


def _results(work: Workspace) -> Results:
    """Compare the inputs with those of the run that wrote the results."""
    if work.folder is None:
        return Results.NONE
    found = text(cell_folder(work.folder / OUT) / INPUTS)
    if found is None:
        return Results.NONE
    return Results.CURRENT if found.strip() == inputs_digest(work) else Results.OUTDATED
