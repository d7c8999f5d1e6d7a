"""Actions on persons and their roles: each checks the right on whom it changes, and is in the audit log."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.grants import Grant, Step, ask, decide, grant_of, grants
from konvoi.web.access.roles import Right, Role
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts import invitations
from konvoi.web.accounts.models import Invitation, User
from konvoi.web.accounts.sessions import sign_out_everywhere
from konvoi.web.record import writing

_ALIVE = (Step.ASKED, Step.CONFIRMED)
_NAMED = {Step.CONFIRMED: "role-confirmed", Step.REFUSED: "role-refused", Step.REVOKED: "role-revoked"}
_NOT_YOURS = "this is decided by an administrator"


def may_manage(viewer: Viewer, membership: Membership) -> bool:
    """Return True if a viewer may ask for, confirm, refuse and revoke a role of others.

    An administrator may for all roles; a desk for readers of its own party.
    """
    if viewer.may(Right.ADMINISTER):
        return True
    own = bool(membership.party) and membership.party == viewer.party
    return viewer.may(Right.INVITE) and own and membership.role == Role.READER


def may_decide(viewer: Viewer, one: Grant) -> bool:
    """Return True if a viewer may confirm or refuse a role: not its own, and none that it asked for."""
    return (
        one.state == Step.ASKED
        and may_manage(viewer, one.membership)
        and viewer.user not in (None, one.user, one.asked_by)
    )


@dataclass(frozen=True)
class Person:
    """A person as administration shows it. grants: those that the viewer may manage, all steps of each."""

    user: User
    grants: tuple[Grant, ...]
    invitation: Invitation | None = None

    @property
    def state(self) -> str:
        """The state of the account: a message id."""
        if self.user.is_active:
            return "active"
        if self.invitation is None:
            return "closed"
        return "invited" if self.invitation.expires >= timezone.now() else "invitation expired"


def persons(viewer: Viewer) -> list[Person]:
    """Return the persons whom a viewer may manage, by name: all, or those with a role of its party."""
    by_user: dict[uuid.UUID, list[Grant]] = {}
    for one in grants():
        if may_manage(viewer, one.membership):
            by_user.setdefault(one.user, []).append(one)
    waiting = {one.user_id: one for one in Invitation.objects.filter(accepted=None)}
    found = User.objects.all() if viewer.may(Right.ADMINISTER) else User.objects.filter(pk__in=by_user)
    people = [Person(one, tuple(by_user.get(one.pk, ())), waiting.get(one.pk)) for one in found]
    return sorted(people, key=lambda one: (str(one.user).casefold(), one.user.email))


def person(viewer: Viewer, user: uuid.UUID) -> Person | None:
    """Return a person whom a viewer may manage; None for others."""
    return next((one for one in persons(viewer) if one.user.pk == user), None)


def waiting(viewer: Viewer) -> list[Grant]:
    """Return the roles that wait for a decision of the viewer."""
    return [one for one in grants() if may_decide(viewer, one)]


def invite(*, viewer: Viewer, email: str, name: str, wanted: Sequence[Membership]) -> tuple[User, str]:
    """Invite a person and ask for its roles; return the account and the secret of the link."""
    if not wanted:
        raise Refused("choose a role for the person")
    with writing():
        _check(viewer, wanted)
        user, secret = invitations.invite(email, name, by=_user(viewer))
        record(viewer, "user-invited", object=user.pk)
        for one in wanted:
            _ask(viewer, user, one)
    return user, secret


def renew(*, viewer: Viewer, user: uuid.UUID) -> str:
    """Make a link to open an account or to choose a new password; a former one is void. Return its secret."""
    with writing():
        found = _managed(viewer, user)
        if found.user.is_active and (not viewer.may(Right.ADMINISTER) or viewer.user == user):
            raise Refused(_NOT_YOURS)
        secret = invitations.renew(found.user, by=_user(viewer))
        record(viewer, "invitation-renewed", object=user)
    return secret


def ask_role(*, viewer: Viewer, user: uuid.UUID, membership: Membership) -> None:
    """Ask for another role of a person; a second person has to confirm it."""
    with writing():
        found = _managed(viewer, user)
        _check(viewer, [membership])
        if viewer.user == user:
            raise Refused("nobody asks for a role of their own here; another administrator does")
        _ask(viewer, found.user, membership)


def decide_role(*, viewer: Viewer, grant: uuid.UUID, step: Step) -> Grant:
    """Confirm, refuse or revoke a role of a person."""
    with writing():
        one = grant_of(grant)
        if one is None or not may_manage(viewer, one.membership):
            raise Refused("no such grant")
        if viewer.user == one.user:
            raise Refused("nobody decides on a role of their own")
        decide(grant, step, by=viewer.user)
        detail = {"role": str(one.membership.role), "user": str(one.user)}
        record(viewer, _NAMED[step], party=one.membership.party, object=grant, detail=detail)
    return one


def deactivate(*, viewer: Viewer, user: uuid.UUID) -> None:
    """Close an account: its sessions, links and tokens end at once. Its roles stay as they are."""
    with writing():
        found = _of_administrator(viewer, user)
        User.objects.filter(pk=user).update(is_active=False)
        sign_out_everywhere(found)
        record(viewer, "user-deactivated", object=user)


def activate(*, viewer: Viewer, user: uuid.UUID) -> None:
    """Open an account again that was closed."""
    with writing():
        found = _of_administrator(viewer, user)
        if Invitation.objects.filter(user=found, accepted=None).exists():
            raise Refused("the invitation of this person is still open")
        if not found.has_usable_password() and not found.last_login:
            # Nobody has ever signed in: there is nothing to sign in with.
            raise Refused("nobody has used this account yet; invite the person again")
        User.objects.filter(pk=user).update(is_active=True)
        record(viewer, "user-activated", object=user)


def confirm_as_operator(email: str) -> list[Grant]:
    """Confirm all roles that persons asked for a user, as the operator of the machine."""
    with writing():
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise Refused(f"{email}: no such account")
        found = [one for one in grants(user.pk) if one.state == Step.ASKED and one.asked_by is not None]
        if not found:
            raise Refused(f"{email}: no role waits to be confirmed")
        for one in found:
            decide(one.id, Step.CONFIRMED, by=None)
            detail = {"role": str(one.membership.role), "user": str(user.pk)}
            record(Viewer(), "role-confirmed", party=one.membership.party, object=one.id, detail=detail)
    return found


def _ask(viewer: Viewer, user: User, one: Membership) -> None:
    grant = ask(user.pk, one.role, one.party, by=viewer.user)
    detail = {"role": str(one.role), "user": str(user.pk)}
    record(viewer, "role-asked", party=one.party, object=grant, detail=detail)


def _check(viewer: Viewer, wanted: Iterable[Membership]) -> None:
    if not all(may_manage(viewer, one) for one in wanted):
        raise Refused(
            "a desk asks for readers of its own party; other roles are asked for by an administrator"
        )


def _managed(viewer: Viewer, user: uuid.UUID) -> Person:
    found = person(viewer, user)
    if found is None:
        raise Refused("no such person")
    return found


def _of_administrator(viewer: Viewer, user: uuid.UUID) -> User:
    if not viewer.may(Right.ADMINISTER):
        raise Refused(_NOT_YOURS)
    if viewer.user == user:
        raise Refused("nobody closes or opens their own account")
    return _managed(viewer, user).user


def _user(viewer: Viewer) -> User | None:
    return User.objects.filter(pk=viewer.person).first()
