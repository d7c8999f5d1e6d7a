"""Mail that says once a day that something waits, without saying what."""

from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.utils import timezone, translation

from konvoi.web.access.grants import memberships
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import User
from konvoi.web.overview.tasks import tasks
from konvoi.web.pages.texts import say

_KEPT = 3 * 24 * 3600
_FROM = 6
"""Hour of the day (UTC) from which mails are sent."""


def send_digests() -> int:
    """Send the mails of the day that were not sent yet; return how many."""
    now = timezone.now()
    if not settings.KONVOI_ADDRESS or not settings.EMAIL_HOST or now.hour < _FROM:
        return 0
    sent = 0
    for user in User.objects.filter(is_active=True, digest=True):
        # The first worker that puts the mark sends the mail.
        if waits_for(user) and cache.add(_mark(user, now.date()), "sent", _KEPT):
            with translation.override(user.language or "en"):
                _send(user)
            sent += 1
    return sent


def waits_for(user: User) -> bool:
    """Return True if something waits for a user in one of the roles."""
    found = memberships(user.id)
    viewers = [Viewer(user.id, one, found) for one in found]
    return any(tasks(one, view(one)) for one in viewers)


def _mark(user: User, day: date) -> str:
    return f"digest-{user.pk}-{day.isoformat()}"


def _send(user: User) -> None:
    text = say("Something waits for you. Sign in to see it: {address}", address=settings.KONVOI_ADDRESS)
    more = say("You can turn off these mails in your account.")
    send_mail("Konvoi", f"{text}\n\n{more}\n", None, [user.email], fail_silently=False)
