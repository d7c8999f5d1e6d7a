"""Papers of a reader beside the brief: delegation pages and the decision sheet, as pages and files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from konvoi.accord.sessions import held
from konvoi.flow.delegations import delegation_paper
from konvoi.flow.meetings.session import meeting_row, occasion
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import Workspace
from konvoi.kit.progress import Stop, never
from konvoi.report.case import Case
from konvoi.report.fragments import figures, records
from konvoi.report.language import Language
from konvoi.report.meetings.decision_sheet import decision_page, sheet_stakes
from konvoi.report.meetings.options import Resolve, none_resolved
from konvoi.report.meetings.pack import pack_page
from konvoi.report.meetings.protocol import protocol_page, recorded_meetings
from konvoi.report.meetings.reminder import reminder_page
from konvoi.report.page import Message, Page
from konvoi.report.page_files import page_files
from konvoi.report.writers.ics import calendar_of

PAPERS = "papers"
INDEX = f"{PAPERS}.json"
DELEGATION, DECISIONS, PACK, PROTOCOL = "delegation", "decisions", "pack", "protocol"
REMINDER = "reminder"
OF_PARTY = (DELEGATION, REMINDER)
"""Kinds of papers that are computed for one party: the id is the kind and the party."""


@dataclass(frozen=True)
class PaperEntry:
    """A paper of a reader in the list of its papers.

    id: such as delegation-PL; kind: DELEGATION, DECISIONS, PACK, PROTOCOL or REMINDER; about: id of the party
    or meeting. title, answer, marking: by language. names: of the files that a reader may take.
    """

    id: str
    kind: str
    about: str
    title: Mapping[str, str]
    answer: Mapping[str, str]
    marking: Mapping[str, str]
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Papers:
    """The list of papers, and all their files by path below the reader's folder."""

    entries: tuple[PaperEntry, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    def all_files(self) -> Mapping[str, bytes]:
        """Return the files with the list itself."""
        listed = [vars(one) for one in self.entries]
        return {**self.files, INDEX: json.dumps(listed, ensure_ascii=False, indent=1).encode()}


def together(papers: Iterable[Papers]) -> Papers:
    """Return several papers as one list."""
    known = list(papers)
    files: dict[str, bytes] = {}
    for one in known:
        files |= one.files
    return Papers(tuple(entry for one in known for entry in one.entries), files)


def papers_of(
    case: Case, reader: str, languages: Sequence[str], *, resolve: Resolve = none_resolved
) -> Papers:
    """Return the papers of a reader's own case: its delegation page, the reminder of its action items, the
    sheet of the next meeting, and the protocols of the latest ones.

    resolve: for those who may see the whole plan; others read the amount at stake in its place.
    """
    found = []
    if View(None, reader).is_party:
        found.append(delegation(case, reader, languages))
        found += reminder(case, reader, languages)
    if held(case.tables):
        row, plain = meeting_row("", case), _plain(case, reader)
        page = decision_page(plain, row, reader, resolve(sheet_stakes(plain, row, reader)))
        found.append(_kept(page, DECISIONS, str(row["session"]), languages))
    for row in recorded_meetings(case):
        page = protocol_page(_plain(case, reader), row, reader)
        found.append(_kept(page, PROTOCOL, str(row["session"]), languages))
    return together(found)


def delegation(case: Case, party: str, languages: Sequence[str]) -> Papers:
    """Return the page of a delegation; case: of the view of the party."""
    return _kept(delegation_paper(_plain(case, party), party), DELEGATION, party, languages)


def reminder(case: Case, party: str, languages: Sequence[str]) -> list[Papers]:
    """Return the reminder of a party's action items due soon or overdue, with a calendar; none without one.

    case: of the view of the party. Persons who answer for it are not named: their names are kept apart.
    """
    tables = {name: rows for name, rows in case.tables.items() if name != "contacts"}
    page = reminder_page(replace(_plain(case, party), tables=tables), party)
    if page is None:
        return []
    calendars = {f"{page.file}.{code}.ics": calendar_of(page, code) for code in languages}
    return [_kept(page, REMINDER, party, languages, calendars)]


def meeting_pack(case: Case, work: Workspace, reader: str, *, stop: Stop = never) -> Papers:
    """Return the pack of the next meeting; none where no meeting is recorded.

    case: of the view of the reader; work: the workspace, of any view.
    """
    if not held(case.tables):
        return Papers()
    plain = _plain(case, reader)
    sitting = occasion(replace(work, view=replace(work.view, reader=reader)), plain, stop=stop)
    page = pack_page(plain, sitting, issue=None, audience=reader, conflicts=False)
    return _kept(page, PACK, str(sitting.session["session"]), work.settings.languages)


def _plain(case: Case, reader: str) -> Case:
    """Return a case as the command line makes these papers from: without a plan, and without questions."""
    return replace(
        case, reader=case.reader if reader == CELL else reader, plan=None, outlook=None, questions=()
    )


def _kept(
    page: Page, kind: str, about: str, languages: Sequence[str], more: Mapping[str, bytes] | None = None
) -> Papers:
    known = {code: Language(code) for code in languages}
    written = {**page_files(page, languages), **(more or {})}
    entry = PaperEntry(
        page.file,
        kind,
        about,
        {
            code: one.text(Message(page.head.id, {**page.head.values, "day": page.day}))
            for code, one in known.items()
        },
        {code: one.text(page.front.answer) for code, one in known.items() if page.front},
        {code: one.text(page.marking) for code, one in known.items()},
        tuple(written),
    )
    place = f"{PAPERS}/{page.file}"
    files = {f"{PAPERS}/{name}": content for name, content in written.items()}
    for code in languages:
        files[f"{place}/figures.{code}.html"] = figures(page, code, records_at="records")
        files[f"{place}/records.{code}.html"] = records(page, code, source_at="")
    return Papers((entry,), files)
