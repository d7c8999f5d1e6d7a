"""The log of backups and drills of a workspace, from which their age is told."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from konvoi.gateways import files
from konvoi.kit.json_text import json_text

FILE = "backups.jsonl"
"""The log, in the folder of the workspace; it is not part of an export."""


class Step(StrEnum):
    """An entry of the log: a backup was made, or one was restored as a drill and held."""

    BACKUP = "backup"
    DRILL = "drill"


@dataclass(frozen=True)
class Entry:
    """One backup or drill. at: when, UTC; head: of the chain in the backup."""

    step: Step
    at: datetime
    file: str
    head: str


def log(folder: Path, entry: Entry) -> None:
    """Add an entry to the log; Refused where the folder cannot be written."""
    text = files.text(folder / FILE) or ""
    line = json_text(
        {**vars(entry), "step": str(entry.step), "at": entry.at.isoformat(timespec="seconds")}, indent=None
    )
    files.write(folder / FILE, f"{text}{line}\n".encode())


def last(folder: Path, step: Step) -> Entry | None:
    """Return the last backup or drill; None where there was none."""
    return max((one for one in _entries(folder) if one.step == step), key=lambda one: one.at, default=None)


def _entries(folder: Path) -> Iterator[Entry]:
    """Yield the entries; a line that is none says nothing of any backup, and is passed over."""
    for line in (files.text(folder / FILE) or "").splitlines():
        try:
            told = json.loads(line)
            at = datetime.fromisoformat(told["at"])
            yield Entry(Step(told["step"]), at.astimezone(UTC), told["file"], told["head"])
        except (ValueError, KeyError, TypeError):
            continue
