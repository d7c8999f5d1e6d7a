"""Jobs of the sanctions desk: decide on an alert, and draft a proposal, by the screening of the moment."""

from collections.abc import Callable
from datetime import UTC, datetime

from konvoi.flow.sanctions.list_comparison import sanctions
from konvoi.flow.sanctions.proposals import draft
from konvoi.flow.sanctions.screen import Question, screen
from konvoi.flow.sanctions.screening_deciding import decide
from konvoi.gateways.refusal import Refused
from konvoi.web.form_rows.jobs import ATTEMPTS, stored
from konvoi.web.form_rows.models import FormRow
from konvoi.web.instance import instance
from konvoi.web.record import head, settings_now, writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import tell


def decide_alert(job: Job) -> None:
    """Record a decision on an alert, by the lists and decisions as they are now."""

    def prepared(one: FormRow) -> Callable[[], object]:
        folder = instance().folder
        found = screen(folder, Question(on=settings_now().day)).found
        names = ("authority", "reference", "scope", "from", "to", "reason")
        row = {name: str(one.row.get(name, "")) for name in names}
        row |= {"verdict": one.row["disposition"], "by": str(one.user), "at": _now()}
        return lambda: decide(folder, found, one.row["hit"], row)

    _record(job, prepared)


def draft_proposal(job: Job) -> None:
    """Draft a proposal from an alignment gap, by the lists as they are now."""

    def prepared(one: FormRow) -> Callable[[], object]:
        folder = instance().folder
        found = sanctions(folder, on=settings_now().day)
        values = one.row
        return lambda: draft(
            folder,
            found,
            values["party"],
            to=values["to"],
            order=values["order"],
            by=str(one.user),
            at=_now(),
            reason=values.get("reason", ""),
        )

    _record(job, prepared)


def _record(job: Job, prepared: Callable[[FormRow], Callable[[], object]]) -> None:
    """Do what a form asks in one transaction with its row; anew where the record changed meanwhile."""
    one = FormRow.objects.get(pk=job.parameters["row"])
    for _ in range(ATTEMPTS):
        before = head()
        tell(job.pk, "Comparing with the sanctions lists")
        write = prepared(one)
        with writing():
            if head() != before:
                continue
            write()
            stored(job, one)
            return
    raise Refused("the record is being changed; nothing was changed; try again")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
