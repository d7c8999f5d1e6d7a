"""Erasure of a person as a process: python -m konvoi.web.erase DIR ADDRESS LIST, or DIR --again LIST."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from konvoi.flow.erasures import ACCOUNT, CONTACT, Erasure
from konvoi.flow.instance.erase_person import (
    contacts_of,
    documents_with,
    erase_again,
    forget_contacts,
    keep_elsewhere,
    record_erasures,
    refuse_nobody,
)
from konvoi.flow.store import store
from konvoi.gateways import files
from konvoi.gateways.database import imported
from konvoi.gateways.refusal import Refused
from konvoi.web.instance import Instance
from konvoi.web.start import set_up
from konvoi.web.terminal import refusal, said


def main() -> int:
    """Erase a person, or all of a list once more."""
    folder, who, target = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    try:
        if not imported(folder):
            raise Refused(f"{folder}: no instance; start one: konvoi serve {folder}")
        here = Instance(folder.resolve())
        set_up(here)
        return _again(here, target) if who == "--again" else _erase(here, who, target)
    except Refused as error:
        print(refusal(error), file=sys.stderr)
        return 3


def _erase(here: Instance, address: str, target: Path) -> int:
    """Erase the account and the contacts of an address; the copy of the list is written first.

    Whatever ends the process then, the list says what is to be erased, and the next start does it.
    """
    from konvoi.web.accounts.models import User
    from konvoi.web.sign_in.erase_account import erase_account

    user = User.objects.filter(email__iexact=address.strip()).first()
    ids, parties = contacts_of(here.folder, address)
    refuse_nobody(address, ids, account=user is not None)
    now = datetime.now(UTC)
    found = [Erasure(CONTACT, one, now.date().isoformat()) for one in ids]
    if user is not None:
        found.append(Erasure(ACCOUNT, str(user.pk), now.date().isoformat()))
    keep_elsewhere(target, found)
    record_erasures(here.folder, found, at=now.isoformat(timespec="seconds"))
    forget_contacts(here.folder, found)
    if user is not None:
        erase_account(user)
    forget_marked(parties)
    print(
        said(
            "Erased. Accounts: {accounts}; contacts: {contacts}. The rest of the record is as it was.",
            accounts=str(int(user is not None)),
            contacts=str(len(ids)),
        )
    )
    print(
        said("The list of erasures, which names nobody: {file}. Keep it with the backups.", file=str(target))
    )
    left = documents_with(store(here.folder), address)
    for one in left:
        print(said("{file} still holds the address. Withdraw it, and keep no copy.", file=one))
    return 1 if left else 0


def _again(here: Instance, target: Path) -> int:
    from konvoi.web.sign_in.erase_account import accounts_again

    at = datetime.now(UTC).isoformat(timespec="seconds")
    count = accounts_again(erase_again(here.folder, files.text(target) or "", at=at))
    print(said("Erasures applied again. Accounts erased: {count}.", count=str(count)))
    return 0


def forget_marked(parties: set[str]) -> None:
    """Remove what uploads of parties still show of contacts as they were sent: marked workbooks, findings."""
    from konvoi.web.submissions.models import Upload
    from konvoi.web.submissions.quarantine import forget

    for one in Upload.objects.filter(party__in=parties, state=Upload.State.STORED):
        forget(one)
        Upload.objects.filter(pk=one.pk).update(preview={})


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
    sys.exit(main())
