"""Links that sign a person in once. Their secret is in the link alone; the database holds its digest."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from konvoi.kit.digest import digest
from konvoi.web.accounts.models import SignInLink, User

MINUTES = 10


def make_link(user: User) -> str:
    """Return the path of a link that signs a user in once within ten minutes."""
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.filter(expires__lt=timezone.now()).delete()
    expires = timezone.now() + timedelta(minutes=MINUTES)
    SignInLink.objects.create(digest=digest(secret.encode()), user=user, expires=expires)
    return f"/start/{secret}"


def use_link(secret: str) -> User | None:
    """Return the user of a link and make it void; None where it is unknown, used, or too old."""
    with transaction.atomic():
        found = (
            SignInLink.objects.select_related("user")
            .filter(digest=digest(secret.encode()), expires__gte=timezone.now(), user__is_active=True)
            .first()
        )
        # Of two who follow it at once, one deletes it.
        if found is None or not SignInLink.objects.filter(pk=found.pk).delete()[0]:
            return None
        return found.user
