"""The second factor that some roles need before they are in force."""

import uuid
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings

from konvoi.web.access.roles import SECOND_FACTOR
from konvoi.web.access.viewer import Membership

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_needed(held: Iterable[Membership]) -> bool:
    """Return True if one of the roles is not in force without a second factor."""
    return settings.KONVOI_SECOND_FACTOR and any(one.role in SECOND_FACTOR for one in held)


def has_second_factor(user: uuid.UUID) -> bool:
    """Return True if a person has a passkey or an authenticator app."""
    return bool(Authenticator.objects.filter(user_id=user, type__in=_FACTORS).exists())


def in_force(user: uuid.UUID, held: tuple[Membership, ...]) -> tuple[Membership, ...]:
    """Return the confirmed roles of a person that are in force: all, or those without a second factor."""
    if not is_needed(held) or has_second_factor(user):
        return held
    return tuple(one for one in held if one.role not in SECOND_FACTOR)
