"""The manifest of lists: for each list its regime, its day, and its files with their digests."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from konvoi.align.list_findings import told
from konvoi.kit.digest import key
from konvoi.model.finding import Finding, Place

FILE = "manifest.toml"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\]+")


@dataclass(frozen=True)
class Snapshot:
    """One list as it was published. files: path below the folder of lists → SHA-256."""

    regime: str
    day: date
    files: Mapping[str, str]

    @property
    def id(self) -> str:
        """A short id that follows from regime, day and digests: what a release is about."""
        return key(self.regime, self.day.isoformat(), sorted(self.files.values()))


@dataclass(frozen=True)
class Manifest:
    """All lists of a manifest by regime and day. most: largest age of a list in days, 1 by default."""

    snapshots: tuple[Snapshot, ...] = ()
    most: int = 1


def manifest(text: str, regimes: Sequence[str]) -> tuple[Manifest, tuple[Finding, ...]]:
    """The manifest that a text holds; what cannot be read of it is a finding, and left out."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Manifest(), (told("manifest-broken", Place(FILE), read=str(error)),)
    findings: list[Finding] = []
    most = found.get("most_days", 1)
    if type(most) is not int or most < 0:
        findings.append(told("manifest-entry", Place(FILE, column="most_days"), read=str(most)))
        most = 1
    kept: dict[tuple[str, date], Snapshot] = {}
    entries = found.get("list", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        snapshot = _snapshot(entry, regimes)
        place = Place(FILE, f"list {number}")
        if isinstance(snapshot, str):
            column, _, read = snapshot.partition(" ")
            findings.append(told("manifest-entry", Place(FILE, place.sheet, 0, column), read=read))
        elif (snapshot.regime, snapshot.day) in kept:
            findings.append(told("manifest-double", place, read=f"{snapshot.regime}, {snapshot.day}"))
        else:
            kept[snapshot.regime, snapshot.day] = snapshot
    return Manifest(tuple(kept[one] for one in sorted(kept)), most), tuple(findings)


def _snapshot(entry: object, regimes: Sequence[str]) -> Snapshot | str:
    """The list of an entry, or the column that is wrong with what stands there."""
    if not isinstance(entry, dict):
        return f"list {entry}"
    regime = entry.get("regime")
    day = entry.get("day")
    files = entry.get("files")
    if not isinstance(regime, str) or regime not in regimes:
        return f"regime {regime}"
    if type(day) is not date:
        return f"day {day}"
    if not isinstance(files, dict) or not files:
        return f"files {files}"
    for path, digest in files.items():
        if not _PATH.fullmatch(path) or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            return f"files {path} = {digest}"
    return Snapshot(regime, day, dict(sorted(files.items())))


def entry(snapshot: Snapshot, *, untried: bool = False) -> str:
    """Return the lines of a manifest for a list. untried: its reader was never tried on a real file."""
    return "\n".join(_lines(snapshot, untried=untried))


def _lines(snapshot: Snapshot, *, untried: bool) -> Iterator[str]:
    yield ""
    if untried:
        yield "# not tried on a real file: compare its counts with the source"
    yield from ("[[list]]", f'regime = "{snapshot.regime}"', f"day = {snapshot.day.isoformat()}")
    yield "[list.files]"
    for path, digest in sorted(snapshot.files.items()):
        escaped = path.replace("\\", "\\\\").replace('"', '\\"')
        yield f'"{escaped}" = "{digest}"'
