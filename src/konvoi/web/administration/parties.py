"""Parties of an instance: those who submitted, and those of whom somebody has a role."""

from dataclasses import dataclass

from konvoi.flow.receipts import recorded
from konvoi.flow.store import store
from konvoi.gateways.files import SUBMISSIONS
from konvoi.web.access.grants import Step, grants
from konvoi.web.accounts.models import User
from konvoi.web.instance import instance
from konvoi.web.record import settings_now


@dataclass(frozen=True)
class Party:
    """A party. submits: whether it is the sender of a submission; people: persons by role, in force."""

    id: str
    submits: bool
    people: tuple[tuple[str, int], ...]


def party_ids() -> list[str]:
    """Return the ids of all parties."""
    known = {one.membership.party for one in grants() if one.membership.party}
    return sorted(known | _senders() | {settings_now().recipient})


def _senders() -> set[str]:
    """Return who submitted, from the receipts: the folder of a submission is named after its sender."""
    paths = (one.path for one in recorded(store(instance().folder).receipts()).values())
    parts = [one.split("/") for one in paths if one.startswith(f"{SUBMISSIONS}/")]
    return {one[1] for one in parts if len(one) > 2}


def parties() -> list[Party]:
    """Return all parties, with the persons who have a role of each."""
    active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    counts: dict[str, dict[str, int]] = {}
    for one in grants():
        if one.state == Step.CONFIRMED and one.user in active:
            of_party = counts.setdefault(one.membership.party, {})
            of_party[str(one.membership.role)] = of_party.get(str(one.membership.role), 0) + 1
    senders = _senders()
    return [Party(one, one in senders, tuple(sorted(counts.get(one, {}).items()))) for one in party_ids()]
