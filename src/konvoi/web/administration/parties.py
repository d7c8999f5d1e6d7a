"""Parties of an instance: those who submitted, and those of whom somebody has a role."""

from dataclasses import dataclass

from konvoi.web.access.grants import Step, grants
from konvoi.web.access.parties import party_ids
from konvoi.web.accounts.models import User
from konvoi.web.record import senders


@dataclass(frozen=True)
class Party:
    """A party. submits: whether it is the sender of a submission; people: persons by role, in force."""

    id: str
    submits: bool
    people: tuple[tuple[str, int], ...]


def parties() -> list[Party]:
    """Return all parties, with the persons who have a role of each."""
    active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    counts: dict[str, dict[str, int]] = {}
    for one in grants():
        if one.state == Step.CONFIRMED and one.user in active:
            of_party = counts.setdefault(one.membership.party, {})
            of_party[str(one.membership.role)] = of_party.get(str(one.membership.role), 0) + 1
    submitted = senders()
    return [Party(one, one in submitted, tuple(sorted(counts.get(one, {}).items()))) for one in party_ids()]
