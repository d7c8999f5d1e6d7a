"""Views of sign-in by link, of one's own account, and of the role in use."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.web.access.audit import record
from konvoi.web.access.requests import ACTING, viewer_of
from konvoi.web.accounts.links import use_link
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
    login(request, user, backend=BACKEND)
    return redirect("/")


def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account: roles, sign-in, sessions."""
    return render(request, "accounts/account.html", {"memberships": viewer_of(request).memberships})


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
