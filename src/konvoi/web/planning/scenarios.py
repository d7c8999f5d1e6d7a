"""Scenarios: asked for by a planner, answered by a job, kept with their answers."""

import csv
import io
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from konvoi.flow.planning.scenarios import Words
from konvoi.flow.planning.what_if import Answer, adoptable, what_if
from konvoi.flow.snapshots import PLAN
from konvoi.flow.workspace import workspace
from konvoi.gateways.files import content
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key as digest_of
from konvoi.model.party import LANGUAGES
from konvoi.model.tables import BY_NAME
from konvoi.plan.plan import Plan
from konvoi.plan.scenario import Scenario as Supposed
from konvoi.plan.solve import Candidate
from konvoi.report.fragments import figures, records
from konvoi.report.planning.what_if import page_of
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.planning.models import Scenario, ScenarioPlan
from konvoi.web.record import writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import WHAT_IF, ask, end, tell

if TYPE_CHECKING:
    from konvoi.web.planning.ready_plan import ReadyPlan

MOST = 20
_LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """A scenario as a form states it: all of it at once.

    close: lanes and sites; without: partners; both from `first` to `last` (ISO days; empty: at once, to the
    end). delay: budgets and offers, by `weeks`. rows: offers that are added, needs with another day, lower
    capacities, as rows by table. as_submitted: without the assumptions of the plan in force.
    """

    name: str
    close: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    delay: tuple[str, ...] = ()
    weeks: int = 0
    as_submitted: bool = False
    rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {**vars(self), "rows": {name: list(rows) for name, rows in (self.rows or {}).items()}}


def ask_scenario(*, viewer: Viewer, asked: Asked, key: uuid.UUID) -> Job:
    """Have a scenario answered against the newest plan; the same key a second time gives the same job."""
    if not viewer.may(Right.DECIDE) or viewer.day is not None:
        raise Http404
    changes = asked.close or asked.without or asked.delay or any((asked.rows or {}).values())
    if not (changes or asked.as_submitted):
        raise Refused(say("Choose at least one change."))
    if asked.delay and not 0 < abs(asked.weeks) <= 520:
        raise Refused(say("State by how many weeks it is delayed."))
    opened = view(viewer)
    if opened is None or opened.file(f"{PLAN}/plan.json") is None:
        raise Refused(say("There is no plan to compare with. It is computed by the next run."))
    with writing():
        if (known := Job.objects.filter(pk=key).first()) is not None:
            if known.kind != WHAT_IF or known.asked_by != viewer.user:
                raise Http404
            return known
        place = f"{opened.folder.parent.name}/{opened.folder.name}/{PLAN}"
        job = ask(WHAT_IF, {"asked": asked.as_dict(), "plan": place}, by=viewer.user, key=key)
        record(viewer, "scenario-asked", object=job.pk)
    return job


def answer(job: Job, ready: "ReadyPlan | None" = None) -> None:
    """Answer a scenario: tell of each plan as soon as it is found, then keep the answer.

    ready: a plan that was loaded before; used where it is the one that the scenario is asked against.
    """
    asked = Asked(**job.parameters["asked"])
    here = instance()
    found: list[dict[str, str]] = []

    def heard(_: Supposed, force: Plan, candidate: Candidate) -> None:
        found.append(
            {
                "kind": candidate.kind,
                "value": _text(candidate.value),
                "bound": _text(candidate.bound),
                "difference": _text(candidate.value - force.value),
            }
        )
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(result={"found": found[-MOST:]})

    tell(job.pk, "Looking for plans")
    with tempfile.TemporaryDirectory() as scratch:
        words = Words(
            asked.name,
            close=tuple(asked.close),
            without=tuple(asked.without),
            delay=tuple(f"{one}:{asked.weeks}" for one in asked.delay),
            add=tuple(_files(Path(scratch), asked.rows or {})),
            first=asked.first,
            last=asked.last,
        )
        answered = what_if(
            here.snapshots / job.parameters["plan"],
            workspace(here.folder),
            [words],
            heard=heard,
            as_submitted=asked.as_submitted,
            ready=ready.loaded if ready is not None and ready.suits(job.parameters["plan"]) else None,
        )
    if not _keep(job, asked, answered, found[-MOST:]):
        raise Refused("the job was ended in the meantime")


def _keep(job: Job, asked: Asked, answered: Answer, found: Sequence[Mapping[str, str]]) -> bool:
    """Keep an answer with its plans and end the job, together; return False where it has ended already."""
    page = page_of(answered.case, answered.plan, answered.tried, languages=LANGUAGES, stale=answered.stale)
    # The records stand below the figures: those that a scenario adds have no source cell.
    drawn = {
        code: (figures(page, code, records_at="") + records(page, code, source_at="")).decode()
        for code in LANGUAGES
    }
    here = instance()
    plans = list(adoptable(answered, answered.tried[0]))
    base = plan_digest_of(lambda name: content(here.snapshots / job.parameters["plan"] / name))
    with transaction.atomic():
        if not end(job.pk, Job.State.DONE, result={"found": list(found)}):
            return False
        Scenario.objects.create(
            id=job.pk,
            name=asked.name,
            supposed=asked.as_dict(),
            summary=_summary(answered),
            figures=drawn,
            by=job.asked_by,
            at=timezone.now(),
        )
        for one in plans:
            ScenarioPlan.objects.create(
                scenario=job.pk,
                kind=one.kind,
                base=base,
                files=one.content,
                changes=rows_of(one.changes),
            )
    return True


def plan_digest_of(read: Callable[[str], bytes | None]) -> str:
    """Return a digest of the plan with which scenarios are compared; read: the content of its files."""
    return digest_of(*(read(name) or b"" for name in ("plan.json", "movements.csv")))


def rows_of(changes: pl.DataFrame) -> list[dict[str, str | None]]:
    """Return changes of movements as JSON values."""
    texts = changes.with_columns(pl.all().cast(pl.String)).to_dicts()
    return [{name: value or None for name, value in row.items()} for row in texts]


def _files(folder: Path, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[Path]:
    """Write the rows that are added as CSV tables, as the command line takes them."""
    for name, some in rows.items():
        if not some:
            continue
        columns = [one.name for one in BY_NAME[name].columns if any(row.get(one.name) for row in some)]
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(some)
        path = folder / f"{name}.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        yield path


def _summary(answered: Answer) -> dict[str, Any]:
    """Return the figures by which scenarios are compared side by side."""
    (one,) = answered.tried
    close, independent = one.close, one.independent
    acts = [day for found in (close, independent) for day in found.difference.moves["act"].to_list() if day]
    first: date | None = min(acts, default=None)
    return {
        "before": _text(answered.plan.value),
        "close": _text(close.plan.value),
        "independent": _text(independent.plan.value),
        "bound": _text(independent.plan.bound),
        **{name: independent.difference.counts()[name] for name in ("lost", "gained")},
        "kept": close.difference.kept,
        "kept_independent": independent.difference.kept,
        "all": answered.plan.movements.height,
        "first": None if first is None else first.isoformat(),
        "stale": answered.stale,
    }


def _text(value: Decimal) -> str:
    return f"{round(value, 3).normalize():f}"
