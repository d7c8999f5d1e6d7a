"""Grants of roles: asked for by one person, confirmed by a second, and never by whom they are for."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role, is_possible
from konvoi.web.access.scope import of_engine
from konvoi.web.access.viewer import Membership
from konvoi.web.locks import Lock, alone

Step = GrantEvent.Step


@dataclass(frozen=True)
class Grant:
    """A role of a user with its state. asked_by, by: None for the operator of the machine."""

    id: uuid.UUID
    user: uuid.UUID
    membership: Membership
    state: str
    asked_by: uuid.UUID | None
    by: uuid.UUID | None
    at: datetime


def grants(user: uuid.UUID | None = None) -> list[Grant]:
    """Return all grants in the order in which they were asked for; user: of one user alone."""
    events = GrantEvent.objects.order_by("id")
    if user is not None:
        events = events.filter(user=user)
    return _grants(events)


def _grants(events: Iterable[GrantEvent]) -> list[Grant]:
    found: dict[uuid.UUID, Grant] = {}
    for one in events:
        first = found.get(one.grant)
        asked_by = one.by if first is None else first.asked_by
        found[one.grant] = Grant(
            one.grant, one.user, Membership(Role(one.role), one.party), one.step, asked_by, one.by, one.at
        )
    return list(found.values())


def memberships(user: uuid.UUID) -> tuple[Membership, ...]:
    """Return the roles of a user that are in force."""
    return tuple(one.membership for one in grants(user) if one.state == Step.CONFIRMED)


def holders(role: Role) -> frozenset[uuid.UUID]:
    """Return the users who have a role in force, of any party; all are found by one query."""
    return frozenset(
        one.user for one in grants() if one.state == Step.CONFIRMED and one.membership.role == role
    )


def grant_of(grant: uuid.UUID) -> Grant | None:
    """Return a grant as it is now; None where there is no such one."""
    return next(iter(_grants(GrantEvent.objects.filter(grant=grant).order_by("id"))), None)


def ask(user: uuid.UUID, role: Role, party: str, *, by: uuid.UUID | None) -> uuid.UUID:
    """Ask for a role of a user; a second person has to confirm it. Return the id of the grant."""
    alone(Lock.GRANTS)
    if not is_possible(role, party):
        raise Refused(f"{role}: not a role of {party or 'the coordination cell'}")
    if any(one.membership == Membership(role, party) and _is_alive(one) for one in grants(user)):
        raise Refused("the role is in force or asked for already")
    return _added(uuid.uuid4(), Step.ASKED, user, Membership(role, party), by).grant


def _added(
    grant: uuid.UUID, step: str, user: uuid.UUID, held: Membership, by: uuid.UUID | None
) -> GrantEvent:
    with of_engine():
        return GrantEvent.objects.create(
            grant=grant, step=step, user=user, role=held.role, party=held.party, by=by, at=timezone.now()
        )


def _is_alive(one: Grant) -> bool:
    return one.state in (Step.ASKED, Step.CONFIRMED)


def decide(grant: uuid.UUID, step: str, *, by: uuid.UUID | None) -> Grant:
    """Confirm, refuse or revoke a grant; return it as it was before.

    Nobody decides on a role of their own, and whoever asked for it cannot confirm it.
    """
    alone(Lock.GRANTS)
    one = grant_of(grant)
    if one is None:
        raise Refused("no such grant")
    allowed = {Step.ASKED: (Step.CONFIRMED, Step.REFUSED), Step.CONFIRMED: (Step.REVOKED,)}
    if step not in allowed.get(Step(one.state), ()):
        raise Refused("the grant was decided in the meantime")
    if by is not None and step == Step.CONFIRMED and by == one.user:
        raise Refused("nobody confirms a role of their own")
    if step == Step.CONFIRMED and by == one.asked_by:
        raise Refused("a second person has to confirm the role")
    _added(grant, step, one.user, one.membership, by)
    return one
