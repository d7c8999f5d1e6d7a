"""Moving a workspace between a folder and a database: the chain of receipts stays as it is, byte for byte."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from konvoi.flow.contact_store import FOLDER as CONTACTS
from konvoi.flow.database_store import DatabaseStore, move_in
from konvoi.flow.folder_store import FolderStore
from konvoi.flow.instance.backup_log import FILE as BACKUPS
from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.receipts import LAST as LAST_RECEIPT
from konvoi.flow.receipts import Action, Kind, Receipt, Stored, continued, head, recorded, written
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store_contract import DECISIONS, EDITABLE, LOCK, OUT, cell_folder, stored_once
from konvoi.gateways import files
from konvoi.gateways.database import FILE, MARKER, Address, address_of, imported
from konvoi.gateways.database_tables import make_tables
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest


def import_workspace(folder: Path, *, dsn: str = "", at: str) -> Address:
    """Move the workspace of a folder to a database: SQLite in the folder, or PostgreSQL where dsn is given.

    The files of the folder stay as they are. at: when, for audit. What people changed by hand since the last
    receipt is recorded first. Refused where a file is not as it was recorded, and where the workspace or the
    database is taken; then nothing was changed.
    """
    if imported(folder):
        raise Refused(f"{folder}: is kept in a database already")
    kept = FolderStore(folder)
    chain, contents = kept.recorded_now(Action(Kind.BEGUN, (), at=at))
    return _begun(folder, dsn, chain, contents)


def new_workspace(folder: Path, settings: str, *, dsn: str = "", at: str) -> Address:
    """Make an empty workspace in a database. settings: the text of its konvoi.toml."""
    if imported(folder) or (folder / SETTINGS).is_file():
        raise Refused(f"{folder}: is a workspace already")
    files.make_folder(folder)
    content = settings.encode()
    begun = Action(Kind.BEGUN, (Stored(SETTINGS, digest(content), len(content)),), at=at)
    return _begun(folder, dsn, continued((), [begun]), {SETTINGS: content})


def _begun(folder: Path, dsn: str, chain: Sequence[Receipt], contents: Mapping[str, bytes]) -> Address:
    if dsn:
        address = Address(dsn=dsn)
        make_tables(address)
        if not _holds(address, chain):
            move_in(address, chain, contents)
        files.write(folder / MARKER, b"postgresql\n")
        return address
    # Under its own name the database is there whole or not at all.
    beside = folder.resolve() / f".{FILE}{files.PART}"
    for left in (beside, *_with_log(beside)):
        files.remove(left)
    made = Address(beside)
    make_tables(made)
    move_in(made, chain, contents)
    if any(left.exists() for left in _with_log(beside)):
        raise Refused(f"{beside}: is open in another process; nothing was changed")
    os.replace(beside, folder.resolve() / FILE)
    files.sync_folder(folder)
    return Address(folder.resolve() / FILE)


def _with_log(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal"))


def _holds(address: Address, chain: Sequence[Receipt]) -> bool:
    """Return True if a database holds this very chain: an import that ended before its marker was written."""
    return head(DatabaseStore(Path(), address).receipts()) == head(chain) != ""


def export_workspace(folder: Path, target: Path) -> dict[str, int]:
    """Write a workspace that is kept in a database as a folder, and return the size of each file.

    Accounts, tokens and results are not part of it; lists of sanctions and learnt models are. Refused where
    the target is there, or where a content is not as it was recorded.
    """
    address = address_of(folder)
    if address is None:
        raise Refused(f"{folder}: is kept in its folder; copy the folder instead")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target}: is there already; name a new folder")
    chain, found = DatabaseStore(folder, address).recorded_now()
    for path, one in recorded(chain).items():
        if path not in found or digest(found[path]) != one.sha256:
            raise Refused(f"{path}: is not as it was recorded; restore the database from a backup first")
    tail = {RECEIPTS: written(chain), LAST_RECEIPT: f"{head(chain)}\n".encode()}
    return files.write_folder(target, {**_beside(folder), **found, **tail})


def _beside(folder: Path) -> dict[str, bytes]:
    """Return the files of an instance that the database does not hold and that no run makes."""
    out = folder / OUT
    made = {FILE, MARKER, LOCK, BACKUPS, RECEIPTS, LAST_RECEIPT, *DECISIONS, *EDITABLE}
    aside = {OUT, cell_folder(out).name}
    found: dict[str, bytes] = {}
    for path in files.below(folder)[0]:
        name = path.relative_to(folder).as_posix()
        first = PurePosixPath(name).parts[0]
        if name in made or first in aside or first.startswith(FILE) or stored_once(name):
            continue
        content = files.content(path)
        if content is not None:
            found[name] = content
    for path in files.below(folder / CONTACTS)[0] if (folder / CONTACTS).is_dir() else ():
        found[path.relative_to(folder).as_posix()] = files.content(path) or b""
    return found
