"""Rules of sign-in for the library that does it: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.invitations import accept, opened
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.record import writing

LINKING = "linking"
"""Key of the session: the digest of the invitation to whose account an outside identity is linked."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are made by invitation."""
        return False

    def is_reauthentication_required(self, app: str) -> bool:
        """Return True where a person has a password or a second factor with which to show who it is."""
        return bool(get_reauthentication_flows(context.request.user))


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
        found = opened(linked) if linked else None
        if found is None:
            messages.error(request, say("This identity is not linked to an account. Ask for an invitation."))
            raise ImmediateHttpResponse(redirect("account_login"))
        try:
            with writing():
                user = accept(found)
                sociallogin.connect(request, user)
                record(Viewer(user.pk), "invitation-accepted", object=user.pk)
                record(Viewer(user.pk), "identity-linked", object=user.pk)
        except Refused as error:
            tell_refusal(request, error)
            raise ImmediateHttpResponse(redirect("account_login")) from error
