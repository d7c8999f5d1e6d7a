"""The store of a workspace: what is kept there, changed by one writer at a time and recorded in receipts."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.receipts import LAST as LAST_RECEIPT
from konvoi.flow.receipts import (
    Action,
    BrokenChain,
    Kind,
    LostReceipts,
    Receipt,
    Stored,
    Withdrawal,
    checked_end,
    continued,
    head,
    receipts,
    recorded,
    released_days,
    withdrawals,
)
from konvoi.flow.sender_mappings import FILE as MAPPINGS
from konvoi.flow.sender_mappings import sender_mappings
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.settings import Settings, settings
from konvoi.gateways import files
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.lock import locked
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest, key
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

CACHE = ".konvoi"
"""The folder of a workspace that holds what was read before; it may be thrown away."""
OUT = "out"
LOCK = ".konvoi.lock"

JUDGEMENTS = "judgements.csv"
PROPOSALS = "proposals.csv"
CLEARANCES = "clearances.csv"
RELEASES = "lists/releases.csv"
RELEASED_FIGURES = "releases.jsonl"
DECISIONS = (JUDGEMENTS, PROPOSALS, CLEARANCES, RELEASES, RELEASED_FIGURES)
"""Files to which decisions are only ever added."""

RATES = "rates.csv"
WAIVERS = "waivers.csv"
OWNERSHIP = "ownership.csv"
LISTS = "lists/manifest.toml"
EDITABLE = (SETTINGS, RATES, WAIVERS, OWNERSHIP, LISTS, MAPPINGS)
"""Files that people may edit; the next change records how they stand."""

_PENDING = ".pending"
_MANY = 50


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
    """The place in which a workspace is kept: a folder, or later a database."""

    def text(self, path: str) -> str | None:
        """Return the text of a file of settings or decisions; None where there is none."""
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


def store(folder: Path) -> Store:
    """Return the store of a workspace."""
    return FolderStore(folder)


@dataclass(frozen=True)
class FolderStore:
    """A workspace kept in a folder.

    A change is staged beside its places, then its receipt is written, then the staged files get their names.
    The receipt is what decides: a process that ends before it has changed nothing; one that ends after it is
    completed by whoever opens the workspace next.
    """

    folder: Path

    def text(self, path: str) -> str | None:
        """Return the text of a file; None where there is none."""
        return files.text(self.folder / path)

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the chain of receipts; BrokenChain where it was altered, or ends before the last receipt."""
        # The hash is read first: a writer adds the receipt before it.
        last = (self.text(LAST_RECEIPT) or "").strip()
        chain = receipts(files.content(self.folder / RECEIPTS) or b"")
        checked_end(chain, last, begun=bool(self.text(RELEASED_FIGURES)))
        return chain

    def contents(self) -> Contents:
        """Return all that is kept; where it differs from the receipts, once more when no writer is at it."""
        with suppress(OSError):
            for out in self._outs():
                files.repair(out)
        found = self._contents()
        if found.differences or self._unfinished(found.head):
            # A writer was between receipt and file, or has ended there. A folder that can only be read is
            # no fault.
            with suppress(Refused), locked(self.folder / LOCK) as fresh:
                if fresh:
                    self._complete()
                found = self._contents()
        return found

    def _contents(self) -> Contents:
        text = self.text(SETTINGS)
        if text is None:
            raise Refused(
                f"{self.folder}: no {SETTINGS} in it; make a workspace with: konvoi init {self.folder}"
            )
        known, told = settings(text)
        mappings, wrong = sender_mappings(self.text(MAPPINGS) or "")
        known, told = replace(known, mappings=mappings), (*told, *wrong)
        submitted, links = files.kept(self.folder / SUBMISSIONS, marking=known.marking)
        withdrawn, others = files.kept(self.folder / WITHDRAWN, marking=known.marking)
        chain = self._chain()
        found = sorted(
            [
                *self._differences(_stored(submitted, withdrawn), chain),
                *(Difference(f"{SUBMISSIONS}/{one}", Fault.LINK) for one in links),
                *(Difference(f"{WITHDRAWN}/{one}", Fault.LINK) for one in others),
            ]
        )
        proven = () if isinstance(chain, BrokenChain) else chain
        return Contents(
            replace(known, released=released_days(proven)),
            tuple(submitted),
            tuple(withdrawn),
            self.text(JUDGEMENTS) or "",
            (*told, *(one.finding for one in found)),
            tuple(found),
            head(proven),
            withdrawals(proven),
        )

    def _chain(self) -> tuple[Receipt, ...] | BrokenChain:
        """Return the chain of receipts, or where it was altered."""
        try:
            return self.receipts()
        except BrokenChain as error:
            return error

    def _differences(
        self, kept: Mapping[str, Stored], chain: tuple[Receipt, ...] | BrokenChain
    ) -> Iterator[Difference]:
        """Yield differences from the receipts; nothing in a workspace that has none yet."""
        if isinstance(chain, BrokenChain):
            fault = Fault.LOST if isinstance(chain, LostReceipts) else Fault.BROKEN
            yield Difference(RECEIPTS, fault, line=chain.number)
            return
        if not chain:
            return
        wanted = recorded(chain)
        found = dict(kept)
        for name in DECISIONS:
            file = self._as_it_is(name)
            if self._grown(file, wanted.get(name)):
                yield Difference(name, Fault.UNRECORDED, file.sha256)
                found[name] = wanted[name]
            elif file.sha256:
                found[name] = file
        for path in sorted({*wanted, *found} - {*EDITABLE}):
            now = found.get(path)
            before = wanted.get(path)
            if now is None:
                yield Difference(path, Fault.MISSING)
            elif before is None:
                yield Difference(path, Fault.UNRECORDED, now.sha256)
            elif now.sha256 != before.sha256:
                yield Difference(path, Fault.ALTERED, now.sha256)

    def _as_it_is(self, path: str) -> Stored:
        """Return a file as it is now, without a digest where there is none."""
        content = files.content(self.folder / path)
        return Stored(path, "") if content is None else Stored(path, digest(content), len(content))

    def _grown(self, now: Stored, before: Stored | None) -> bool:
        """True where lines were added by hand to a file of decisions, and those before are as recorded."""
        if before is None or not now.size > before.size:
            return False
        return digest((files.content(self.folder / now.path) or b"")[: before.size]) == before.sha256

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace for a change, after completing what a process that ended has left."""
        with locked(self.folder / LOCK) as fresh:
            if fresh:
                self._complete()
                refuse_altered(self._differences(self._kept(), self._chain()))
            yield

    def commit(self, change: Action, edits: Sequence[Edit]) -> None:
        """Make one change: stage it, write its receipt, which decides, and give the files their names."""
        with self.writing():
            try:
                chain = self.receipts()
            except BrokenChain as error:
                raise Refused(f"{self.folder / RECEIPTS}: {error}; nothing was changed") from error
            self._append(chain, change, edits)

    def _append(self, chain: Sequence[Receipt], change: Action, edits: Sequence[Edit]) -> None:
        """Make a change after those of a chain; the workspace is locked."""
        try:
            # Only Linux promises that everything lies on disk when a sync of all returns.
            together = len(edits) > _MANY and sys.platform == "linux"
            stored = tuple(self._staged(one, sync=not together) for one in edits)
            if together:
                files.sync_all()
            for place in {
                self._place(one.path).parent
                for one, edit in zip(stored, edits, strict=True)
                if edit.content is not None
            }:
                files.sync_folder(place)
        except OSError as error:
            raise Refused(
                f"{error.filename}: cannot be written: {error.strerror}; nothing was changed"
            ) from error
        longer = continued(chain, [*self._by_hand(chain, change), replace(change, files=stored)])
        lines = "".join(f"{one.line()}\n" for one in longer[len(chain) :])
        before = files.content(self.folder / RECEIPTS) or b""
        files.write(self.folder / RECEIPTS, before + lines.encode())
        self._finish(longer)

    def _finish(self, chain: Sequence[Receipt]) -> None:
        """Give the files of the last change their names, then write its hash: a hash that is late shows a
        change that was not finished.
        """
        self._apply(chain[-1].change.files)
        if self._unfinished(head(chain)):
            files.write(self.folder / LAST_RECEIPT, f"{head(chain)}\n".encode())

    def _unfinished(self, last: str) -> bool:
        """True where the change of the last receipt may have ended on the way. last: the receipt's hash."""
        return bool(last) and (self.text(LAST_RECEIPT) or "").strip() != last

    def accept(self, path: str, *, at: str, by: str, reason: str) -> Difference:
        """Record a file as it is now, although the receipts say otherwise."""
        with locked(self.folder / LOCK) as fresh:
            if fresh:
                self._complete()
            differences = {one.path: one for one in self._differences(self._kept(), self._chain())}
            found = differences.get(path) or differences.get(f"{SUBMISSIONS}/{path}")
            if found is None:
                raise Refused(
                    f"{path}: nothing to accept; it is as it was recorded, or there is no such file"
                )
            accepted = Action(Kind.ACCEPTED, (), at=at, by=by, reason=reason)
            if found.fault == Fault.LOST and not files.content(self.folder / RECEIPTS):
                # A new chain begins, with the digests of all that is there.
                self._append((), accepted, [])
                return found
            if found.fault in (Fault.BROKEN, Fault.LOST):
                raise Refused(f"{path}: a broken chain cannot be accepted; restore the file from a backup")
            self.commit(accepted, [Edit(found.path)])
        return found

    def _place(self, path: str) -> Path:
        """Return the place of a file; Refused where a symbolic link leads elsewhere."""
        place = self.folder
        for part in Path(path).parts:
            place = place / part
            if place.is_symlink() and _once(path):
                raise Refused(f"{place}: a symbolic link, which is not followed; nothing was changed")
        return place

    def _staged(self, edit: Edit, *, sync: bool) -> Stored:
        """Return a file as the change leaves it; new content lies beside its place by then."""
        target = self._place(edit.path)
        if edit.content is None and not edit.source:
            return self._as_it_is(edit.path)
        if _once(edit.path) and target.exists():
            raise Refused(f"{target}: is there already; nothing was changed")
        content = files.content(self.folder / edit.source) if edit.content is None else edit.content
        if content is None:
            raise Refused(f"{self.folder / edit.source}: is not there any more; nothing was changed")
        stored = Stored(edit.path, digest(content), len(content), edit.source)
        if not edit.source:
            files.make_folder(target.parent)
            files.write_synced(self._pending(stored), content, sync=sync)
        return stored

    def _pending(self, one: Stored) -> Path:
        """Return the place at which new content waits for its receipt."""
        return self._place(one.path).with_name(f".{key(one.path, one.sha256)}{_PENDING}")

    def _by_hand(self, chain: Sequence[Receipt], change: Action) -> list[Action]:
        """Return the actions recorded before a change: all that is there, or people's edits in the
        meantime.
        """
        editable = [self._as_it_is(name) for name in EDITABLE]
        decisions = [one for name in DECISIONS if (one := self._as_it_is(name)).sha256]
        if not chain:
            there = (*self._kept().values(), *(one for one in editable if one.sha256), *decisions)
            return [replace(change, kind=Kind.BEGUN, files=there, by="", reason="")]
        before = recorded(chain)
        none = Stored("", "")
        edited = [one for one in editable if one.sha256 != before.get(one.path, none).sha256]
        edited += [one for one in decisions if one.path not in before or self._grown(one, before[one.path])]
        if not edited:
            return []
        return [replace(change, kind=Kind.BY_HAND, files=tuple(edited), by="", reason="")]

    def _apply(self, stored: Iterable[Stored]) -> None:
        """Give staged and moved files their names; what has its name already stays."""
        folders: set[Path] = set()
        for one in stored:
            target = self._place(one.path)
            origin = self.folder / one.source if one.source else self._pending(one)
            content = files.content(origin) if one.sha256 else None
            if content is None or digest(content) != one.sha256 or (one.source and target.exists()):
                continue
            try:
                files.make_folder(target.parent)
                if _once(one.path):
                    files.rename_new(origin, target)
                else:
                    os.replace(origin, target)
            except OSError as error:
                raise Refused(
                    f"{target}: cannot be written: {error.strerror}; konvoi verify tells"
                ) from error
            folders |= {target.parent, origin.parent}
        for folder in sorted(folders):
            files.sync_folder(folder)

    def _outs(self) -> tuple[Path, Path]:
        """Return the folders that a run makes whole: of the brief, and of the coordination cell."""
        out = self.folder / OUT
        return out, cell_folder(out)

    def _complete(self) -> None:
        """Complete the last change if its process ended on the way, and remove what ended processes left."""
        with suppress(BrokenChain):
            chain = self.receipts()
            if chain:
                self._finish(chain)
        for out in self._outs():
            files.repair(out)
        for part in (".", CACHE, "lists", SUBMISSIONS, WITHDRAWN):
            files.sweep(self.folder / part, also=_PENDING, deep=part not in (".", "lists"))

    def _kept(self) -> dict[str, Stored]:
        """Return all submissions and withdrawn ones by path, without symbolic links."""
        found = [files.kept(self.folder / part, marking="")[0] for part in (SUBMISSIONS, WITHDRAWN)]
        return _stored(*found)


def _stored(submitted: Iterable[Document], withdrawn: Iterable[Document]) -> dict[str, Stored]:
    """Return documents by their path below the workspace."""
    paths = {f"{SUBMISSIONS}/{one.name}": one for one in submitted}
    paths |= {f"{WITHDRAWN}/{one.name}": one for one in withdrawn}
    return {path: Stored(path, one.digest, len(one.content)) for path, one in paths.items()}


def _once(path: str) -> bool:
    """True for what is stored once and never replaced."""
    return path.startswith((f"{SUBMISSIONS}/", f"{WITHDRAWN}/"))


def refuse_altered(differences: Iterable[Difference]) -> None:
    """Refuse a change of a workspace in which something recorded was altered or is missing."""
    found = [one for one in differences if one.forbids]
    if found:
        named = ", ".join(f"{one.path} ({one.fault})" for one in found[:3])
        raise Refused(
            f"{named}{' …' if len(found) > 3 else ''}: not as recorded in {RECEIPTS}; nothing was changed. "
            "konvoi verify lists every difference and how to resolve it"
        )


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
    receipt with the head that was asked for; 0 where none has it. holds: True where nothing differs.
    """

    receipts: int
    files: int
    head: str
    position: int
    holds: bool
    differences: tuple[Difference, ...]

    def as_dict(self) -> dict[str, object]:
        """The result as plain JSON values."""
        return {**vars(self), "differences": [vars(one) for one in self.differences]}


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
    return Verification(len(chain), len(recorded(chain)), head(chain), position, holds, differences)
