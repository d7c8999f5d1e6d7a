"""Removal of what is held about persons and no longer needed; chains keep their events."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from konvoi.flow.erasures import ACCOUNT, Erasure
from konvoi.flow.instance.erase_person import record_erasures
from konvoi.flow.retention import days
from konvoi.web.access.models import AuditEvent, Note
from konvoi.web.accounts.kept_answers import forget_answers
from konvoi.web.accounts.models import ApiToken, Invitation, SignInLink, User
from konvoi.web.instance import instance
from konvoi.web.record import settings_now
from konvoi.web.runs.models import Job
from konvoi.web.sign_in.erase_account import erase_account


def forget() -> int:
    """Remove what has been kept for its time; return how many accounts were erased.

    Sessions and links go once they have ended, what tells of them after the days of `sign_ins`.
    """
    now, known = timezone.now(), settings_now().retention
    past = now - timedelta(days=days(known, "sign_ins"))
    Session.objects.filter(expire_date__lt=now).delete()
    SignInLink.objects.filter(expires__lt=now).delete()
    UserSession.objects.filter(last_seen_at__lt=past).delete()
    Invitation.objects.filter(accepted__lt=past).delete()
    ApiToken.objects.filter(Q(revoked__lt=past) | Q(expires__lt=past)).delete()
    forget_answers()
    Note.objects.filter(at__lt=now - timedelta(days=days(known, "purposes"))).delete()
    Job.objects.filter(ended__lt=now - timedelta(days=days(known, "jobs"))).delete()
    closed = now - timedelta(days=days(known, "closed_accounts"))
    found = [*_closed_before(closed), *_never_opened(past)]
    for one in found:
        _erase(one, now)
    return len(found)


def _erase(user: User, now: datetime) -> None:
    """Erase an account; the list says it before, so that an older backup brings nobody back."""
    found = Erasure(ACCOUNT, str(user.pk), now.date().isoformat())
    record_erasures(instance().folder, [found], at=now.isoformat(timespec="seconds"))
    erase_account(user)


def _closed_before(limit: datetime) -> list[User]:
    """Return accounts that were closed before a time, and not opened again."""
    found = []
    for user in User.objects.filter(is_active=False):
        told = AuditEvent.objects.filter(action="user-deactivated", object=str(user.pk)).order_by("-number")
        last = told.first()
        if last is not None and last.at < limit:
            found.append(user)
    return found


def _never_opened(limit: datetime) -> list[User]:
    """Return accounts whose invitation ended before a time without having been followed."""
    waiting = Invitation.objects.filter(accepted=None, user__is_active=False, user__last_login=None)
    late = [one.user for one in waiting.filter(expires__lt=limit).select_related("user")]
    return [one for one in late if one is not None and not one.has_usable_password()]
