"""A submission is taken out again: moved aside, never deleted, and brought back when it is handed in anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from konvoi.flow.settings import FILE, settings
from konvoi.gateways import files
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.intake.join import HEAD
from konvoi.model.document import Document


@dataclass(frozen=True)
class Undone:
    """A submission that was taken out: its name, and where it lies now."""

    name: str
    kept: str


def undo(folder: Path, named: str) -> Undone:
    """Take one submission out of a workspace.

    named: its name (PARTY/FILE), its file's name where that is the only one, or its digest's beginning. What
    it superseded holds again, unless a later version holds that superseded it.
    """
    there = submitted(folder)
    found = _named(there, named)
    if len(found) > 1:
        raise Refused(f"{named}: means {', '.join(one.name for one in found)}; name one of them")
    if not found:
        if _named(withdrawn(folder), named):
            raise Refused(f"{named}: was taken out already; konvoi undo --list shows what was")
        raise Refused(f"{named}: no such submission; konvoi undo --list shows those that can be taken out")
    (one,) = found
    kept = free(one.name, {old.name for old in withdrawn(folder)})
    files.move(folder / SUBMISSIONS / one.name, folder / WITHDRAWN / kept)
    return Undone(one.name, kept)


def bring_back(folder: Path, old: Document, name: str) -> None:
    """A withdrawn submission is handed in again: it moves back under a name."""
    files.move(folder / WITHDRAWN / old.name, folder / SUBMISSIONS / name)


def submitted(folder: Path) -> list[Document]:
    """What was handed in and is not taken out."""
    return files.submissions(folder, marking=_marking(folder))


def withdrawn(folder: Path) -> list[Document]:
    """What was taken out."""
    return files.submissions(folder, marking=_marking(folder), below=WITHDRAWN)


def free(name: str, names: set[str]) -> str:
    """The name; where it is taken, below a folder for its version: a CSV's own name says its table.

    A folder for a version that has a head of its own is passed over: the head is not this file's.
    """
    path, number = PurePosixPath(name), 1
    while name in names or (number > 1 and str(PurePosixPath(name).with_name(HEAD)) in names):
        number += 1
        name = str(path.parent / f"v{number}" / path.name)
    return name


def free_folder(folder: str, together: Sequence[str], names: set[str]) -> str:
    """A folder for files that belong together: the wanted one where it is free for them, else a new one."""
    path, number = PurePosixPath(folder), 1
    found = path
    while any(str(found / one) in names for one in {*together, HEAD}) or (
        number > 1 and any(PurePosixPath(name).is_relative_to(found) for name in names)
    ):
        number += 1
        found = path / f"v{number}"
    return str(found)


def _named(documents: list[Document], named: str) -> list[Document]:
    """The documents that a person may mean."""
    exact = [one for one in documents if one.name == named.removeprefix(f"{SUBMISSIONS}/")]
    by_file = [one for one in documents if PurePosixPath(one.name).name == named]
    by_digest = [one for one in documents if len(named) >= 8 and one.digest.startswith(named)]
    return exact or by_file or by_digest


def _marking(folder: Path) -> str:
    text = files.text(folder / FILE)
    if text is None:
        raise Refused(f"{folder}: no {FILE} in it; make a workspace with: konvoi init {folder}")
    return settings(text)[0].marking
