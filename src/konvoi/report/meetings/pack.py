"""The session pack: what a session is about, what changed since the last one, and what is open for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.accord.step_changes import SINCE
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.report.case import Case
from konvoi.report.meetings.pack_parts import documents, late, open_steps, since, the_session
from konvoi.report.meetings.session_tables import Row, Talks
from konvoi.report.orders.view import Issue, View, narrowed
from konvoi.report.orders.wording import Wording
from konvoi.report.page import Column, Message, Number, Page, Section, Table, Value
from konvoi.report.page_files import page_files
from konvoi.report.readers import marking
from konvoi.report.records import records
from konvoi.report.reports.duplicates import DUPLICATES_REPORT
from konvoi.report.reports.positions import negotiated
from konvoi.report.sanctions.proposals import tabled

FILE = "session"
_HEADS = ("Severity", "Conflict", "Remedy")
STATES = {"over": "above the limit", "stopped": "stopped", "near": "nearly at the limit"}
NO_PLAN = Message("No plan for this problem. Run konvoi run to compute one; conflicts are then listed here.")
NO_CONFLICT = Message("No conflicts released to this reader.")


@dataclass(frozen=True)
class Sitting:
    """The occasion of a pack: a session's row, and that of the one before it, None for the first.

    fresh: the ids of the entries that were not known on that one's last day. changed: the action items that
    changed since (konvoi.accord.step_changes.SINCE).
    """

    session: Row
    last: Row | None = None
    fresh: frozenset[str] = frozenset()
    changed: pl.DataFrame = field(default_factory=SINCE.to_frame)


def pack(
    case: Case,
    sitting: Sitting,
    *,
    issue: Issue | None,
    audience: str,
    languages: Sequence[str],
) -> Mapping[str, bytes]:
    """The files of a pack by name: session.LANG.html and session.LANG.docx for each language."""
    return page_files(pack_page(case, sitting, issue=issue, audience=audience), languages)


def pack_page(
    case: Case, sitting: Sitting, *, issue: Issue | None, audience: str, conflicts: bool = True
) -> Page:
    """Return the pack as a page.

    case: of the reader's view. Its tables `standing` and `decided` are drawn
    from all that is known (konvoi.accord). issue: the orders of the plan in force
    and the coordination cell's case, of which the readers' rows are shown; None where there is no plan.
    conflicts: whether the conflicts of the plan are in it.
    """
    talks = Talks(case)
    parts = (
        the_session(talks, sitting.session),
        *([since(talks, sitting.last, sitting.fresh, sitting.changed)] if sitting.last is not None else []),
        open_steps(talks, sitting.last),
        documents(talks),
        negotiated(case),
        tabled(case, str(sitting.session["session"])),
        late(case),
        *([_conflicts(issue, audience, case.day)] if conflicts else []),
        DUPLICATES_REPORT.section(case),
    )
    return Page(
        title=case.title,
        day=case.day,
        audience=audience,
        marking=marking(case, audience),
        exercise=case.exercise,
        sections=tuple(part for part in parts if part is not None),
        records=records(case),
        head=Message("Session pack as of {day}"),
        file=FILE,
    )


def _conflicts(whole: Issue | None, audience: str, day: date) -> Section:
    """Return the conflicts of the plan in force that the whole coalition may see."""
    title = Message("Conflicts of the plan")
    if whole is None:
        return Section("conflicts", title, (NO_PLAN,))
    # What a single party may see besides is in its own orders.
    eyes = audience if audience in (PUBLIC, COALITION) else COALITION
    issue = narrowed(whole, eyes)
    wording = Wording(issue, View(whole.eyes(eyes)))
    mine = frozenset(issue.rows)
    rows: list[tuple[Value, ...]] = []
    for row in issue.conflicts:
        told = list(wording.solution(row, mine))
        rows.append((Message(STATES[str(row["severity"])]), wording.conflict(row, mine), _lines(told)))
    count = len(rows)
    known = Number(Decimal(count), "", "", day, to="conflicts-table")
    answer = (
        Message("{count} conflict.", {"count": known}, "{count} conflicts.", count) if rows else NO_CONFLICT
    )
    columns = tuple(Column(Message(head)) for head in _HEADS)
    return Section(
        "conflicts",
        title,
        (answer,),
        (),
        (
            Table(
                "conflicts-table", Message("Conflicts, the heaviest first"), columns, tuple(rows), NO_CONFLICT
            ),
        ),
    )


def _lines(told: Sequence[Message]) -> Value:
    between: list[Value] = []
    for one in told:
        between += [" ", one] if between else [one]
    return tuple(between)
