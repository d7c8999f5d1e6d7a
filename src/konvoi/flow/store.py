"""The store of a workspace: what is kept there, changed by one writer at a time and recorded in receipts."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from konvoi.flow.erasures import erasures
from konvoi.flow.folder_store import FolderStore
from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.receipts import Action, BrokenChain, head, recorded
from konvoi.flow.sender_mappings import FILE as MAPPINGS
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store_contract import (
    ADOPTED_PLANS,
    CACHE,
    CLEARANCES,
    DECISIONS,
    EDITABLE,
    ERASURES,
    JUDGEMENTS,
    LISTS,
    LOCK,
    OUT,
    OWNERSHIP,
    PROPOSALS,
    RATES,
    RELEASED_FIGURES,
    RELEASED_PAPERS,
    RELEASES,
    WAIVERS,
    Contents,
    Difference,
    Edit,
    Fault,
    Store,
    cell_folder,
    refuse_altered,
)
from konvoi.gateways import files
from konvoi.gateways.database import address_of, imported

__all__ = [
    "ADOPTED_PLANS",
    "CACHE",
    "CLEARANCES",
    "DECISIONS",
    "EDITABLE",
    "ERASURES",
    "JUDGEMENTS",
    "LISTS",
    "LOCK",
    "MAPPINGS",
    "OUT",
    "OWNERSHIP",
    "PROPOSALS",
    "RATES",
    "RECEIPTS",
    "RELEASED_FIGURES",
    "RELEASED_PAPERS",
    "RELEASES",
    "SETTINGS",
    "WAIVERS",
    "Contents",
    "Difference",
    "Edit",
    "Fault",
    "FolderStore",
    "Store",
    "Verification",
    "append_lines",
    "cell_folder",
    "kept_text",
    "refuse_altered",
    "store",
    "verification",
]


def store(folder: Path) -> Store:
    """Return the store of a workspace: a database where it was moved to one, else its folder."""
    found = address_of(folder)
    if found is not None:
        from konvoi.flow.database_store import DatabaseStore

        return DatabaseStore(folder, found)
    return FolderStore(folder, sealed=imported(folder))


def kept_text(folder: Path, path: str) -> str | None:
    """Return the text of a file of settings or decisions of a workspace; None where there is none."""
    return store(folder).text(path)


def append_lines(
    folder: Path, path: str, lines: str, *, head: str, change: Action, before: str | None = None
) -> None:
    """Add lines to a file of decisions, all or none, with its head where the file is new.

    before: what stands in the place of the lines so far, where their head has to change.
    """
    kept = store(folder)
    with kept.writing():
        text = kept.text(path) or ""
        content = files.with_lines(text if before is None else before, lines, head=head)
        kept.commit(change, [Edit(path, content.encode())])


@dataclass(frozen=True)
class Verification:
    """The result of checking a workspace.

    receipts, files: how many the chain has and records; 0 where it is broken. position: the number of the
    receipt with the head that was asked for; 0 where none has it. holds: True where nothing differs. erased:
    days on which persons were erased, each with how many.
    """

    receipts: int
    files: int
    head: str
    position: int
    holds: bool
    differences: tuple[Difference, ...]
    erased: tuple[tuple[str, int], ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The result as plain JSON values."""
        erased = [{"day": day, "count": count} for day, count in self.erased]
        return {**vars(self), "differences": [vars(one) for one in self.differences], "erased": erased}


def verification(kept: Store, asked: str = "") -> Verification:
    """Check a workspace against its receipts.

    asked: a head that the chain must contain, or its first 8 or more signs.
    """
    differences = kept.contents().differences
    try:
        chain = kept.receipts()
    except BrokenChain:
        chain = ()
    known = [one.number for one in chain if len(asked) >= 8 and one.hash.startswith(asked)]
    position = known[0] if known else 0
    holds = not differences and (not asked or bool(known))
    erased = tuple(sorted(Counter(one.day for one in erasures(kept.text(ERASURES) or "")).items()))
    return Verification(len(chain), len(recorded(chain)), head(chain), position, holds, differences, erased)
