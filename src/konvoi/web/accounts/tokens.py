"""Tokens of programs. The database holds a digest; the token itself is shown once."""

import secrets
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.web.accounts.models import SCOPES, ApiToken, User

LONGEST = 366
"""Days for which a token is valid at most."""
PREFIX = "konvoi_"
"""The beginning of a token, by which one that was published by mistake is found."""


def make_token(user: User, *, name: str, party: str, scope: str, until: date) -> tuple[ApiToken, str]:
    """Make a token that is valid to the end of a day; return it and its secret."""
    today = timezone.now().date()
    if not name.strip():
        raise Refused("the token needs a name")
    if scope not in SCOPES:
        raise Refused("the scope of a token is read, submit, decide, negotiate or screen")
    if not today <= until <= today + timedelta(days=LONGEST):
        raise Refused("a token is valid for one day to one year")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        digest=digest(secret.encode()),
        user=user,
        name=name.strip()[:100],
        party=party,
        scope=scope,
        expires=datetime.combine(until, time.max, UTC),
    )
    return token, secret


def revoke(token: ApiToken) -> bool:
    """Make a token void; return False where it was so already."""
    return bool(ApiToken.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now()))
