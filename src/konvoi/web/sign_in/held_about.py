"""All that an instance holds about a person."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q

from konvoi.flow.contact_store import contacts
from konvoi.flow.retention import DAYS, days
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.scope import of_engine
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import ApiToken, Invitation, KeptAnswer, User
from konvoi.web.deliveries.models import ReceiptProof
from konvoi.web.form_rows.models import FormRow
from konvoi.web.instance import instance
from konvoi.web.matching.answers import answers_now
from konvoi.web.matching.models import OpinionAsked
from konvoi.web.planning.models import Scenario
from konvoi.web.record import receipts, settings_now
from konvoi.web.reports.models import CalendarFeed, ReleaseEvent
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload


def held_about(viewer: Viewer) -> dict[str, Any]:
    """Return what is held about the viewer as plain values. Secrets and their digests are left out."""
    # Events that others caused about the person belong to it, whatever a request may see otherwise.
    with of_engine():
        return _held(viewer)


def _held(viewer: Viewer) -> dict[str, Any]:
    user = User.objects.get(pk=viewer.person)
    kept = ("id", "email", "name", "language", "keys", "digest", "seen", "last_login", "created")
    event = ("at", "actor", "acted_as", "action", "party", "object", "detail")
    step = ("step", "role", "party", "user", "by", "at")
    token = ("name", "party", "scope", "created", "expires", "revoked", "used")
    invitation = ("email", "name", "created", "expires", "accepted")
    feed = ("name", "role", "language", "created", "used", "revoked")
    session = ("ip", "user_agent", "created_at", "last_seen_at")
    return {
        "account": {name: _plain(getattr(user, name)) for name in kept},
        "roles": _rows(GrantEvent.objects.filter(user=user.pk), step),
        "roles of others": _rows(GrantEvent.objects.filter(by=user.pk).exclude(user=user.pk), step),
        "second factors": _rows(
            Authenticator.objects.filter(user=user), ("type", "created_at", "last_used_at")
        ),
        "identities": _rows(SocialAccount.objects.filter(user=user), ("provider", "uid", "date_joined")),
        "sessions": _rows(UserSession.objects.filter(user=user), session),
        "invitations": _rows(
            Invitation.objects.filter(Q(user=user) | Q(email__iexact=user.email)), invitation
        ),
        "invitations of others": _rows(Invitation.objects.filter(invited_by=user), ("created", "accepted")),
        "contacts": _contacts(user.email),
        "tokens": _rows(ApiToken.objects.filter(user=user), token),
        "answers kept for a day": _rows(
            KeptAnswer.objects.filter(user=user), ("key", "status", "body", "at")
        ),
        "calendar feeds": _rows(CalendarFeed.objects.filter(user=user), feed),
        "second opinions asked of others, and of this person": _rows(
            OpinionAsked.objects.filter(Q(by=user.pk) | Q(person=user.pk)), ("pair", "at")
        ),
        "decisions on pairs": [
            {"pair": one.pair, "decision": one.verdict, "at": one.at, "note": one.reason}
            for given in answers_now().values()
            for one in given
            if one.by == str(user.pk)
        ],
        "releases": _rows(
            ReleaseEvent.objects.filter(by=user.pk), ("release", "step", "reader", "day", "at", "reason")
        ),
        "uploads": _rows(Upload.objects.filter(user=user.pk), ("party", "state", "files", "created")),
        "uploads that others sent and this person confirmed": _rows(
            Upload.objects.filter(Q(outcome__first=str(user.pk)) | Q(outcome__second=str(user.pk))),
            ("party", "state", "created"),
        ),
        "proofs of receipts": _rows(
            ReceiptProof.objects.filter(user=user.pk), ("party", "receipt", "signer", "place", "created")
        ),
        "rows of forms": _rows(
            FormRow.objects.filter(user=user.pk), ("party", "table", "row", "state", "created")
        ),
        "rows of forms that this person confirmed": _rows(
            FormRow.objects.filter(second=user.pk), ("party", "table", "state", "created")
        ),
        "scenarios": _rows(Scenario.objects.filter(by=user.pk), ("name", "at")),
        "settings changed": [
            {"at": one.change.at, "reason": one.change.reason}
            for one in receipts()
            if one.change.by == str(user.pk)
        ],
        "retention, days": {log: days(settings_now().retention, log) for log in DAYS},
        "runs": _rows(Job.objects.filter(asked_by=user.pk), ("kind", "state", "created", "ended")),
        "audit log": _rows(
            AuditEvent.objects.filter(
                Q(actor=str(user.pk)) | Q(object=str(user.pk)) | Q(detail__user=str(user.pk))
            ).order_by("number"),
            event,
        ),
    }


def _contacts(address: str) -> list[dict[str, str]]:
    """Return the contacts with an address, as parties submitted them."""
    found = contacts(instance().folder).values()
    own = [one for one in found if one.email.casefold() == address.casefold()]
    return [
        {"party": one.party, "name": one.name, "function": one.function, "email": one.email} for one in own
    ]


def _rows(found: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in found.values(*names)]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | dict | list | None) else str(value)
