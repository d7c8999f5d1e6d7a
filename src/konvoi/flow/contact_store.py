"""Contacts that are kept apart from submissions: each sealed with a key of its own, and erased with it.

What stands in the submission in their place is a commitment: a digest of the key and of the contact. Without
the key it tells nothing (docs/decisions/0036-contacts-kept-apart.md).
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import polars as pl

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.report.case import Case

FOLDER = ".konvoi-contacts"
"""The hidden folder of a workspace with contacts: ID.age, and the key of each in keys/ID."""
KEYS = "keys"
PREFIX = "person-"
WITHHELD = "@withheld.invalid"
"""The end of the address that stands in a submission in the place of a contact's."""


@dataclass(frozen=True)
class Contact:
    """A contact of a party. key: secret; with it the commitment is checked and the sealed file read."""

    key: str
    party: str
    name: str
    function: str
    email: str

    @property
    def id(self) -> str:
        """The commitment that stands in the place of the name."""
        return PREFIX + digest(f"{self.key}\n{_json(self._values())}".encode())[:32]

    @property
    def address(self) -> str:
        """The text that stands in the place of the e-mail address."""
        return self.id + WITHHELD

    def same_as(self, party: str, name: str, function: str, email: str) -> bool:
        """Return True for the same person of the same party, in the same words."""
        return (self.party, self.name, self.function, self.email) == (party, name, function, email)

    def _values(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if name != "key"}

    def sealed(self) -> bytes:
        """Return the contact, encrypted with its key."""
        from pyrage import encrypt, x25519

        content: bytes = encrypt(
            _json(self._values()).encode(), [x25519.Identity.from_str(self.key).to_public()]
        )
        return content


def new_contact(party: str, name: str, function: str, email: str) -> Contact:
    """Return a contact with a new key; nothing is stored."""
    from pyrage import x25519

    return Contact(str(x25519.Identity.generate()), party, name, function, email)


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def is_commitment(name: str) -> bool:
    """Return True for a text that stands in the place of a name or an address."""
    plain = name.removesuffix(WITHHELD).removeprefix(PREFIX)
    return name.startswith(PREFIX) and len(plain) == 32 and set(plain) <= set("0123456789abcdef")


def contacts(folder: Path) -> dict[str, Contact]:
    """Return the contacts of a workspace that can be read, by id; Refused for one not as it was sealed."""
    place = folder / FOLDER
    found = (_opened(place, path.stem) for path in sorted(place.glob("*.age")))
    return {one.id: one for one in found if one is not None}


def _opened(place: Path, id: str) -> Contact | None:
    from pyrage import DecryptError, IdentityError, decrypt, x25519

    sealed, key = files.content(place / f"{id}.age"), (files.text(place / KEYS / id) or "").strip()
    if sealed is None or not key:
        return None
    try:
        found = Contact(key, **json.loads(decrypt(sealed, [x25519.Identity.from_str(key)])))
    except (DecryptError, IdentityError, ValueError, TypeError) as error:
        raise Refused(f"{place / id}: a contact is not as it was stored; restore it from a backup") from error
    if found.id != id:
        raise Refused(f"{place / id}: a contact is not as it was stored; restore it from a backup")
    return found


def keep_contacts(folder: Path, found: Sequence[Contact]) -> None:
    """Store contacts, readable by their owner alone; those that are there stay as they are."""
    for one in found:
        place = folder / FOLDER
        for part in (place, place / KEYS):
            files.make_folder(part)
            part.chmod(0o700)
        _write_private(place / KEYS / one.id, f"{one.key}\n".encode())
        _write_private(place / f"{one.id}.age", one.sealed())


def _write_private(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def forget_contact(folder: Path, id: str) -> bool:
    """Delete the key of a contact, then what it sealed; return False where neither is there."""
    if not is_commitment(id):
        raise ValueError(id)
    key, sealed = folder / FOLDER / KEYS / id, folder / FOLDER / f"{id}.age"
    there = key.exists() or sealed.exists()
    if key.exists():
        # Where the file system writes in place, nothing of the key is left on the disk.
        with key.open("r+b") as file:
            file.write(b"\0" * key.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
    for path in (key, sealed):
        files.remove(path)
    for place in (folder / FOLDER, folder / FOLDER / KEYS):
        if place.is_dir():
            files.sync_folder(place)
    return there


def with_contacts(case: Case, folder: Path) -> Case:
    """Return a case in which the contacts that are kept apart have their names and addresses again.

    For letters alone: what is kept on disk holds the commitments. One that was erased is left out.
    """
    rows = case.tables.get("contacts")
    if rows is None or rows.is_empty():
        return case
    known = contacts(folder)
    told = []
    for row in rows.iter_rows(named=True):
        id = str(row["name"] or "")
        if not is_commitment(id):
            told.append(row)
        elif (one := known.get(id)) is not None:
            told.append({**row, "name": one.name, "function": one.function or None, "email": one.email})
    shown = pl.DataFrame(told, schema=rows.schema)
    return replace(case, tables={**case.tables, "contacts": shown})
