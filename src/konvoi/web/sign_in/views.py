"""Views of sign-in by link, and of the role in use."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.web.access.audit import record
from konvoi.web.access.grants import Step, grants
from konvoi.web.access.requests import ACTING, viewer_of
from konvoi.web.access.scope import of_engine
from konvoi.web.access.second_factor import has_second_factor, is_needed
from konvoi.web.accounts.links import use_link
from konvoi.web.accounts.models import User
from konvoi.web.pages.texts import say
from konvoi.web.record import writing

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def start(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign a person in by a link. A page asks first: what looks at links in mails must not use them up."""
    if request.method != "POST":
        return render(request, "accounts/start.html", {"secret": secret})
    user = use_link(secret)
    if user is None:
        messages.error(request, say("The link was used or is too old. Ask for a new one."))
        return redirect("account_login")
    return enter(request, user, "link")


def enter(request: HttpRequest, user: User, method: str) -> HttpResponse:
    """Sign a person in and go on: to the second factor where a role that is asked for or given needs one."""
    login(request, user, backend=BACKEND)
    # Who has just chosen a password is not asked for it again before a second factor is set up.
    record_authentication(request, user, method=method, reauthenticated=method == "password" or None)
    with of_engine():
        roles = [one.membership for one in grants(user.pk) if one.state in (Step.ASKED, Step.CONFIRMED)]
    if is_needed(roles) and not has_second_factor(user.pk):
        messages.info(
            request, say("Your role needs a second factor. Set up an authenticator app or a passkey.")
        )
        return redirect("mfa_index")
    return redirect("/")


def act_as(request: HttpRequest) -> HttpResponse:
    """Choose the role in use among one's own; another one changes nothing."""
    viewer = viewer_of(request)
    chosen = next((one for one in viewer.memberships if one.key == request.POST.get("acting", "")), None)
    if chosen is None:
        messages.error(request, say("This role is not in force."))
    else:
        request.session[ACTING] = chosen.key
        with writing():
            record(viewer, "role-chosen", party=chosen.party, object=chosen.key)
    return redirect("/")
