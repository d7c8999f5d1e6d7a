"""A submission is taken out again: moved aside, never deleted, and brought back when it is handed in anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from konvoi.flow.document_names import free
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import Contents, Edit, Store, store
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document


@dataclass(frozen=True)
class Undone:
    """A submission that was taken out: its name, and where it lies now."""

    name: str
    kept: str


def undo(folder: Path, named: str, *, at: str = "", reason: str = "") -> Undone:
    """Take one submission out of a workspace.

    named: its name (PARTY/FILE), its file's name where that is the only one, or its digest's beginning. What
    it superseded holds again, unless a later version holds that superseded it. at: when, for audit; reason:
    why, as the receipt keeps it.
    """
    kept = store(folder)
    with kept.writing():
        found = kept.contents()
        return _withdrawn(kept, found, named, at=at, reason=reason)


def _withdrawn(kept: Store, contents: Contents, named: str, *, at: str, reason: str) -> Undone:
    there = contents.documents
    aside = contents.withdrawn
    found = _named(there, named)
    if len(found) > 1:
        raise Refused(f"{named}: means {', '.join(one.name for one in found)}; name one of them")
    if not found:
        if _named(aside, named):
            raise Refused(f"{named}: was taken out already; konvoi withdraw --list shows what was")
        raise Refused(
            f"{named}: no such submission; konvoi withdraw --list shows those that can be taken out"
        )
    (one,) = found
    place = free(one.name, {old.name for old in aside})
    day = contents.settings.day
    change = Action(Kind.WITHDRAWN, (), day.isoformat() if day else "", at, one.party, reason)
    edit = Edit(f"{WITHDRAWN}/{place}", source=f"{SUBMISSIONS}/{one.name}")
    kept.commit(change, [edit])
    return Undone(one.name, place)


def _named(documents: Sequence[Document], named: str) -> list[Document]:
    """The documents that a person may mean."""
    exact = [one for one in documents if one.name == named.removeprefix(f"{SUBMISSIONS}/")]
    by_file = [one for one in documents if PurePosixPath(one.name).name == named]
    by_digest = [one for one in documents if len(named) >= 8 and one.digest.startswith(named)]
    return exact or by_file or by_digest
