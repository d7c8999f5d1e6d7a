"""Contract of the stores of a workspace, and the names of what is kept in all of them."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.receipts import Action, BrokenChain, LostReceipts, Receipt, Withdrawal
from konvoi.flow.sender_mappings import FILE as MAPPINGS
from konvoi.flow.sender_mappings import sender_mappings
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.settings import Settings, settings
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

CACHE = ".konvoi"
"""The folder of a workspace that holds what was read before; it may be thrown away."""
OUT = "out"
WEB = ".konvoi-web"
"""The hidden folder in which the web keeps what is not part of the workspace: no export holds it."""
UPLOADS = f"{WEB}/uploads"
"""The folder of uploads that wait to be confirmed."""
LOCK = ".konvoi.lock"

JUDGEMENTS = "judgements.csv"
PROPOSALS = "proposals.csv"
CLEARANCES = "clearances.csv"
RELEASES = "lists/releases.csv"
RELEASED_FIGURES = "releases.jsonl"
ERASURES = "erasures.jsonl"
RELEASED_PAPERS = "released"
"""The folder of papers that were released, as their bytes were."""
ADOPTED_PLANS = "plans"
"""The folder of plans that were adopted as plan in force, as their bytes were."""
KEPT_AS_BYTES = (f"{RELEASED_PAPERS}/", f"{ADOPTED_PLANS}/")
"""Beginnings of the paths of what is kept as it was released or adopted."""
DECISIONS = (JUDGEMENTS, PROPOSALS, CLEARANCES, RELEASES, RELEASED_FIGURES, ERASURES)
"""Files to which decisions are only ever added."""

RATES = "rates.csv"
WAIVERS = "waivers.csv"
OWNERSHIP = "ownership.csv"
LISTS = "lists/manifest.toml"
KEYS = "keys.csv"
"""Public keys of the parties whose bundles are received."""
EDITABLE = (SETTINGS, RATES, WAIVERS, OWNERSHIP, LISTS, MAPPINGS, KEYS)
"""Files that people may edit; the next change records how they stand."""


def cell_folder(out: Path) -> Path:
    """Return the folder of the coordination cell's data, beside the folder of a brief for its readers."""
    return out.with_name(f"{out.name}-cell")


class Fault(StrEnum):
    """A difference between what the receipts say and what is kept."""

    BROKEN = "broken"
    LOST = "lost"
    ALTERED = "altered"
    MISSING = "missing"
    UNRECORDED = "unrecorded"
    LINK = "link"


@dataclass(frozen=True, order=True)
class Difference:
    """A file that is not as the receipts say.

    digest: of what is there now; empty where nothing is. line: of receipts.jsonl, where the chain is broken.
    """

    path: str
    fault: Fault
    digest: str = ""
    line: int = 0

    @property
    def forbids(self) -> bool:
        """True where nothing may be changed before it is resolved: recorded contents are broken, altered or
        missing.
        """
        return self.fault in (Fault.BROKEN, Fault.LOST, Fault.ALTERED, Fault.MISSING)

    @property
    def finding(self) -> Finding:
        """The difference as a finding."""
        severity = Severity.WARNING if self.fault == Fault.UNRECORDED else Severity.ERROR
        code, expected, remedy = _FAULTS[self.fault]
        place = Place(self.path.removeprefix(f"{SUBMISSIONS}/"), row=self.line)
        return Finding(severity, code, place, self.digest[:12], expected, remedy, {"path": self.path})


_FAULTS = {
    Fault.BROKEN: (
        "receipts-broken",
        "receipts as they were written, each with the hash of the one before",
        "Restore receipts.jsonl from a backup; konvoi verify names the line.",
    ),
    Fault.LOST: (
        "receipts-lost",
        "all receipts up to the last one written; {path} ends earlier or is missing",
        "Restore receipts.jsonl from a backup. Without one, remove what is left of it and accept that "
        "nothing before is proven: konvoi verify --accept {path} --by NAME",
    ),
    Fault.ALTERED: (
        "stored-altered",
        "the content that was recorded when {path} was stored",
        "Restore the file from the sender's original, or accept it as it is: "
        "konvoi verify --accept {path} --by NAME",
    ),
    Fault.MISSING: (
        "stored-missing",
        "the file {path}, which is recorded and was not withdrawn",
        "Restore the file from the sender's original, or accept its absence: "
        "konvoi verify --accept {path} --by NAME",
    ),
    Fault.UNRECORDED: (
        "stored-unrecorded",
        "no files other than the recorded ones; {path} was added by other means",
        "Add it with konvoi add FILE --from PARTY, remove it, or accept it: "
        "konvoi verify --accept {path} --by NAME",
    ),
    Fault.LINK: (
        "submission-link",
        "the file itself instead of the symbolic link {path}, which is not followed",
        "Remove the link, and add the file with konvoi add.",
    ),
}


@dataclass(frozen=True)
class Contents:
    """The contents of a workspace. judgements: the text of judgements.csv; findings: on settings and
    integrity.

    settings: with the days that were released before each document was added. head: the hash of the last
    receipt; empty where there is none. withdrawals: when submissions were withdrawn.
    """

    settings: Settings
    documents: tuple[Document, ...]
    withdrawn: tuple[Document, ...]
    judgements: str
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    head: str = ""
    withdrawals: tuple[Withdrawal, ...] = ()


@dataclass(frozen=True)
class Edit:
    """A file that a change writes or moves, by its path below the workspace.

    content: what is written. source: the path from which the file is moved. Where neither is given, the file
    is recorded as it is, or as gone.
    """

    path: str
    content: bytes | None = None
    source: str = ""


class Store(Protocol):
    """The place in which a workspace is kept: a folder or a database."""

    def content(self, path: str) -> bytes | None:
        """Return the bytes of a file of settings or decisions; None where there is none."""
        ...

    def text(self, path: str) -> str | None:
        """Return the text of such a file; None where there is none."""
        ...

    def contents(self) -> Contents:
        """Return all that is kept, checked against the receipts."""
        ...

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the chain of receipts; BrokenChain where it was altered."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Hold the workspace for a change, alone; Refused while another does, or after an alteration."""
        ...

    def commit(self, change: Action, edits: Sequence[Edit]) -> None:
        """Make one change, whole or not at all, and return once it lies on disk.

        change: its kind, day and reason; its files are those of the edits.
        """
        ...

    def accept(self, path: str, *, at: str, by: str, reason: str) -> Difference:
        """Record a file as it is now, although the receipts say otherwise; Refused where they do not."""
        ...


def stored_once(path: str) -> bool:
    """True for what is stored once and never replaced."""
    return path.startswith((f"{SUBMISSIONS}/", f"{WITHDRAWN}/", *KEPT_AS_BYTES))


def broken(chain: BrokenChain) -> Difference:
    """Return a chain that was altered, or cut off, as a difference of receipts.jsonl."""
    fault = Fault.LOST if isinstance(chain, LostReceipts) else Fault.BROKEN
    return Difference(RECEIPTS, fault, line=chain.number)


def difference_at(path: str, differences: Iterable[Difference]) -> Difference:
    """Return the difference of a file, named by its path or by that of the submission; Refused for none."""
    known = {one.path: one for one in differences}
    found = known.get(path) or known.get(f"{SUBMISSIONS}/{path}")
    if found is None:
        raise Refused(f"{path}: nothing to accept; it is as it was recorded, or there is no such file")
    return found


def refuse_altered(differences: Iterable[Difference]) -> None:
    """Refuse a change of a workspace in which something recorded was altered or is missing."""
    found = [one for one in differences if one.forbids]
    if found:
        named = ", ".join(f"{one.path} ({one.fault})" for one in found[:3])
        raise Refused(
            f"{named}{' …' if len(found) > 3 else ''}: not as recorded in {RECEIPTS}; nothing was changed. "
            "konvoi verify lists every difference and how to resolve it"
        )


def read_settings(text: str, mappings: str) -> tuple[Settings, tuple[Finding, ...]]:
    """Return the settings with the mappings of senders, and findings on both, from their texts."""
    known, told = settings(text)
    found, wrong = sender_mappings(mappings)
    return replace(known, mappings=found), (*told, *wrong)
