"""A screening as a person asks for one: of a workspace or a table, on a day, by its rules or a record's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from konvoi.align.asking import Asked
from konvoi.align.hits import Hit
from konvoi.align.roles import Role, rules
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.sanctions.lists import NAMES
from konvoi.flow.sanctions.screening import Screened, against, has_lists, screened
from konvoi.flow.sanctions.screening_file import tabled
from konvoi.flow.sanctions.screening_parties import workspace_parties
from konvoi.flow.sanctions.screening_plans import Touched, touched, unseen
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, is_workspace, settings_of, viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.model.markings import COALITION

WORKSPACE = "workspace"
"""What a record says was screened where it was no file."""


@dataclass(frozen=True)
class Question:
    """The input of a screening. path: a table; None for the workspace. role: of rows that say none. on: the
    day; None as the workspace says. table: settings in place of those of konvoi.toml, as a record holds them.
    view: the day and reader; hits on parties of the workspace are for readers whom the coalition's marking
    admits.
    """

    path: Path | None = None
    role: Role | None = None
    on: date | None = None
    table: Mapping[str, object] | None = None
    view: View = field(default_factory=View)

    @property
    def what(self) -> str:
        """The name of the input in a record."""
        role = f" as {self.role}" if self.role else ""
        return f"{self.path.name}{role}" if self.path else WORKSPACE


@dataclass(frozen=True)
class Answer:
    """The result of a screening. unused: columns of a table that meant nothing. plans: movements of open
    plans that use somebody who is blocked. unseen: hits that stand in no record yet.
    """

    found: Screened
    what: str
    unused: tuple[str, ...] = ()
    plans: tuple[Touched, ...] = ()
    unseen: tuple[Hit, ...] = ()


def screen(folder: Path, question: Question, *, stop: Stop = never) -> Answer:
    """Screen a workspace, or a table against the lists of a workspace; Refused where it has no lists."""
    if not has_lists(folder):
        where = f"{folder}: no lists of sanctions in it, so nobody can be screened"
        raise Refused(f"{where}; take lists in with: konvoi sanctions lists FILE --of REGIME --day DAY")
    known = settings_of(folder)
    parties, told, unused, gathered = _asked(folder, question, stop)
    where_ = against(folder, known, on=question.on, least=gathered.day if gathered else None, stop=stop)
    if question.table is not None:
        where_ = replace(where_, rules=rules(question.table, NAMES))
    found = screened(parties, where_)
    whole = Screened(where_, found.parties, found.hits, (*found.findings, *told))
    if not question.view.is_cell:
        reader = gathered.view if gathered else question.view
        named = question.path is not None or reader.admits(COALITION)
        return Answer(replace(whole, hits=found.hits if named else ()), question.what, unused)
    plans = touched(folder, gathered, whole) if gathered and question.path is None else ()
    return Answer(whole, question.what, unused, plans, unseen(folder, whole))


def _asked(
    folder: Path, question: Question, stop: Stop
) -> tuple[Sequence[Asked], Sequence[Finding], tuple[str, ...], Gathered | None]:
    """Return the parties, findings on them, columns that mean nothing, and the gathered documents, if
    needed.
    """
    work = workspace(folder) if is_workspace(folder) else Workspace(folder, Settings(), ())
    work = viewed(work, question.view)
    if question.path is not None:
        table = tabled(question.path, question.role)
        dated = question.on or work.settings.day
        return table.parties, table.findings, table.unused, None if dated else loaded(work, stop=stop)
    gathered = loaded(work, stop=stop)
    parties, told = workspace_parties(gathered)
    return parties, told, (), gathered
