"""The lists of a workspace: read in child processes, judged against the last good ones, joined."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

import konvoi
from konvoi.align.frames import Frames, together
from konvoi.align.history import with_first_seen
from konvoi.align.list_findings import told
from konvoi.align.list_status import Standing, State, Taken, ended, faults, standings
from konvoi.align.manifest import FILE, Manifest, Snapshot, manifest
from konvoi.align.matrix import COVERS
from konvoi.align.regimes import REGIMES
from konvoi.flow.package_digest import package_digest
from konvoi.flow.parse_documents import limits
from konvoi.flow.sanctions.list_reader import FIRST, LAST, OWN, READER, WHOLE, packed_list, tables
from konvoi.flow.sanctions.list_releases import releases
from konvoi.flow.settings import Settings
from konvoi.flow.store import LISTS, kept_text
from konvoi.flow.workspace import CACHE, settings_of
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import run_many
from konvoi.intake.wire import NotAReading, packed_reading, read_apart, unpacked_reading
from konvoi.kit.digest import digest, key
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place

FOLDER = "lists"
"""The folder of a workspace that holds lists and their manifest."""

NAMES = tuple(regime.name for regime in REGIMES)
WITHIN = {regime.name: regime.within for regime in REGIMES if regime.within}
"""Member states with lists of their own, and the regime whose measures hold there, too."""

UNTRIED = frozenset(regime.name for regime in REGIMES if regime.untried)
"""Regimes whose readers were never tried on a real file."""

_ENDED = {regime.name: regime.ended for regime in REGIMES if regime.ended}
_LATER = "not yet in force"


@dataclass(frozen=True)
class Lists:
    """The lists of a workspace on a day.

    standings: every list of the manifest with its state. readings: what was read of each, by the list's id.
    frames: the tables of all lists in force. most: how many days old a list may be.
    """

    on: date
    standings: tuple[Standing, ...]
    readings: dict[str, Reading] = field(repr=False)
    frames: Frames = field(repr=False)
    findings: tuple[Finding, ...] = ()
    most: int = 1

    @property
    def covers(self) -> pl.DataFrame:
        """For each list in force its own day and the days for which it can tell who is not on it (COVERS).

        A list tells that of its own day alone; a register that keeps its history, of more.
        """
        rows = []
        for one in self.standings:
            if one.state == State.IN_FORCE:
                day = one.taken.day
                facts = self.readings[one.taken.snapshot.id].facts
                spoken = [date.fromisoformat(facts[name]) for name in (FIRST, LAST) if name in facts]
                rows.append((one.taken.snapshot.regime, day, *(spoken or (day, day))))
        return pl.DataFrame(rows, schema=COVERS, orient="row")


@dataclass(frozen=True)
class Judged:
    """Every list of a manifest, read and with its state on a day."""

    on: date
    known: Settings
    whole: Manifest
    standings: tuple[Standing, ...]
    readings: dict[str, Reading] = field(repr=False)
    findings: tuple[Finding, ...] = ()


def judged(folder: Path, *, on: date | None = None, stop: Stop = never) -> Judged:
    """Read every list of a workspace and judge each against the last good one before it.

    on: the day; without it the day of konvoi.toml, else that of the latest list. Nothing asks the clock.
    """
    known, whole, findings = _manifest(folder)
    read = _read(folder, known, whole.snapshots, stop)
    taken = [taken_of(one, read[one.id]) for one in whole.snapshots]
    day = on or known.day or max(one.day for one in taken)
    standing = standings(taken, releases(folder), day)
    for one in standing:
        last = _ENDED.get(one.taken.snapshot.regime, {})
        findings += [*faults(one, day, whole.most), *ended(one, last, day)]
        findings += read[one.taken.snapshot.id].findings
    return Judged(day, known, whole, standing, read, tuple(findings))


def lists(folder: Path, *, on: date | None = None, stop: Stop = never) -> Lists:
    """The lists of a workspace that are in force on a day, as tables; `on` as in `judged`."""
    found = judged(folder, on=on, stop=stop)
    read = found.readings | _at(folder, found)
    joined = _frames(found.standings, read)
    return Lists(found.on, found.standings, read, joined, found.findings, found.whole.most)


def _manifest(folder: Path) -> tuple[Settings, Manifest, list[Finding]]:
    text = kept_text(folder, LISTS)
    if text is None:
        where = f"{folder / FOLDER / FILE}: no such file"
        raise Refused(f"{where}; take lists in with: konvoi sanctions lists FILE --of REGIME --day DAY")
    known = settings_of(folder)
    whole, findings = manifest(text, NAMES)
    if not whole.snapshots:
        why = f": {findings[0].read}" if findings else ""
        raise Refused(f"{folder / FOLDER / FILE}: no list in it{why}")
    return known, whole, list(findings)


def read_files(regime: str, day: date, documents: Sequence[Document], known: Settings) -> Reading:
    """Return the reading of a list's files, without a workspace."""
    (outcome,) = run_many(READER, [packed_list(regime, day, documents)], limits(known))
    return _answered(regime, day, outcome.answer, outcome.why)


def _read(folder: Path, known: Settings, snapshots: Sequence[Snapshot], stop: Stop) -> dict[str, Reading]:
    """Return the reading of each list, by its id; lists that were read before and have not changed are not
    read again.
    """
    found: dict[str, Reading] = {}
    waiting: list[tuple[Snapshot, list[Document]]] = []
    for one in snapshots:
        documents, lost = _documents(folder / FOLDER, one)
        if lost:
            found[one.id] = _incomplete(one, lost)
        elif kept := kept_reading(folder, one.id):
            found[one.id] = kept
        else:
            waiting.append((one, documents))
    payloads = (packed_list(one.regime, one.day, documents) for one, documents in waiting)
    for (one, _), outcome in zip(waiting, run_many(READER, payloads, limits(known)), strict=True):
        found[one.id] = _answered(one.regime, one.day, outcome.answer, outcome.why)
        if outcome.answer is not None and not found[one.id].refused:
            keep_reading(folder, one.id, found[one.id])
        stop(Progress("Reading lists", len(found), len(snapshots)))
    return found


def _at(folder: Path, found: Judged) -> dict[str, Reading]:
    """Lists in force that hold what takes effect between their own day and this one, read for this one."""
    again: dict[str, Reading] = {}
    for one in found.standings:
        snapshot = one.taken.snapshot
        if one.state != State.IN_FORCE or found.on <= snapshot.day:
            continue
        if found.readings[snapshot.id].facts.get(_LATER, "0") != "0":
            documents, _ = _documents(folder / FOLDER, snapshot)
            again[snapshot.id] = read_files(snapshot.regime, found.on, documents, found.known)
    return {id: reading for id, reading in again.items() if not reading.refused}


def _documents(base: Path, one: Snapshot) -> tuple[list[Document], tuple[Finding, ...]]:
    """The files of a list; findings for each that is not there, or is another."""
    documents: list[Document] = []
    lost: list[Finding] = []
    for path, expected in one.files.items():
        content = files.content(base / path)
        if content is None:
            lost.append(told("list-file-missing", Place(path), regime=one.regime, day=one.day.isoformat()))
        elif digest(content) != expected:
            lost.append(told("list-file-other", Place(path), read=digest(content), digest=expected))
        else:
            documents.append(Document(path, content))
    return documents, tuple(lost)


def _incomplete(one: Snapshot, lost: tuple[Finding, ...]) -> Reading:
    return Reading(f"{one.regime} {one.day}", "", "", findings=lost, refused=True)


def _answered(regime: str, day: date, answer: bytes | None, why: str) -> Reading:
    """The reading that came back from a child; where none did, one that is refused and says why."""
    return read_apart(Document(f"{regime} {day.isoformat()}", b""), answer, why=why, digest=WHOLE)


def taken_of(one: Snapshot, reading: Reading) -> Taken:
    """Return a list after it was read, with the number of its listings by kind."""
    if reading.refused:
        # What was not even opened bears no regime's name.
        return Taken(one, {}, fault=State.REFUSED if reading.format else State.INCOMPLETE)
    listings = tables(reading).listings
    kinds = dict(listings.group_by("kind").len().iter_rows())
    named = {f"list {name}": count for name, count in listings.group_by("list").len().iter_rows()}
    own = reading.facts.get(OWN)
    return Taken(one, dict(sorted((kinds | named).items())), date.fromisoformat(own) if own else None)


def _frames(standing: Sequence[Standing], read: dict[str, Reading]) -> Frames:
    """The tables of all lists in force, since when filled in from the good lists before each."""
    found: list[Frames] = []
    for one in standing:
        if one.state != State.IN_FORCE:
            continue
        good = [
            (other.taken.day, tables(read[other.taken.snapshot.id]).listings)
            for other in standing
            if other.state in (State.SUPERSEDED, State.IN_FORCE)
            and other.taken.snapshot.regime == one.taken.snapshot.regime
        ]
        found.append(with_first_seen(tables(read[one.taken.snapshot.id]), good))
    return together(found)


@functools.cache
def _reader() -> str:
    """A digest of the code that reads lists: a changed reader reads anew."""
    here = Path(konvoi.__file__).parent / "flow" / "sanctions" / "list_reader.py"
    return key(package_digest("align", "intake", "model", "kit"), digest(here.read_bytes()))


def _place(folder: Path, id: str) -> Path:
    return folder / CACHE / f"list-{key(id, _reader())}"


def keep_reading(folder: Path, id: str, reading: Reading) -> None:
    """Keep the reading of a list by its id, as far as the folder can be written."""
    try:
        files.write(_place(folder, id), packed_reading(reading), sync=False)
    except Refused:
        return


def kept_reading(folder: Path, id: str) -> Reading | None:
    """Return a reading that was kept; None where there is none, or where it is damaged."""
    content = files.content(_place(folder, id))
    if content is None:
        return None
    try:
        return unpacked_reading(content)
    except NotAReading:
        return None
