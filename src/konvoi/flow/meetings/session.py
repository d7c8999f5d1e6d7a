"""The pack of a session, from all that a workspace holds and the plan that it has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from konvoi.accord.sessions import around, before, ended, held
from konvoi.accord.step_changes import since
from konvoi.accord.steps import standing
from konvoi.flow.adopted_plan import assumed_in, in_force, problem_of
from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered
from konvoi.flow.hidden_ids import hidden_ids
from konvoi.flow.kept_views import loaded
from konvoi.flow.load_workspace import gathering
from konvoi.flow.meetings.option_plans import option_effects, plan_of_last_run
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.planning.problem import problem
from konvoi.flow.plans import own_plan, plan_at, same_problem
from konvoi.flow.run import counted
from konvoi.flow.view import CELL
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Progress, Stop, never
from konvoi.plan.orders import orders
from konvoi.report.case import Case
from konvoi.report.meetings.decision_sheet import decision_sheet, sheet_stakes
from konvoi.report.meetings.pack import Sitting, pack
from konvoi.report.orders.view import Issue


@dataclass(frozen=True)
class Packed:
    """A pack: its session, day and files by name, and what it was made from. planned: whether conflicts of a
    plan are in it."""

    session: str
    day: date
    files: Mapping[str, bytes]
    gathered: Gathered
    planned: bool


def session_pack(
    work: Workspace,
    *,
    session: str = "",
    day: date | None = None,
    stop: Stop = never,
) -> Packed:
    """The pack of a session that is named, else of the next one, else of the last.

    day: how all stands on that day (default: the workspace's). The pack is for the reader of the
    workspace's view.
    """
    if day:
        work = replace(work, settings=replace(work.settings, day=day))
    gathered = loaded(work, stop=stop)
    case = counted(gathered, work, questions=False, stop=stop)
    sitting = occasion(work, case, session, stop=stop)
    issue = _issue(work, gathered, stop)
    stop(Progress("Writing the session pack", 0))
    files = pack(case, sitting, issue=issue, audience=gathered.view.reader, languages=work.settings.languages)
    return Packed(str(sitting.session["session"]), case.day, files, gathered, issue is not None)


def occasion(work: Workspace, case: Case, session: str = "", *, stop: Stop = never) -> Sitting:
    """Return the meeting that is named, else the next one, else the last, with what changed since the one
    before it.

    case: of the view of the workspace.
    """
    row = meeting_row(session, case)
    last = before(case.tables, row)
    if last is None:
        return Sitting(row)
    then = gathering(work, known=ended(last), stop=stop)
    old = standing(then.tables, day=ended(last))
    changed = since(old, standing(case.tables, day=case.day), session=str(last["session"]))
    fresh = set(case.entries["entry"]) - set(then.ledger.entries["entry"])
    return Sitting(row, last, frozenset(fresh), changed)


@dataclass(frozen=True)
class Sheet:
    """The decision sheet of a meeting: its id, the day, its files by name, and what it was made from."""

    session: str
    day: date
    files: Mapping[str, bytes]
    gathered: Gathered


def meeting_sheet(work: Workspace, session: str = "", *, stop: Stop = never) -> Sheet:
    """Return the decision sheet of a meeting that is named, else of the next one, else of the last."""
    gathered = gathering(work, stop=stop)
    case = counted(gathered, work, questions=False, stop=stop)
    row = meeting_row(session, case)
    stop(Progress("Writing the decision sheet", 0))
    reader = gathered.view.reader
    stakes = sheet_stakes(case, row, reader)
    effects = {}
    # A plan is the coordination cell's: other readers get the amount at stake in their own view.
    if stakes and gathered.view.is_cell:
        made = assumed_in(problem(gathered), in_force(work))
        plan = plan_of_last_run(work.folder, made.tables)
        if plan is not None:
            effects = option_effects(plan, made.tables, stakes, case.day, stop=stop)
    languages = work.settings.languages
    files = decision_sheet(case, row, audience=reader, languages=languages, effects=effects)
    return Sheet(str(row["session"]), case.day, files, gathered)


def meeting_row(name: str, case: Case) -> Mapping[str, Any]:
    """Return the row of a meeting that is named, else of the next one, else of the last."""
    rows = {str(row["session"]): row for row in held(case.tables)}
    if not rows:
        raise Refused(
            "no meeting is recorded; fill in the table sessions, then import it: konvoi add FILE --from PARTY"
        )
    if name and name not in rows:
        raise Unknown("SESSION", name, sorted(rows), nearest(name, {one: one for one in rows}))
    found = around(case.tables, day=case.day)
    ahead = found.next or found.last
    return rows[name] if name else dict(ahead or {})


def _issue(work: Workspace, gathered: Gathered, stop: Stop) -> Issue | None:
    """Return the orders of the plan that the workspace was last run to, where it is one of this problem.

    The plan is the coordination cell's: it is held against the problem that the cell sees. gathered: the
    documents of the workspace's view.
    """
    folder = own_plan(work.folder)
    if folder is None:
        return None
    if not gathered.view.is_cell:
        work = replace(work, view=replace(work.view, reader=CELL))
        gathered = gathering(work, stop=stop)
    plan = plan_at(folder)
    made = problem_of(plan, problem(gathered), in_force(work))
    try:
        same_problem(plan, made.tables, named=folder)
    except Refused:
        return None
    case = bare(gathered, work)
    said = orders(made.tables, plan, today=case.day, recipient=case.recipient, stop=stop)
    return Issue(said, case, hidden_ids(gathered))
