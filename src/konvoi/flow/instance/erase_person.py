"""Erasure of a person: contacts with their keys, and the list by which it is done again after a restore."""

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from konvoi.flow.contact_store import contacts, forget_contact, is_commitment
from konvoi.flow.erasures import CONTACT, Erasure, erasures, lines
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import ERASURES, Edit, Store, store
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused

FILE = "erasures.jsonl"
"""The copy of the list that is kept elsewhere, beside the key of backups where nothing else is named."""


def contacts_of(folder: Path, address: str) -> tuple[list[str], set[str]]:
    """Return the ids of the contacts with an e-mail address, and their parties."""
    wanted = address.strip().casefold()
    found = [one for one in contacts(folder).values() if one.email.casefold() == wanted]
    return [one.id for one in found], {one.party for one in found}


def record_erasures(folder: Path, found: Sequence[Erasure], *, at: str) -> None:
    """Add erasures to the list of a workspace, with a receipt; those that it has stay as they are."""
    kept = store(folder)
    with kept.writing():
        text = kept.text(ERASURES) or ""
        known = {(one.of, one.id) for one in erasures(text)}
        new = [one for one in found if (one.of, one.id) not in known]
        if new:
            kept.commit(Action(Kind.ERASED, (), at=at), [Edit(ERASURES, (text + lines(new)).encode())])


def keep_elsewhere(target: Path, found: Sequence[Erasure]) -> None:
    """Add erasures to the copy of the list; Refused where it cannot be written."""
    text = files.text(target) or ""
    known = {(one.of, one.id) for one in erasures(text)}
    new = [one for one in found if (one.of, one.id) not in known]
    files.make_folder(target.parent)
    files.write(target, (text + lines(new)).encode())


def forget_contacts(folder: Path, found: Iterable[Erasure]) -> int:
    """Delete key and content of each contact of a list that is still there; return how many were."""
    ids = [one.id for one in found if one.of == CONTACT and is_commitment(one.id)]
    return sum(forget_contact(folder, one) for one in ids)


def erase_again(folder: Path, text: str, *, at: str) -> tuple[Erasure, ...]:
    """Apply a list to a workspace that was restored; return all that is to be erased.

    text: of the copy that was kept elsewhere. Accounts are erased by the web (konvoi.web.erase).
    """
    found = (*erasures(store(folder).text(ERASURES) or ""), *erasures(text))
    forget_contacts(folder, found)
    record_erasures(folder, found, at=at)
    return found


def documents_with(kept: Store, address: str) -> list[str]:
    """Return the paths of stored documents in which an e-mail address stands as it is, by name.

    Those that were stored before contacts were kept apart, and those that state it elsewhere than in a row
    of a contact. What a PDF or an old workbook encodes is not looked into.
    """
    wanted = address.strip().casefold()
    here = kept.contents()
    found = [*here.documents, *here.withdrawn]
    return sorted(one.name for one in found if _holds(one.content, wanted))


def _holds(content: bytes, wanted: str) -> bool:
    if content[:2] != b"PK":
        return wanted in content.decode("utf-8", "replace").casefold()
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return any(
                wanted in parts.read(one).decode("utf-8", "replace").casefold() for one in parts.infolist()
            )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False


def refuse_nobody(address: str, ids: Sequence[str], *, account: bool) -> None:
    """Refuse an address of which nothing is held."""
    if not ids and not account:
        raise Refused(f"{address}: no account and no contact with this address")
