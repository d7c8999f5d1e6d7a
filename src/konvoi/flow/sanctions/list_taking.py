"""Taking lists in and releasing held ones: what the verb `konvoi sanctions lists` changes in a workspace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from konvoi.align.list_status import Fall, State, faults, standings
from konvoi.align.manifest import FILE, Snapshot, entry, manifest
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sanctions.list_reader import OWN
from konvoi.flow.sanctions.list_releases import released, releases
from konvoi.flow.sanctions.lists import (
    FOLDER,
    NAMES,
    UNTRIED,
    judged,
    keep_reading,
    kept_reading,
    read_files,
    taken_of,
)
from konvoi.flow.store import LISTS, append_lines, kept_text
from konvoi.flow.workspace import settings_of
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding

_HEAD = "# Lists as imported; konvoi sanctions lists appends. most_days = 1 may stand above them."


@dataclass(frozen=True)
class TakenIn:
    """The outcome of a list: imported, held, unchanged, or refused; with its reading.

    held: why it is not in force, where it is imported and yet held.
    """

    outcome: str
    snapshot: Snapshot
    reading: Reading
    held: tuple[Finding, ...] = ()


def take_in(folder: Path, paths: Sequence[Path], regime: str, day: date | None, *, at: str = "") -> TakenIn:
    """Read a list's files, keep them below lists/REGIME/DAY, and write them into the manifest.

    day: the list's; without it the one that the list itself states. The same list twice changes nothing.
    at: when, for audit.
    """
    snapshot, reading, documents = _read(folder, paths, regime, day)
    if reading.refused:
        return TakenIn("refused", snapshot, reading)
    if _there(folder, snapshot):
        return TakenIn("unchanged", snapshot, reading, _held(folder, snapshot))
    names = {_path(regime, snapshot.day, one): one for one in documents}
    for name, one in names.items():
        files.write(folder / FOLDER / name, one.content)
    lines = entry(snapshot, untried=regime in UNTRIED)
    append_lines(folder, LISTS, lines, head=_HEAD, change=Action(Kind.SETTINGS, (), at=at))
    held = _held(folder, snapshot)
    return TakenIn("held" if held else "imported", snapshot, reading, held)


@dataclass(frozen=True)
class Previewed:
    """The outcome that importing a list would have: imported, held, unchanged or refused.

    counts: of its listings by kind. falls: kinds of which it has more than a tenth fewer than the last good
    list.
    """

    outcome: str
    snapshot: Snapshot
    reading: Reading
    counts: Mapping[str, int]
    falls: Sequence[Fall] = ()


def preview(folder: Path, paths: Sequence[Path], regime: str, day: date | None) -> Previewed:
    """Read a list's files and return what importing them would do; nothing is kept."""
    snapshot, reading, _ = _read(folder, paths, regime, day)
    if reading.refused:
        return Previewed("refused", snapshot, reading, {})
    new = taken_of(snapshot, reading)
    if _there(folder, snapshot):
        return Previewed("unchanged", snapshot, reading, new.counts)
    listed, _ = manifest(kept_text(folder, LISTS) or "", NAMES)
    known = [one.taken for one in judged(folder, on=date.max).standings] if listed.snapshots else []
    found = standings([*known, new], releases(folder), date.max)
    own = next(one for one in found if one.taken.snapshot == snapshot)
    return Previewed(
        "held" if own.state == State.HELD else "imported", snapshot, reading, new.counts, own.falls
    )


def _read(
    folder: Path, paths: Sequence[Path], regime: str, day: date | None
) -> tuple[Snapshot, Reading, list[Document]]:
    """Return a list with its reading and its files; Refused where files or the day are missing."""
    known = settings_of(folder)
    documents = [_named(document) for document in files.documents(list(paths))]
    if not documents:
        raise Refused(f"{', '.join(map(str, paths))}: no file in it")
    twice = [name for name, count in Counter(one.name for one in documents).items() if count > 1]
    if twice:
        raise Refused(f"{twice[0]}: two files of one name; import the files of one list")
    known_as = None if day is None else _snapshot(regime, day, documents)
    kept = None if known_as is None else kept_reading(folder, known_as.id)
    # A reading that is kept names its files as they lie in the workspace.
    named = documents if day is None else [replace(one, name=_path(regime, day, one)) for one in documents]
    reading = kept or read_files(regime, day or date.min, named, known)
    own = reading.facts.get(OWN)
    if day is None and own is None and not reading.refused:
        raise Refused(f"the list of {regime} states no day; say it with --day, such as --day 2031-05-04")
    of = day or (date.fromisoformat(own) if own else date.min)
    snapshot = _snapshot(regime, of, documents)
    if day is not None and kept is None and not reading.refused:
        keep_reading(folder, snapshot.id, reading)
    return snapshot, reading, documents


def _snapshot(regime: str, day: date, documents: Sequence[Document]) -> Snapshot:
    named = {_path(regime, day, one): digest(one.content) for one in documents}
    return Snapshot(regime, day, dict(sorted(named.items())))


def _path(regime: str, day: date, document: Document) -> str:
    return f"{regime}/{day.isoformat()}/{document.name}"


def _held(folder: Path, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return the reasons for which a list of the manifest is held; nothing where it is not."""
    found = judged(folder, on=date.max)
    held = [one for one in found.standings if one.state == State.HELD and one.taken.snapshot == snapshot]
    return tuple(finding for one in held for finding in faults(one, found.on, most=0))


def _named(document: Document) -> Document:
    return Document(document.name.rpartition("/")[2], document.content)


def _there(folder: Path, snapshot: Snapshot) -> bool:
    """Return True if the manifest has this very list; Refused where it has another of the same day."""
    known, _ = manifest(kept_text(folder, LISTS) or "", NAMES)
    for one in known.snapshots:
        if (one.regime, one.day) == (snapshot.regime, snapshot.day):
            if one.id == snapshot.id:
                return True
            where = f"a list of {one.regime} of {one.day} is there already"
            raise Refused(f"{where}; give this one its own day with --day, or remove the other from {FILE}")
    return False


def release(folder: Path, regime: str, day: date, *, by: str, at: str, reason: str) -> dict[str, str]:
    """Let a held list into force although it is short; the decision is a line of lists/releases.csv."""
    found = judged(folder, on=date.max)
    held = [one for one in found.standings if one.state == State.HELD]
    for one in held:
        snapshot = one.taken.snapshot
        if (snapshot.regime, snapshot.day) == (regime, day):
            falls = "; ".join(f"{fall.what}: {fall.now} / {fall.before}" for fall in one.falls)
            row = {"snapshot": snapshot.id, "by": by, "at": at, "reason": reason}
            row |= {"regime": regime, "day": day.isoformat(), "falls": falls}
            released(folder, row)
            return row
    names = ", ".join(f"{one.taken.snapshot.regime} {one.taken.snapshot.day}" for one in held)
    raise Refused(f"no list of {regime} of {day} is held" + (f"; held are: {names}" if names else ""))
