"""Snapshots: the results of a run for each reader, as files that are written once and never changed.

A snapshot has one folder for each reader. What lies in it was computed from inputs cut to that reader, so
that nothing in it has to be hidden when it is read. `manifest.json` names the day, the reader and every file
with its digest; the view digest is made from these alone: two workspaces that differ only in what a reader
may not see give that reader the same digest.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.deliveries.contracts import published as published_contracts
from konvoi.flow.derive import as_declared, derived
from konvoi.flow.funding.projects import published as published_projects
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_deliveries import delivery_files, order_files
from konvoi.flow.kept_plan import plan_tables
from konvoi.flow.kept_totals import total_frames, total_text
from konvoi.flow.kept_views import inputs_digest
from konvoi.flow.matching.review_results import PAIRS, review_files
from konvoi.flow.meetings.option_plans import resolver
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.package_digest import package_digest
from konvoi.flow.planning.plan_in_force import in_force_files
from konvoi.flow.reader_papers import (
    Papers,
    meeting_pack,
    papers_of,
    together,
)
from konvoi.flow.released_papers import changes_since
from konvoi.flow.run import Whole, reader_case, submitted, whole_case
from konvoi.flow.settings import Settings
from konvoi.flow.subject_pages import subject_files
from konvoi.flow.submissions.source_cells import Passages, source_cells
from konvoi.flow.today import NoDay
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import CACHE, Workspace, viewed
from konvoi.gateways import files
from konvoi.kit.digest import digest, key
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.markings import PUBLIC
from konvoi.model.stages import Stage
from konvoi.plan.folder import files as plan_files
from konvoi.report.brief import brief
from konvoi.report.case import Case
from konvoi.report.fragments import figures, records
from konvoi.report.front.inbox import inbox
from konvoi.report.language import Language
from konvoi.report.ledger.figures import FUNNEL
from konvoi.report.names import Names
from konvoi.report.page import Page
from konvoi.report.page_docx import as_docx
from konvoi.report.planning.released_plan import released_changes
from konvoi.report.writers import WRITERS
from konvoi.report.writers.ics import calendar_of

MANIFEST = "manifest.json"
TABLES = "tables"
FIGURES = "figures"
RECORDS = "records"
INBOX = "inbox"
BRIEF = "brief"
CALENDAR = "calendar"
PLAN = "plan"
"""Folder of the coordination cell's plan, as scenarios are compared with it."""
PLAN_CHANGES = "plan_changes"
"""Table of the changes of the plan (konvoi.flow.planning.plan_in_force.CHANGES)."""
SINCE = "since"
PACKAGE_LIST = "package_list"
"""Table of the packages of which there are entries: package, party, kind, entries (their number)."""
TOTALS = "totals.json"
"""File of the settings and names that totals depend on beside their tables (konvoi.flow.kept_totals)."""
PROJECTS_FILE, CONTRACTS_FILE = "open-data/projects-oc4ids.json", "open-data/contracts-ocds.json"
"""Files of projects and of contracts for other programs, in the standards of open contracting."""
OF_TOTALS = "total_"
"""Beginning of the name of a table as totals are asked of it, where another table has its name."""
WRITTEN_IN_ORDER = {
    "entries": ("party", "package", "line", "day_to", "entry"),
    "passage_places": ("record", "document", "part", "position", "column"),
}
"""Order of the rows of large tables, in which pages look for some of them: they read a part of the file."""
RECORDS_AT = "records"
"""Address of the records, relative to the page that shows the figures."""
SOURCE_AT = "ledger/source/"
"""Beginning of the address of the source cell of a record, relative to the page that shows the records."""


@dataclass(frozen=True)
class Seen:
    """The view of one reader: the case of its brief, and what was gathered for it."""

    case: Case
    gathered: Gathered
    settings: Settings


@dataclass(frozen=True)
class Manifest:
    """Description of one reader's folder in a snapshot.

    day: of the view; None where nothing dated is released to the reader: then there are no other files.
    digest: of the view. tables: rows of each table. files: digest of each file.
    marking, answer, tiles (id, title, figure): by language.
    """

    reader: str
    day: date | None
    digest: str
    title: str = ""
    exercise: bool = False
    tables: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    tiles: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)
    marking: Mapping[str, str] = field(default_factory=dict)
    answer: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the manifest as JSON."""
        day = None if self.day is None else self.day.isoformat()
        return json.dumps({**asdict(self), "day": day}, ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> "Manifest":
        """Return the manifest that a text holds."""
        values = json.loads(text)
        day = values.pop("day")
        return cls(**values, day=None if day is None else date.fromisoformat(day))


def name_of(reader: str) -> str:
    """Return the name of a reader's folder: no path shows who reads."""
    return key("reader", reader)


def snapshot_name(work: Workspace, day: date | None, today: date) -> str:
    """Return the name of the snapshot of a workspace: equal inputs, code and days give an equal name."""
    return key(inputs_digest(work), package_digest(), day, today)


def write_snapshot(
    work: Workspace,
    target: Path,
    readers: Sequence[str],
    *,
    day: date | None = None,
    stop: Stop = never,
    written: Callable[[str, Manifest], None] = lambda reader, manifest: None,
) -> Mapping[str, Manifest]:
    """Compute a workspace for readers and write a folder for each below the target; return what they hold.

    day: of the view; None: today. A reader's folder is there whole or not at all; one that is there already
    is kept. written: called with each reader whose folder has been written.
    """
    work = viewed(work, View(day, narrowed=True))
    missing = [one for one in readers if not (target / name_of(one) / MANIFEST).is_file()]
    if missing:
        gathered = submitted(work, stop=stop)
        whole = whole_case(work, gathered, stop=stop)
        own = Seen(whole.case, gathered, work.settings)
        languages = work.settings.languages
        passages = Passages(work.settings, work.folder / CACHE if work.folder else None)
        for number, reader in enumerate(missing):
            stop(Progress("Writing the results", number, len(missing)))
            seen = _seen(own, work, reader, stop)
            plan = whole.plan if reader == CELL else None
            solved = resolver(plan, whole.made.tables, whole.case.day, stop=stop)
            papers = Papers() if seen is None else papers_of(seen.case, reader, languages, resolve=solved)
            if seen is not None and day is None and reader != PUBLIC:
                papers = together([papers, meeting_pack(seen.case, work, reader, stop=stop)])
            beside = Beside()
            if seen is not None:
                beside = _beside(seen, reader, work, passages, newest=day is None, stop=stop)
            files_beside = {**papers.all_files(), **beside.files}
            if seen is not None:
                files_beside |= delivery_files(seen.case, languages)
                files_beside |= order_files(whole.made, whole.plan, gathered, work, reader, stop=stop)
            if reader == CELL and whole.plan is not None:
                files_beside |= {f"{PLAN}/{name}": one for name, one in plan_files(whole.plan).items()}
                files_beside |= in_force_files(whole.now)
            beside = replace(beside, files=files_beside)
            if seen is not None:
                beside = replace(beside, tables={**beside.tables, **_plan_changes(whole, seen, reader)})
            found = dict(_files_of(seen, reader, languages, beside))
            files.write_folder(target / name_of(reader), found)
            written(reader, manifest_of(target, reader))
    return {one: manifest_of(target, one) for one in readers}


def manifest_of(target: Path, reader: str) -> Manifest:
    """Return the description of a reader's folder; KeyError where the snapshot has none."""
    text = files.text(target / name_of(reader) / MANIFEST)
    if text is None:
        raise KeyError(reader)
    return Manifest.read(text)


def _seen(own: Seen, work: Workspace, reader: str, stop: Stop) -> Seen | None:
    """Return the view of a reader; None where nothing is released to it. own: the coordination cell's."""
    if reader == CELL:
        return own
    try:
        # A party finds its own questions, and the public none.
        asked = reader if View(None, reader).is_party else None
        return Seen(*reader_case(own.case, work, reader, asked=asked, stop=stop), work.settings)
    except (NoDay, Unknown):
        # Nothing with a day is released to it, or nothing names it yet: a desk that has handed in nothing.
        return None


def _plan_changes(whole: Whole, seen: Seen, reader: str) -> dict[str, pl.DataFrame]:
    """Return the table of changes of the plan; none where a reader sees none: it is not told of others."""
    changes = whole.now.changes
    if reader != CELL and not changes.is_empty():
        changes = released_changes(changes, seen.case.tables)
    return {} if changes.is_empty() else {PLAN_CHANGES: changes}


@dataclass(frozen=True)
class Beside:
    """Results in a reader's folder beside its brief: files by name, and tables by name."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)


def _beside(
    seen: Seen, reader: str, work: Workspace, passages: Passages, *, newest: bool, stop: Stop
) -> Beside:
    """Return what totals and source cells are read from, and open data; of the newest state also the results
    of matching and what changed since papers were released.
    """
    case = seen.case
    tables = {**dict(source_cells(seen.gathered, passages)), PACKAGE_LIST: _packages(case.entries)}
    tables |= derived(seen.gathered, seen.settings, case.day, "pipeline_items", "pipeline_stages")
    found = {TOTALS: total_text(seen.gathered, seen.settings, case.released).encode()}
    found |= {
        PROJECTS_FILE: published_projects(seen.gathered, work),
        CONTRACTS_FILE: published_contracts(seen.gathered, work),
    }
    if newest:
        found |= {
            f"{SINCE}/{name}": content
            for name, content in changes_since(work, reader, Names(case), stop=stop).items()
        }
    if newest and reader != PUBLIC:
        total = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
        reviewed = review_files(seen.gathered, work.settings, total, work.judgements)
        tables[PAIRS] = reviewed.pairs
        found |= reviewed.files
    return Beside(found, tables)


def _packages(entries: pl.DataFrame) -> pl.DataFrame:
    """Return the packages of which there are entries: of partners' own tables and of published data alike."""
    named = entries.filter(pl.col("package").fill_null("") != "")
    found = named.group_by("package", "party", "kind").agg(entries=pl.len().cast(pl.Int64()))
    return found.sort("party", "package", "kind")


def _files_of(
    seen: Seen | None, reader: str, languages: Sequence[str], beside: Beside
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a reader, the manifest last."""
    if seen is None:
        yield MANIFEST, Manifest(reader, None, key("nothing")).text().encode()
        return
    case = seen.case
    page = replace(brief(case, reader), languages=tuple(languages))
    tables = _shown_to(reader, tables_of(case))
    tables |= {**dict(_of_totals(seen.gathered, tables)), **plan_tables(case), **beside.tables}
    found = {**dict(_pages(page, languages)), **dict(subject_files(page, languages)), **beside.files}
    found |= {f"{INBOX}.{code}.json": _inbox(case, reader, Language(code)) for code in languages}
    found |= {f"{TABLES}/{name}.parquet": _parquet(in_order(name, rows)) for name, rows in tables.items()}
    digests = {name: digest(content) for name, content in sorted(found.items())}
    known = {code: Language(code) for code in languages}
    manifest = Manifest(
        reader=reader,
        day=case.day,
        digest=key(case.day, *digests.items()),
        title=case.title,
        exercise=case.exercise,
        tables={name: rows.height for name, rows in sorted(tables.items())},
        files=digests,
        tiles={code: _tiles(page, one) for code, one in known.items()},
        marking={code: one.text(page.marking) for code, one in known.items()},
        answer={code: one.text(page.front.answer) for code, one in known.items() if page.front},
    )
    yield from found.items()
    yield MANIFEST, manifest.text().encode()


def _of_totals(gathered: Gathered, tables: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the tables that totals are asked of and that are not there yet."""
    for name, rows in total_frames(gathered).items():
        if name not in tables:
            yield name, rows
        elif not as_declared(CATALOGUE[name], tables[name]).equals(rows):
            yield f"{OF_TOTALS}{name}", rows


def _tiles(page: Page, language: Language) -> list[tuple[str, str, str]]:
    if page.front is None:
        return []
    return [(one.id, language.text(one.title), language.text(one.figure)) for one in page.front.tiles]


def _inbox(case: Case, reader: str, language: Language) -> bytes:
    rows = [
        {
            "kind": one.kind,
            "what": language.text(one.what),
            "who": language.text(one.who),
            "by": None if one.by is None else one.by.isoformat(),
            "consequence": language.text(one.consequence),
        }
        for one in inbox(case, reader)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _pages(page: Page, languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for code in languages:
        yield f"{FIGURES}.{code}.html", figures(page, code, records_at=RECORDS_AT)
        yield f"{RECORDS}.{code}.html", records(page, code, source_at=SOURCE_AT)
        yield f"{BRIEF}/brief.{code}.docx", as_docx(page, code)
        yield f"{CALENDAR}.{code}.ics", calendar_of(page, code)
    for writer in WRITERS:
        for code in languages if writer.per_language else languages[:1]:
            yield from ((f"{BRIEF}/{name}", content) for name, content in writer.write(page, code).items())


def _shown_to(reader: str, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return tables without what is shown to the coordination cell alone, such as who decided on an alert."""
    if reader == CELL:
        return dict(tables)
    known = {name: CATALOGUE[name] for name in tables if name in CATALOGUE}
    shown = {name: rows for name, rows in tables.items() if name not in known or not known[name].is_cell_only}
    return {
        name: rows.drop([one.name for one in known[name].columns if one.cell_only], strict=False)
        if name in known
        else rows
        for name, rows in shown.items()
    }


def tables_of(case: Case) -> dict[str, pl.DataFrame]:
    """Return the tables of a case by name: those of its documents, its entries and relations, findings."""
    found = {name: rows for name, rows in case.tables.items() if rows.width}
    found |= {"entries": case.entries, "relations": case.relations, "submissions": case.documents}
    rows = [{**one.as_dict(), "row": one.place.row} for one in case.findings]
    kept = ("severity", "code", "file", "sheet", "row", "column", "read", "expected", "remedy")
    schema = {name: pl.Int64() if name == "row" else pl.String() for name in kept}
    found["findings"] = pl.DataFrame([{name: one[name] for name in kept} for one in rows], schema=schema)
    return found


def in_order(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a table in the order in which it is written."""
    columns = [one for one in WRITTEN_IN_ORDER.get(name, ()) if one in rows.columns]
    return rows.sort(columns, nulls_last=True, maintain_order=True) if columns else rows


def _parquet(rows: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    rows.write_parquet(out)
    return out.getvalue()
