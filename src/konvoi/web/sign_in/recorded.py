"""Records of sign-in: who signed in and out, and changes of passwords and second factors."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction

from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import User


def _record(action: str, user: Any, kind: str = "") -> None:
    if not isinstance(user, User):
        return
    with transaction.atomic():
        record(Viewer(user.pk), action, object=user.pk, detail={"kind": kind} if kind else None)


def signed_in(sender: Any, user: Any = None, **_: Any) -> None:
    """Record a sign-in."""
    _record("signed-in", user)


def signed_out(sender: Any, user: Any = None, **_: Any) -> None:
    """Record a sign-out."""
    _record("signed-out", user)


def failed(sender: Any, **_: Any) -> None:
    """Record a sign-in that failed; who it was is not known, and what was typed is not kept."""
    with transaction.atomic():
        record(Viewer(), "sign-in-failed")


def new_password(sender: Any, user: Any = None, **_: Any) -> None:
    """Record a change of a password."""
    _record("password-changed", user)


def factor_added(sender: Any, user: Any = None, authenticator: Any = None, **_: Any) -> None:
    """Record a new second factor."""
    _record("factor-added", user, str(authenticator.type))


def factor_removed(sender: Any, user: Any = None, authenticator: Any = None, **_: Any) -> None:
    """Record the end of a second factor."""
    _record("factor-removed", user, str(authenticator.type))


def factor_reset(sender: Any, user: Any = None, authenticator: Any = None, **_: Any) -> None:
    """Record new recovery codes."""
    _record("factor-reset", user, str(authenticator.type))


def identity_removed(sender: Any, socialaccount: Any = None, **_: Any) -> None:
    """Record that an outside identity is no longer linked."""
    _record("identity-unlinked", socialaccount.user)


def connect() -> None:
    """Listen to what the libraries of sign-in tell."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(failed)
    for one in (password_changed, password_set, password_reset):
        one.connect(new_password)
    authenticator_added.connect(factor_added)
    authenticator_removed.connect(factor_removed)
    authenticator_reset.connect(factor_reset)
    social_account_removed.connect(identity_removed)
