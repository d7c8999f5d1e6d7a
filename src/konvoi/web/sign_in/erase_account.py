"""Erasure of an account: its row and all that belongs to it; events keep its random id alone."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from konvoi.flow.erasures import ACCOUNT, Erasure
from konvoi.flow.instance.erase_person import erase_again
from konvoi.flow.store import ERASURES, kept_text
from konvoi.web.access.audit import record
from konvoi.web.access.grants import Step, decide, grants
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import Invitation, User
from konvoi.web.accounts.sessions import end_sessions
from konvoi.web.deliveries.models import ReceiptProof
from konvoi.web.record import writing


def erase_account(user: User) -> None:
    """Delete an account with its sign-in, sessions, tokens and invitation; its roles end before."""
    with writing():
        for one in grants(user.pk):
            if one.state in (Step.ASKED, Step.CONFIRMED):
                decide(one.id, Step.REVOKED if one.state == Step.CONFIRMED else Step.REFUSED, by=None)
        end_sessions(user)
        # Invitations of others stay; who invited them is no longer known.
        Invitation.objects.filter(invited_by=user).update(invited_by=None)
        if user.name:
            ReceiptProof.objects.filter(signer__iexact=user.name).update(signer="")
        key = user.pk
        user.delete()
        record(Viewer(), "person-erased", object=key)


def accounts_again(found: Iterable[Erasure]) -> int:
    """Erase the accounts of a list that are still there; return how many."""
    ids = [one.id for one in found if one.of == ACCOUNT]
    there = list(User.objects.filter(pk__in=ids))
    for one in there:
        erase_account(one)
    return len(there)


def erase_before_start(folder: Path) -> int:
    """Apply the list of an instance itself, as each start does; return how many accounts were there."""
    text = kept_text(folder, ERASURES)
    if not text:
        return 0
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return accounts_again(erase_again(folder, "", at=at))
