"""Views of invitations: a person opens its account with a password, or with an identity provider."""

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.second_factor import has_second_factor
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts import invitations
from konvoi.web.accounts.sessions import end_sessions
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.sign_in.adapters import LINKING
from konvoi.web.sign_in.views import enter


def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation, and open its account with the name and password that were chosen."""
    found = invitations.open_invitation(secret)
    if found is None:
        messages.error(request, say("The invitation was used or is too old. Ask for a new one."))
        return redirect("account_login")
    values: dict[str, object] = {
        "invitation": found,
        "secret": secret,
        "name": request.POST.get("name", found.name),
        "provider": settings.KONVOI_OIDC_NAME,
    }
    if request.method != "POST":
        return render(request, "accounts/invitation.html", values)
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        return render(
            request, "accounts/invitation.html", {**values, "errors": [say("The passwords differ.")]}
        )
    try:
        with writing():
            user = invitations.accept(found, name=str(values["name"]), password=password)
            end_sessions(user)
            record(Viewer(user.pk), "invitation-accepted", object=user.pk)
    except ValidationError as error:
        return render(request, "accounts/invitation.html", {**values, "errors": error.messages})
    except Refused as error:
        tell_refusal(request, error)
        return redirect("account_login")
    if has_second_factor(user.pk):
        # A new password takes the place of the first factor alone.
        messages.success(request, say("The password is stored. Sign in with it."))
        return redirect("account_login")
    return enter(request, user, "password")


def link_identity(request: HttpRequest, secret: str) -> HttpResponse:
    """Go on to the identity provider; the identity that comes back is linked to the account."""
    found = invitations.open_invitation(secret)
    if found is None or not settings.KONVOI_OIDC_NAME:
        messages.error(request, say("The invitation was used or is too old. Ask for a new one."))
        return redirect("account_login")
    request.session[LINKING] = found.digest
    provider = get_adapter(request).get_provider(request, settings.KONVOI_OIDC_ID)
    return redirect(provider.get_login_url(request, process="login"))
