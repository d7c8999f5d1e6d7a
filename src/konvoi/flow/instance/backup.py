"""A backup of a workspace with everything that is kept beside it, in one encrypted archive."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from konvoi import __version__
from konvoi.flow.contact_store import FOLDER as CONTACTS
from konvoi.flow.folder_store import FolderStore
from konvoi.flow.instance.backup_log import Entry, Step, log
from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store_contract import OUT, UPLOADS, cell_folder
from konvoi.gateways import files
from konvoi.gateways.backup_archive import write_archive
from konvoi.gateways.database import FILE, MARKER, Address, address_of, imported
from konvoi.gateways.database_copy import State, copy
from konvoi.gateways.encryption import make_key
from konvoi.gateways.refusal import Refused

DATABASE = "database"
"""The part of an archive that holds the database: a file of SQLite, or a dump of PostgreSQL."""
WORKSPACE = "workspace"
"""The folder of an archive with the files of the workspace."""
_ENDING = ".backup"


@dataclass(frozen=True)
class Manifest:
    """Facts of a backup.

    konvoi: the version that made it. made: when, UTC. store: folder, sqlite or postgresql; version: of the
    database. receipts, head, last_at: number, hash and time of the last receipt. tables: rows of each table
    of the database. roles: of PostgreSQL, on which its rights rest.
    """

    konvoi: str
    made: datetime
    store: str
    version: str
    receipts: int
    head: str
    last_at: str
    tables: Mapping[str, int]
    roles: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The facts as plain JSON values."""
        made = self.made.isoformat(timespec="seconds")
        return {**vars(self), "made": made, "tables": dict(self.tables), "roles": list(self.roles)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Manifest":
        """Return the facts that a manifest of an archive states."""
        known = {name: told[name] for name in cls.__dataclass_fields__}
        made = datetime.fromisoformat(known["made"])
        if not isinstance(known["tables"], dict):
            raise TypeError(known["tables"])
        return cls(**{**known, "made": made, "roles": tuple(known["roles"])})


@dataclass(frozen=True)
class Backup:
    """A backup that was made. files: beside the database; links: symbolic ones, which it does not hold.

    public_key: of a key that was made for it; empty where the key was there.
    """

    path: Path
    bytes: int
    files: int
    links: tuple[str, ...]
    manifest: Manifest
    public_key: str


def named(target: Path, at: datetime) -> Path:
    """Return the path of a new backup: the target, or in a folder a name with the time."""
    return target / f"konvoi-{at:%Y%m%dT%H%M%SZ}{_ENDING}" if target.is_dir() else target


def back_up(folder: Path, target: Path, key: Path, *, at: datetime) -> Backup:
    """Write a backup of a workspace, whole or not at all, while others use the workspace.

    The database is copied as it is at one moment, then the files beside it: what came meanwhile may be among
    the files, and never the other way round. key: with the public key; made where it is not there.
    """
    if not imported(folder) and not (folder / SETTINGS).is_file():
        raise Refused(f"{folder}: no workspace; name one with --dir")
    address = address_of(folder)
    if address is None and imported(folder):
        raise Refused(f"{folder}: is kept in a database; leave --store folder out")
    target = named(target, at)
    _refuse_inside(folder, target, key)
    public = "" if key.exists() else make_key(key)
    with files.aside(folder) as place, _held(folder, address, place) as (state, parts):
        manifest = _manifest(address, state, at)
        found, links = _beside(folder)
        parts += [(f"{WORKSPACE}/{path.relative_to(folder).as_posix()}", path) for path in found]
        write_archive(target, key, parts, manifest.as_dict())
    log(folder, Entry(Step.BACKUP, at, target.name, manifest.head))
    told = tuple(one.relative_to(folder).as_posix() for one in links)
    return Backup(target, files.size(target), len(found), told, manifest, public)


def _refuse_inside(folder: Path, target: Path, key: Path) -> None:
    """Refuse a backup or a key that would be lost, or stolen, together with the workspace."""
    for one in (target, key):
        if one.resolve().is_relative_to(folder.resolve()):
            raise Refused(f"{one}: lies in the workspace that it protects; keep it elsewhere")


@contextmanager
def _held(
    folder: Path, address: Address | None, place: Path
) -> Iterator[tuple[State, list[tuple[str, Path]]]]:
    """Yield the state of what is backed up, and the database among its parts.

    A workspace in a folder is held: nothing changes it until the block ends.
    """
    if address is not None:
        yield copy(address, place / DATABASE), [(DATABASE, place / DATABASE)]
        return
    with FolderStore(folder).held():
        lines = (files.content(folder / RECEIPTS) or b"").decode("utf-8", "replace").splitlines()
        yield State("", {}, lines[-1] if lines else ""), []


def _manifest(address: Address | None, state: State, at: datetime) -> Manifest:
    store = "folder" if address is None else "postgresql" if address.postgresql else "sqlite"
    number, head, last_at = _receipt(state.last)
    return Manifest(__version__, at, store, state.version, number, head, last_at, state.tables, state.roles)


def _receipt(line: str) -> tuple[int, str, str]:
    """Return number, hash and time of a receipt; of one that cannot be read nothing: verify tells of it."""
    try:
        told = json.loads(line or "{}")
        return int(told["number"]), str(told["hash"]), str(told["at"])
    except (ValueError, KeyError, TypeError):
        return 0, "", ""


def _beside(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of a workspace that no run makes again, and the links among them.

    What the web keeps besides its uploads is made again: results, and the key that signs sessions, so that
    nobody stays signed in after a restore.
    """
    again = {OUT, cell_folder(folder / OUT).name, MARKER}

    def kept(path: Path) -> bool:
        first = PurePosixPath(path.relative_to(folder)).parts[0]
        return first not in again and not first.startswith(FILE)

    found, links = files.below(folder)
    hidden = [
        one
        for part in (UPLOADS, CONTACTS)
        if (folder / part).is_dir()
        for one in files.below(folder / part)[0]
    ]
    return [*(one for one in found if kept(one)), *hidden], [one for one in links if kept(one)]
