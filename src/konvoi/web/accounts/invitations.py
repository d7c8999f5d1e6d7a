"""Invitations by link: for one person, for seven days, used once. Only a digest of the secret is stored."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.web.accounts.models import Invitation, User

DAYS = 7


def invite(email: str, name: str, *, by: User | None) -> tuple[User, str]:
    """Make an account that nobody can sign in to yet, and its invitation. Return it and the secret."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(f"“{email}” is not an e-mail address") from None
    if User.objects.filter(email__iexact=address).exists():
        raise Refused(f"{address} cannot be invited: there is an account or an invitation already")
    user = User.objects.create_user(address, name.strip()[:200])
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    return user, _invitation(user, by)


def renew(user: User, *, by: User | None) -> str:
    """Return the secret of a new invitation, to open an account or to choose a new password for one.

    A former one that is open is void. Refused for an account that was closed.
    """
    if not Invitation.objects.filter(user=user, accepted=None).delete()[0] and not user.is_active:
        raise Refused("the account is closed; open it again first")
    return _invitation(user, by)


def _invitation(user: User, by: User | None) -> str:
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        digest=digest(secret.encode()),
        email=user.email,
        name=user.name,
        invited_by=by,
        user=user,
        expires=timezone.now() + timedelta(days=DAYS),
    )
    return secret


def open_invitation(secret: str) -> Invitation | None:
    """Return the invitation of a link; None where it is unknown, used, or too old."""
    return opened(digest(secret.encode()))


def opened(key: str) -> Invitation | None:
    """Return an open invitation by the digest of its secret."""
    return (
        Invitation.objects.select_related("user")
        .filter(digest=key, accepted=None, expires__gte=timezone.now(), user__isnull=False)
        .first()
    )


def accept(invitation: Invitation, *, name: str = "", password: str | None = None) -> User:
    """Open the account of an invitation; refused where somebody used it in the meantime.

    password: None where the person signs in with an identity provider. ValidationError: of the password.
    """
    user = invitation.user
    if user is None:
        raise Refused("the invitation was used or is too old; ask for a new one")
    user.name = name.strip()[:200] or user.name
    if password is not None:
        validate_password(password, user)
    # Of two who follow the link at once, one changes the row.
    mine = Invitation.objects.filter(pk=invitation.pk, accepted=None)
    if not mine.update(accepted=timezone.now()):
        raise Refused("the invitation was used or is too old; ask for a new one")
    if password is not None:
        user.set_password(password)
    user.is_active = True
    user.save()
    return user
