"""Rules of sign-in for the library that does it: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from konvoi.web.accounts.models import User
from konvoi.web.pages.texts import say

LINKING = "linking"
"""Key of the session: the account to which an outside identity is linked, after an invitation was opened."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are made by invitation."""
        return False


class OutsideAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of an identity provider, known by (issuer, subject) and never by their e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Return False: an unknown identity makes no account."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link an unknown identity to the account of an invitation opened in this session; else refuse it."""
        if sociallogin.is_existing:
            return
        linked = request.session.pop(LINKING, "")
        user = User.objects.filter(pk=linked, is_active=True).first() if linked else None
        if user is None:
            messages.error(request, say("This identity is not linked to an account. Ask for an invitation."))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
