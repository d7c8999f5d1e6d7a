"""Taking a submission in: read first, compared with what is there, then kept as it came."""

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from konvoi.flow.contact_store import Contact, keep_contacts
from konvoi.flow.cut import has_rows
from konvoi.flow.document_names import free, free_folder
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.ledger.preview import Effect, effects
from konvoi.flow.load_workspace import gathered_for, gathered_readings, undated
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.parse_documents import by_senders, understand
from konvoi.flow.receipts import Action, Kind, head
from konvoi.flow.settings import Settings
from konvoi.flow.stated_markings import documents_with, stated_records
from konvoi.flow.store import Edit, Fault, Store, refuse_altered, store
from konvoi.flow.submissions.accepted_sheets import (
    record_sheets,
    requested_sheets,
    with_sheets,
    without_sheet,
)
from konvoi.flow.submissions.changes import Change, changes, counted
from konvoi.flow.submissions.contacts_apart import Apart
from konvoi.flow.submissions.questions_asked import open_questions
from konvoi.flow.submissions.widened_markings import Widened, widened_markings
from konvoi.flow.today import known_today
from konvoi.flow.view import View
from konvoi.flow.workspace import CACHE, Workspace, viewed, workspace
from konvoi.gateways import files
from konvoi.gateways.database import imported
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.intake.join import HEAD
from konvoi.kit.text import shown
from konvoi.ledger.release import EXPLICIT_MODES, TWO_PARTNERS
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.model.party import party_id

if TYPE_CHECKING:
    from konvoi.flow.ledger.exposure_preview import Preview
    from konvoi.flow.submissions.audiences import Audience


@dataclass(frozen=True)
class Taken:
    """The outcome of one file: taken in, brought back (it was taken out before), unchanged, or refused.

    reading: as it is understood with all that the workspace holds. changes: what it changes against that;
    empty where nothing was taken in. answers: of questions, how many have which outcome; open: how many stay
    open for its party; None where it answers none.
    """

    name: str
    outcome: str
    reading: Reading
    changes: tuple[Change, ...] = ()
    answers: Mapping[str, int] | None = None
    open: int = 0

    def as_dict(self) -> dict[str, object]:
        """The outcome as plain JSON values."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "digest": self.reading.digest,
            "entries": self.reading.entries.height,
            "counts": counted(self.changes),
            "changes": [one.as_dict() for one in self.changes if one.outcome != "unchanged"],
            **({} if self.answers is None else {"answers": dict(self.answers), "open": self.open}),
            "findings": [finding.as_dict() for finding in self.reading.findings],
        }


@dataclass(frozen=True)
class Intake:
    """The outcome of each file, and the changes they make in findings on other documents and in totals.

    exposures: what readers could infer for records that count without being named. audiences: what each
    reader sees of records whose markings are stated anew.
    """

    files: tuple[Taken, ...]
    elsewhere: tuple[Finding, ...] = ()
    effects: tuple[Effect, ...] = ()
    exposures: "tuple[Preview, ...]" = ()
    audiences: "tuple[Audience, ...]" = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that the files cause, their own first."""
        return (*(finding for one in self.files for finding in one.reading.findings), *self.elsewhere)


class _Result(NamedTuple):
    """The result of importing files: the edits that keep them, settings and day with them.

    widened: records that they would show to more readers than before. contacts: those that are stored apart
    with them. originals: digests of files as they came, by those under which they are kept.
    """

    intake: Intake
    edits: Sequence[Edit]
    settings: Settings
    day: date | None
    widened: tuple[Widened, ...] = ()
    contacts: Sequence[Contact] = ()
    originals: Mapping[str, str] = MappingProxyType({})


def take(
    paths: list[Path],
    *,
    party: str,
    folder: Path,
    dry: bool = False,
    sheets: Sequence[str] = (),
    at: str = "",
) -> Intake:
    """Read each file and keep it below submissions/PARTY/ with the bytes it came with.

    Findings are those of the whole: what the files contradict, and what of them leads nowhere, with all that
    the workspace holds.

    party: an id, or a name or code that is known for one. dry: tell what would become of each, one after
    the other, and keep nothing. sheets: requests to read a sheet as a table
    (konvoi.flow.submissions.accepted_sheets); konvoi.toml keeps them, and they hold for every workbook of the
    workspace. at: when, for audit. All files are kept together, after all have been read: an interruption
    before keeps none.
    """
    with nullcontext() if dry else store(folder).writing():
        found = read_submission(paths, party=party, folder=folder, sheets=sheets)
        if not dry:
            store_submission(folder, found, at=at)
    return found.intake


@dataclass(frozen=True)
class Submission:
    """Files that were read against a workspace as it stood. head: of its chain of receipts then."""

    party: str
    intake: Intake
    head: str
    result: _Result
    requested: bool

    @property
    def widened(self) -> tuple[Widened, ...]:
        """Records that the files would show to more readers than before."""
        return self.result.widened

    def original(self, digest: str) -> str:
        """Return the digest of a file as it came, by that under which it is kept."""
        return self.result.originals.get(digest, digest)


class ChangedMeanwhile(Refused):
    """The workspace changed after files were read against it."""


def read_submission(
    paths: list[Path],
    *,
    party: str,
    folder: Path,
    sheets: Sequence[str] = (),
    readings: Path | None = None,
    own: bool = False,
) -> Submission:
    """Read files against a workspace; nothing is stored, and nobody is kept from changing it.

    readings: a folder in which the readings of the files are kept for the next time; None keeps none. own:
    True where the result is for the party itself: documents of others are not compared with, and findings and
    totals are those of its own view.
    """
    party = party_id(party) or party
    if len(party.split()) != 1 or PurePosixPath(party).name != party or party.startswith("."):
        raise Refused(f"--from {party}: not the id of a party; use letters and digits, such as PL")
    work = workspace(folder)
    refuse_altered(work.differences)
    found = _read(
        paths, party, work, _Places(folder, readings, party if own else ""), requested_sheets(sheets)
    )
    return Submission(party, found.intake, work.head, found, bool(sheets))


def store_submission(folder: Path, submission: Submission, *, at: str) -> None:
    """Store files as they were read; ChangedMeanwhile where the workspace is not as it was then.

    Call it where the workspace is held for writing, or it is held for this.
    """
    kept = store(folder)
    with kept.writing():
        if head(kept.receipts()) != submission.head:
            raise ChangedMeanwhile("the workspace was changed in the meantime; nothing was stored")
        keep_contacts(folder, submission.result.contacts)
        _keep(kept, submission.result, submission.party, at, requested=submission.requested)


def _keep(kept: Store, found: _Result, party: str, at: str, *, requested: bool) -> None:
    """Keep the files read: settings first, then new ones, then those brought back."""
    day = found.day.isoformat() if found.day else ""
    if requested:
        record_sheets(kept, found.settings, Action(Kind.SETTINGS, (), day, at))
    new = [one for one in found.edits if not one.source]
    back = [one for one in found.edits if one.source]
    for kind, edits in ((Kind.ADDED, new), (Kind.BROUGHT_BACK, back)):
        if edits:
            kept.commit(Action(kind, (), day, at, party), edits)


class _Places(NamedTuple):
    """The folder of the workspace, where readings of new files are kept (None: nowhere), and the party whose
    view is computed (empty: the coordination cell's).
    """

    folder: Path
    readings: Path | None
    reader: str


def _read(
    paths: list[Path], party: str, work: Workspace, places: _Places, requested: Mapping[str, str]
) -> _Result:
    """Read files in a workspace, as they would be kept one after the other."""
    given = [files.documents(some, party=party) for some in _by_folder(paths)]
    if not any(given):
        raise Refused(
            f"{', '.join(map(str, paths))}: no files in it; name files, or a folder that holds some"
        )
    apart = Apart(places.folder, work.settings, imported(places.folder))
    given = [apart.without_contacts(some, party) for some in given]
    desk = _Desk(places, work, apart)
    before = _before(desk, work, places.reader)
    held = desk.held(party)
    known = with_sheets(work.settings, requested)
    work = replace(work, settings=known)
    if requested:
        _present(requested, given, known, party)
        # Files that are kept already have more to say now.
        desk = _Desk(places, work, apart)
    taken = [one for some in given for group in _together(some) for one in desk.take(group, party)]
    again = desk.by_senders()
    taken = [replace(one, reading=again.get(one.name, one.reading)) for one in taken]
    fresh = [
        one.reading for one in taken if one.outcome in _FRESH or (requested and one.outcome == "unchanged")
    ]
    if not fresh:
        # A view that was kept on disk has no rows of single documents.
        whole = desk.whole()
        unchanged = Intake(tuple(_within(one, whole, work) for one in taken))
        return _Result(unchanged, desk.edits, known, known_today(before, known), originals=apart.originals)
    after = desk.whole()
    stated = [*fresh, *(one for name, one in again.items() if name not in {one.document for one in fresh})]
    told = changes(stated, held, work.settings, desk.out)
    taken = [replace(one, changes=told.get(one.name, ())) for one in taken]
    names = {one.name for one in taken}
    heard = set(map(_key, before.findings))
    elsewhere = [one for one in after.findings if one.place.file not in names and _key(one) not in heard]
    complete = [_with_day(_within(one, after, work), after, work) for one in taken]
    read_files = tuple(replace(one, reading=apart.told(one.reading)) for one in complete)
    exposed = _exposures(desk, after, work, fresh)
    audiences = _audiences(places, desk, after, work=work, readings=fresh, apart=apart)
    intake = Intake(read_files, tuple(elsewhere), effects(before, after, work.settings), exposed, audiences)
    wider = widened_markings(stated, held, work.settings)
    fresh_contacts = apart.contacts_of(desk.edits)
    return _Result(
        intake, desk.edits, known, known_today(after, known), wider, fresh_contacts, apart.originals
    )


def _before(desk: "_Desk", work: Workspace, reader: str) -> Gathered:
    """Return the workspace as it is: every row, or what a party sees of it."""
    if not reader:
        return loaded(work)
    try:
        return loaded(viewed(work, View(work.view.as_of, reader)))
    except Unknown:
        # Nothing names the party yet: this is its first submission.
        return desk.whole()


def _with_day(taken: Taken, whole: Gathered, work: Workspace) -> Taken:
    """A file as it is understood; of one with rows and without a day, also that --as-of leaves it out."""
    inputs = whole.inputs.readings if whole.inputs else ()
    read = [one for one in inputs if one.document == taken.name and has_rows(one)]
    told = tuple(undated(read, work.settings))
    if taken.outcome not in _FRESH or not told:
        return taken
    return replace(taken, reading=replace(taken.reading, findings=(*taken.reading.findings, *told)))


def _exposures(
    desk: "_Desk", after: Gathered, work: Workspace, readings: Sequence[Reading]
) -> "tuple[Preview, ...]":
    """Return the ranges that readers could infer for records of new documents, where their owner set an
    explicit count mode.

    They are inferred from all contributions; a party is told of the readers that its own view names.
    """
    fresh = {one.document for one in readings}
    records = stated_records(readings)
    if records:
        # Of records whose count mode is stated anew, those that say something else now.
        fresh |= documents_with(after.readings, readings[0].party, records)
    entries = after.ledger.entries.filter(pl.col("submission").is_in(sorted(fresh)))
    if entries.filter(pl.col("count_mode").is_in(EXPLICIT_MODES)).is_empty():
        return ()
    if not after.view.is_cell:
        # Two partners are not named: a party is told what they could infer, whoever they are.
        named = {PUBLIC, TWO_PARTNERS, *_parties_named(after)}
        found = _exposures(desk, desk.whole(every=True), work, readings)
        told = (replace(one, readers=tuple(name for name in one.readers if name in named)) for one in found)
        return tuple(one for one in told if one.readers)
    # The solver is loaded only for them.
    from konvoi.flow.ledger.contributions import Ground
    from konvoi.flow.ledger.exposure_preview import exposure_preview

    found = exposure_preview(Ground(work, after), fresh)
    named = {record for _, record in records}
    return tuple(one for one in found if not named or named & set(one.record.split(" / ")))


def _audiences(
    places: _Places,
    desk: "_Desk",
    after: Gathered,
    *,
    work: Workspace,
    readings: Sequence[Reading],
    apart: Apart,
) -> "tuple[Audience, ...]":
    """Return what the public, all partners and each party see of records whose markings are stated anew.

    A party is told of the readers that its own view names.
    """
    records = stated_records(readings)
    if not records:
        return ()
    from konvoi.flow.submissions.audiences import audiences_of

    party = readings[0].party
    states = _Desk(places, work, apart).whole(every=True), desk.whole(every=True)
    senders = {one.party for one in after.readings if one.party}
    readers = (PUBLIC, COALITION, *sorted((_parties_named(after) | senders) - {party}))
    return audiences_of(work, states, readers, party, records)


def _parties_named(seen: Gathered) -> set[str]:
    """Return the parties that a view names: senders, givers and receivers."""
    entries = seen.ledger.entries
    columns = [seen.documents["party"], entries["party"], entries["counterparty"]]
    return {str(name) for column in columns for name in column.drop_nulls().unique()} - {""}


_FRESH = ("imported", "brought back")


def _by_folder(paths: Sequence[Path]) -> list[list[Path]]:
    """Paths as they are read together: each folder alone, single files with those of their folder."""
    found: dict[Path, list[Path]] = {}
    for path in paths:
        found.setdefault(path if path.is_dir() else path.parent, []).append(path)
    return list(found.values())


def _present(
    requested: Mapping[str, str], given: Sequence[Sequence[Document]], known: Settings, party: str
) -> None:
    """Refuse a request for a sheet that none of the files has, before anything is kept; given: by folder."""
    # Files of two folders may share a name.
    whole = (understand([replace(one, party=party) for one in some], settings=known) for some in given)
    readings = [one for some in whole for one in some]
    if missing := without_sheet(requested, readings):
        raise Refused(f"--sheet {', '.join(map(shown, missing))}: no file has such a sheet with rows")


def _together(documents: Sequence[Document]) -> list[list[Document]]:
    """The files that are kept side by side: CSV tables with the head of their folder; all others alone."""
    folders: dict[str, list[Document]] = {}
    for document in documents:
        folders.setdefault(posixpath.dirname(document.name), []).append(document)
    found: list[list[Document]] = []
    for some in folders.values():
        tables = [one for one in some if one.name.lower().endswith(".csv")]
        headed = any(posixpath.basename(one.name).lower() == HEAD for one in tables)
        found += [[one] for one in some if not headed or one not in tables]
        found += [tables] if headed else []
    return found


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.place, finding.code, finding.read, finding.expected, *sorted(finding.values.items())


def _within(taken: Taken, whole: Gathered, work: Workspace) -> Taken:
    """A file as it is understood with all others; one that is refused, as it stands."""
    if taken.outcome == "refused":
        return taken
    findings = tuple(one for one in whole.findings if one.place.file == taken.name)
    joined = next((one for one in whole.readings if one.document == taken.name), taken.reading)
    told = replace(taken, reading=replace(taken.reading, entries=joined.entries, findings=findings))
    if "answers" not in taken.reading.tables:
        return told
    rows = whole.tables["answers"].filter(pl.col("_file") == taken.name)
    outcomes = rows["outcome"].to_list() if "outcome" in rows.columns else []
    still = open_questions(whole, work, taken.reading.party)
    return replace(told, answers=dict(sorted(Counter(outcomes).items())), open=len(still))


class _Desk:
    """A workspace into which files are taken one by one, each compared with all before it."""

    def __init__(self, places: _Places, work: Workspace, apart: Apart) -> None:
        self._places = places
        self._apart = apart
        self._work = work
        self.edits: list[Edit] = []
        self._unrecorded = {one.path for one in work.differences if one.fault == Fault.UNRECORDED}
        mine = [one for one in work.documents if places.reader in ("", one.party)]
        self._known = {document.digest: document.name for document in mine}
        self._digests = {document.name: document.digest for document in work.documents}
        self._aside = {one.digest: one for one in work.withdrawn if places.reader in ("", one.party)}
        cache = places.folder / CACHE
        self._documents = {document.name: document for document in work.documents}
        self._held = understand(work.documents, settings=work.settings, cache=cache)
        self.out = understand(work.withdrawn, settings=work.settings, cache=cache)

    def held(self, party: str) -> list[Reading]:
        """Return the readings held of one party by now."""
        return [one for one in self._held if one.party == party]

    def by_senders(self) -> dict[str, Reading]:
        """Read anew what the files taken in decide, or what decides them; return the readings that changed.

        The separators of a sender may be known only from several of its documents together.
        """
        documents = [self._documents[one.document] for one in self._held]
        before = {id(one) for one in self._held}
        self._held = by_senders(documents, self._held, self._work.settings)
        return {one.document: one for one in self._held if id(one) not in before}

    def whole(self, *, every: bool = False) -> Gathered:
        """All that is held by now, checked against one another: as the party sees it, or every row."""
        names = {one.document for one in self.out}
        work = replace(
            self._work,
            documents=tuple(self._documents.values()),
            withdrawn=tuple(one for one in self._work.withdrawn if one.name in names),
        )
        if self._places.reader and not every:
            return gathered_for(self._held, self.out, work, self._places.reader)
        return gathered_readings(self._held, self.out, work)

    def take(self, documents: Sequence[Document], party: str) -> list[Taken]:
        """Files that belong together; the same files twice change nothing.

        A head of CSV tables says the day of the tables beside it alone: tables with their head are kept in a
        folder of their own, and are unchanged only if all of them are there together.
        """
        if len(documents) == 1:
            return [self._take(documents[0], party)]
        here = self._kept_together(documents)
        if here is not None:
            return [
                Taken(name, "unchanged", self._read(one, name))
                for one, name in zip(documents, here, strict=True)
            ]
        wanted = posixpath.join(party, posixpath.dirname(documents[0].name)).rstrip("/")
        names = [posixpath.basename(one.name) for one in documents]
        folder = free_folder(wanted, names, set(self._digests))
        placed = zip(documents, names, strict=True)
        return [self._put(one, posixpath.join(folder, name), None) for one, name in placed]

    def _kept_together(self, documents: Sequence[Document]) -> list[str] | None:
        """The names of the same files in one folder, where they are kept so."""
        folders: dict[str, dict[str, str]] = {}
        for name, digest in self._digests.items():
            if self._places.reader not in ("", name.partition("/")[0]):
                continue
            folders.setdefault(posixpath.dirname(name), {})[digest] = name
        for inside in folders.values():
            if all(one.digest in inside for one in documents):
                return [inside[one.digest] for one in documents]
        return None

    def _take(self, document: Document, party: str) -> Taken:
        here = self._known.get(document.digest)
        old = self._aside.get(document.digest)
        if here:
            if (path := f"{SUBMISSIONS}/{here}") in self._unrecorded:
                self.edits.append(Edit(path))
            return Taken(here, "unchanged", self._read(document, here))
        wanted = old.name if old else f"{party}/{document.name}"
        return self._put(document, free(wanted, set(self._digests)), old)

    def _read(self, document: Document, name: str) -> Reading:
        (reading,) = understand(
            [self._named(document, name)], settings=self._work.settings, cache=self._places.readings
        )
        return reading

    def _named(self, document: Document, name: str) -> Document:
        """A file as the workspace has it under a name."""
        return Document(name, document.content, name.split("/", 1)[0], self._work.settings.marking)

    def _put(self, document: Document, name: str, old: Document | None) -> Taken:
        """Read a file and keep it under a name; one that cannot be read at all is refused."""
        reading = self._apart.checked(self._read(document, name))
        if reading.refused:
            return Taken(name, "refused", reading)
        if old:
            self.out = [one for one in self.out if one.document != old.name]
        self._keep(name, document, old)
        self._documents[name] = self._named(document, name)
        self._held.append(reading)
        return Taken(name, "brought back" if old else "imported", reading)

    def _keep(self, name: str, document: Document, old: Document | None) -> None:
        self._known[document.digest] = name
        self._digests[name] = document.digest
        path = f"{SUBMISSIONS}/{name}"
        source = f"{WITHDRAWN}/{old.name}" if old else ""
        self.edits.append(Edit(path, None if old else document.content, source))
