"""Restoring a backup into a new workspace, and the drill: the same in a temporary place, checked."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from konvoi.flow.database_store import DatabaseStore
from konvoi.flow.folder_store import FolderStore
from konvoi.flow.instance.backup import DATABASE, WORKSPACE, Manifest
from konvoi.flow.instance.backup_log import Entry, Step, log
from konvoi.flow.receipts import BrokenChain, Receipt
from konvoi.flow.store import Store, Verification, store, verification
from konvoi.gateways import files
from konvoi.gateways.backup_archive import Incomplete, extracted
from konvoi.gateways.database import ADDRESS, FILE, MARKER, Address
from konvoi.gateways.database_copy import Damaged, checked, fill, passing_database
from konvoi.gateways.encryption import Unreadable
from konvoi.gateways.refusal import Refused
from konvoi.model.finding import Finding, Place, Severity


@dataclass(frozen=True)
class Restored:
    """A backup that was restored. verified: as konvoi verify finds it."""

    manifest: Manifest
    verified: Verification

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The differences from the receipts as findings."""
        return tuple(one.finding for one in self.verified.differences)


@dataclass(frozen=True)
class Loss:
    """Changes of a workspace that a backup does not hold.

    related: False where the backup is none of an earlier state of the workspace. changes: receipts that are
    not in the backup, in their order.
    """

    related: bool
    changes: tuple[Receipt, ...] = ()


@dataclass(frozen=True)
class Drill:
    """The result of a drill. restored: None where the backup cannot be restored; findings say why.

    loss: compared with a workspace; None where none was named, or its receipts cannot be read.
    """

    restored: Restored | None
    findings: tuple[Finding, ...]
    loss: Loss | None = None

    @property
    def refused(self) -> bool:
        """True where the backup cannot be restored."""
        return self.restored is None

    @property
    def holds(self) -> bool:
        """True where the backup can be restored and nothing recorded differs."""
        return self.restored is not None and all(one.severity != Severity.ERROR for one in self.findings)


def restore(archive: Path, key: Path, folder: Path, *, dsn: str = "") -> Restored:
    """Restore a backup into a new workspace, whole or not at all.

    dsn: of an empty PostgreSQL database, for a backup of one. Refused where the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: is there already; restore into a new or empty folder")
    # Beside the folder, so that it gets its name in one step.
    with files.aside(folder.resolve().parent) as place, _unpacked(archive, key, place, dsn) as manifest:
        files.sync_all()
        os.replace(place / WORKSPACE, folder.resolve())
        files.sync_folder(folder.resolve().parent)
    return Restored(manifest, verification(_store(manifest, folder, dsn)))


def drill(archive: Path, key: Path, *, at: datetime, live: Path | None = None, dsn: str = "") -> Drill:
    """Restore a backup into a temporary place, check it there, and remove it.

    live: a workspace with which it is compared, and in whose log a drill that holds is entered. dsn: of any
    database on a PostgreSQL server on which one for the drill may be created, for a backup of PostgreSQL.
    """
    try:
        with ExitStack() as stack:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="konvoi-drill-")))
            manifest, other = _in_passing(stack, archive, key, place, dsn)
            kept = _store(manifest, place / WORKSPACE, other)
            restored = Restored(manifest, verification(kept))
            loss = _loss(kept, live)
    except (Unreadable, Incomplete) as error:
        return Drill(None, (_finding(archive, error),))
    found = Drill(restored, restored.findings, loss)
    if live is not None and found.holds:
        log(live, Entry(Step.DRILL, at, archive.name, manifest.head))
    return found


def _in_passing(stack: ExitStack, archive: Path, key: Path, place: Path, dsn: str) -> tuple[Manifest, str]:
    """Restore into a temporary folder and, where needed, a temporary database; return its address as well."""
    told = stack.enter_context(extracted(archive, key, place))
    manifest = _manifest(archive, told)
    other = ""
    if manifest.store == "postgresql":
        _refuse_without(dsn, archive)
        other = stack.enter_context(passing_database(dsn))
    _put(archive, manifest, place, other)
    return manifest, other


@contextmanager
def _unpacked(archive: Path, key: Path, place: Path, dsn: str) -> Iterator[Manifest]:
    with extracted(archive, key, place) as told:
        manifest = _manifest(archive, told)
        if manifest.store == "postgresql":
            _refuse_without(dsn, archive)
        _put(archive, manifest, place, dsn)
        yield manifest


def _manifest(archive: Path, told: dict[str, object]) -> Manifest:
    try:
        return Manifest.of(told)
    except (KeyError, ValueError, TypeError) as error:
        raise Incomplete(f"{archive}: its manifest cannot be read") from error


def _refuse_without(dsn: str, archive: Path) -> None:
    if not dsn:
        raise Refused(f"{archive}: is a backup of PostgreSQL; set {ADDRESS} to the address of a database")


def _put(archive: Path, manifest: Manifest, place: Path, dsn: str) -> None:
    """Put the database of an unpacked backup in its place, and compare it with the manifest."""
    folder = place / WORKSPACE
    folder.mkdir(exist_ok=True)
    if manifest.store == "folder":
        return
    if manifest.store == "postgresql":
        fill(dsn, place / DATABASE, manifest.roles)
        (folder / MARKER).write_bytes(b"postgresql\n")
        address = Address(dsn=dsn)
    else:
        os.replace(place / DATABASE, folder / FILE)
        address = Address(folder / FILE)
    try:
        tables = checked(address).tables
    except Damaged as error:
        raise Incomplete(f"{archive}: its database is damaged") from error
    wrong = sorted(
        name for name in {*tables, *manifest.tables} if tables.get(name) != manifest.tables.get(name)
    )
    if wrong:
        raise Incomplete(f"{archive}: table {wrong[0]} has not the rows that the manifest states")


def _store(manifest: Manifest, folder: Path, dsn: str) -> Store:
    if manifest.store == "folder":
        return FolderStore(folder)
    address = Address(dsn=dsn) if manifest.store == "postgresql" else Address((folder / FILE).resolve())
    return DatabaseStore(folder, address)


def _loss(backup: Store, live: Path | None) -> Loss | None:
    if live is None:
        return None
    try:
        there, kept = store(live).receipts(), backup.receipts()
    except (BrokenChain, Refused):
        return None
    return loss(kept, there)


def loss(kept: Sequence[Receipt], there: Sequence[Receipt]) -> Loss:
    """Return what a chain has that an earlier state of it has not."""
    related = tuple(there[: len(kept)]) == tuple(kept)
    return Loss(related, tuple(there[len(kept) :]) if related else ())


def _finding(archive: Path, error: Refused) -> Finding:
    place = Place(archive.name)
    if isinstance(error, Unreadable) and error.wrong_key:
        return Finding(
            Severity.ERROR,
            "backup-other-key",
            place,
            expected="a backup that is encrypted for this key",
            remedy="Name the key file with which it was made (--key-file).",
        )
    if isinstance(error, Unreadable):
        return Finding(
            Severity.ERROR,
            "backup-altered",
            place,
            expected="the bytes of a backup as they were written; the file was altered or cut off",
            remedy="Copy it again from where it is kept, or use an earlier backup.",
        )
    return Finding(
        Severity.ERROR,
        "backup-incomplete",
        place,
        str(error).removeprefix(f"{archive}: "),
        "the parts that the manifest of the backup states",
        "Use an earlier backup, and make a new one.",
    )
