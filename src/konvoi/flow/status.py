"""The status of a workspace in a few figures, for the coordination cell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import polars as pl

from konvoi.accord.steps import ENDED, standing
from konvoi.flow.cases import bare
from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import inputs_digest, loaded
from konvoi.flow.run import INPUTS
from konvoi.flow.sanctions.screening_case import with_screening
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
from konvoi.report.case import Case
from konvoi.report.forecast.promises import promises
from konvoi.report.front.decisions import Decision, most_urgent

OUT = "out"
MOST_URGENT = 3


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

    documents, refused: submissions read, and those not read. findings: all of them. pledged,
    delivered: de-duplicated totals, the second of what was delivered or disbursed. overdue: open line items
    whose last promised day has passed; None where no promised day is reported. actions_overdue: open action
    items past their deadline. candidates: open duplicate candidates. urgent: the first decisions of the
    brief's list, of each line item one. day, meeting: None where none is known.
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
    candidates: int
    urgent: tuple[Decision, ...]
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
    case = None if day is None else _case(gathered, work, day)
    return Status(
        title=work.settings.name,
        exercise=work.settings.exercise,
        day=day,
        documents=gathered.documents.height,
        refused=gathered.refused,
        findings=gathered.findings,
        pledged=ask(gathered, Question(stage=str(Stage.PLEDGED), mix=True), work.settings),
        delivered=ask(gathered, Question(stage=FULFILLED, mix=True), work.settings),
        overdue=None if case is None else _overdue(case),
        actions_overdue=0 if day is None else _actions_overdue(gathered, day),
        candidates=gathered.ledger.relations.filter(pl.col("status") == "undecided").height,
        urgent=() if case is None else most_urgent(case, MOST_URGENT),
        meeting=None if day is None else _next_meeting(gathered, day),
        results=_results(work),
    )


def _case(gathered: Gathered, work: Workspace, day: date) -> Case:
    """Return the case that decisions are computed from: without totals, plan and forecast."""
    case = bare(gathered, work)
    met = derived(replace(gathered, tables=case.tables), work.settings, day, "met")
    return with_screening(replace(case, tables={**case.tables, **met}), gathered)


def _overdue(case: Case) -> int | None:
    """Return the number of overdue line items; None where no promised day is reported."""
    dated = [one for one in promises(case) if one.last is not None]
    if not dated:
        return None
    return sum(one.is_overdue(case.day) for one in dated)


def _actions_overdue(gathered: Gathered, day: date) -> int:
    """Return the number of open action items past their deadline."""
    items = standing(gathered.tables, day=day)
    return items.filter(~pl.col("state").is_in(ENDED) & pl.col("late").is_not_null()).height


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
