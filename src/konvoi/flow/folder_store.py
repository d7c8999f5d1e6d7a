"""The store of a workspace in a folder, changed by one writer at a time."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.receipts import LAST as LAST_RECEIPT
from konvoi.flow.receipts import (
    Action,
    BrokenChain,
    Kind,
    Receipt,
    Stored,
    checked_end,
    continued,
    head,
    recorded,
    released_days,
    withdrawals,
)
from konvoi.flow.sender_mappings import FILE as MAPPINGS
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store_contract import (
    ADOPTED_PLANS,
    CACHE,
    DECISIONS,
    EDITABLE,
    JUDGEMENTS,
    KEPT_AS_BYTES,
    LOCK,
    OUT,
    RELEASED_FIGURES,
    RELEASED_PAPERS,
    Contents,
    Difference,
    Edit,
    Fault,
    broken,
    cell_folder,
    difference_at,
    read_settings,
    refuse_altered,
    stored_once,
)
from konvoi.flow.verified_chains import verified_receipts
from konvoi.gateways import files
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.lock import locked
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest, key
from konvoi.model.document import Document

_PENDING = ".pending"
_MANY = 50


@dataclass(frozen=True)
class FolderStore:
    """A workspace kept in a folder.

    A change is staged beside its places, then its receipt is written, then the staged files get their names.
    The receipt is what decides: a process that ends before it has changed nothing; one that ends after it is
    completed by whoever opens the workspace next.

    sealed: the workspace was moved to a database, and the folder is only read.
    """

    folder: Path
    sealed: bool = False

    def content(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where there is none."""
        return files.content(self.folder / path)

    def text(self, path: str) -> str | None:
        """Return the text of a file; None where there is none."""
        return files.text(self.folder / path)

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the chain of receipts; BrokenChain where it was altered, or ends before the last receipt."""
        # The hash is read first: a writer adds the receipt before it.
        last = (self.text(LAST_RECEIPT) or "").strip()
        place = self.folder / RECEIPTS
        chain = verified_receipts(place, files.content(place) or b"")
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
        known, told = read_settings(text, self.text(MAPPINGS) or "")
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
            yield broken(chain)
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
        for path in wanted:
            if path.startswith(KEPT_AS_BYTES) and (file := self._as_it_is(path)).sha256:
                found[path] = file
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
        self._refuse_sealed()
        with locked(self.folder / LOCK) as fresh:
            if fresh:
                self._complete()
                refuse_altered(self._differences(self._kept(), self._chain()))
            yield

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the workspace as it is, after completing what a process that ended has left."""
        with locked(self.folder / LOCK) as fresh:
            if fresh:
                self._complete()
            yield

    def commit(self, change: Action, edits: Sequence[Edit]) -> None:
        """Make one change: stage it, write its receipt, which decides, and give the files their names."""
        with self.writing():
            try:
                chain = self.receipts()
            except BrokenChain as error:
                raise Refused(f"{self.folder / RECEIPTS}: {error}; nothing was changed") from error
            self._append(chain, change, edits)

    def recorded_now(self, change: Action) -> tuple[tuple[Receipt, ...], dict[str, bytes]]:
        """Return the chain with all that people changed by hand since, and the content of each recorded file.

        change: day and time of the receipts that are added. Refused where a recorded file is not as it was.
        """
        found = self.contents()
        refuse_altered(found.differences)
        unknown = [one.path for one in found.differences if one.path not in DECISIONS]
        if unknown:
            named = ", ".join(unknown[:3])
            raise Refused(
                f"{named}{' …' if len(unknown) > 3 else ''}: not recorded in {RECEIPTS}. Add, remove or "
                "accept it first: konvoi verify tells how"
            )
        chain = self.receipts()
        longer = continued(chain, self._by_hand(chain, change))
        there = {path: files.content(self.folder / path) for path in recorded(longer)}
        return longer, {path: content for path, content in there.items() if content is not None}

    def _refuse_sealed(self) -> None:
        if self.sealed:
            raise Refused(
                f"{self.folder}: the workspace was moved to a database; the folder is its state before, "
                "and is only read"
            )

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
        self._refuse_sealed()
        with locked(self.folder / LOCK) as fresh:
            if fresh:
                self._complete()
            found = difference_at(path, self._differences(self._kept(), self._chain()))
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
            if place.is_symlink() and stored_once(path):
                raise Refused(f"{place}: a symbolic link, which is not followed; nothing was changed")
        return place

    def _staged(self, edit: Edit, *, sync: bool) -> Stored:
        """Return a file as the change leaves it; new content lies beside its place by then."""
        target = self._place(edit.path)
        if edit.content is None and not edit.source:
            return self._as_it_is(edit.path)
        if stored_once(edit.path) and target.exists():
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
                if stored_once(one.path):
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
        for part in (".", CACHE, "lists", SUBMISSIONS, WITHDRAWN, RELEASED_PAPERS, ADOPTED_PLANS):
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
