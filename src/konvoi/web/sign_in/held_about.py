"""All that an instance holds about a person."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import ApiToken, Invitation, User
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload


def held_about(viewer: Viewer) -> dict[str, Any]:
    """Return what is held about the viewer as plain values. Secrets and their digests are left out."""
    user = User.objects.get(pk=viewer.person)
    kept = ("id", "email", "name", "language", "keys", "digest", "seen", "last_login", "created")
    event = ("at", "actor", "acted_as", "action", "party", "object", "detail")
    step = ("step", "role", "party", "user", "by", "at")
    token = ("name", "party", "scope", "created", "expires", "revoked", "used")
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
            Invitation.objects.filter(user=user), ("email", "created", "expires", "accepted")
        ),
        "tokens": _rows(ApiToken.objects.filter(user=user), token),
        "uploads": _rows(Upload.objects.filter(user=user.pk), ("party", "state", "created")),
        "runs": _rows(Job.objects.filter(asked_by=user.pk), ("kind", "state", "created", "ended")),
        "audit log": _rows(AuditEvent.objects.filter(actor=str(user.pk)).order_by("number"), event),
    }


def _rows(found: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in found.values(*names)]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | dict | None) else str(value)
