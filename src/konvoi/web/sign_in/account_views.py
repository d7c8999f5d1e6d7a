"""Views of one's own account: preferences, tokens of programs, and what is held about oneself."""

import json
import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from konvoi.gateways.refusal import Refused
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import BY_ROLE, Right
from konvoi.web.accounts.models import ApiToken
from konvoi.web.accounts.tokens import LONGEST
from konvoi.web.pages.attachments import attachment
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.sign_in import own_account
from konvoi.web.sign_in.held_about import held_about

_MAY = {"may_decide": Right.DECIDE, "may_negotiate": Right.NEGOTIATE, "may_screen": Right.SCREEN}
"""Scopes that the form offers to those alone who have the right."""


def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account: roles, sign-in, preferences, tokens."""
    return _page(request)


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    viewer = viewer_of(request)
    today = timezone.now().date()
    values = {
        "memberships": viewer.memberships,
        "locked": viewer.locked,
        "tokens": own_account.tokens(viewer),
        "parties": sorted({one.party for one in viewer.memberships}),
        **{
            name: any(right in BY_ROLE[one.role] for one in viewer.memberships)
            for name, right in _MAY.items()
        },
        "now": timezone.now(),
        "first": today.isoformat(),
        "last": date.fromordinal(today.toordinal() + LONGEST).isoformat(),
        **more,
    }
    return render(request, "accounts/account.html", values)


def preferences(request: HttpRequest) -> HttpResponse:
    """Keep preferences: single keys, and the daily mail."""
    own_account.choose(
        viewer=viewer_of(request),
        keys=request.POST.get("keys") == "on",
        digest=request.POST.get("digest") == "on",
    )
    messages.success(request, say("The preferences are stored."))
    return redirect("account")


def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it once."""
    given = {name: request.POST.get(name, "") for name in ("name", "party", "scope", "until")}
    try:
        until = date.fromisoformat(given["until"])
    except ValueError:
        until = date.min
    try:
        token, secret = own_account.make(
            viewer=viewer_of(request),
            name=given["name"],
            party=given["party"],
            scope=given["scope"],
            until=until,
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect("account")
    return _page(request, made=token, secret=secret)


def revoke_token(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Make a token of one's own void."""
    viewer = viewer_of(request)
    if not ApiToken.objects.filter(pk=token, user_id=viewer.person).exists():
        raise Http404
    own_account.revoke(viewer=viewer, token=token)
    messages.success(request, say("The token is void."))
    return redirect("account")


def export(request: HttpRequest) -> HttpResponse:
    """Give all that is held about oneself as JSON."""
    viewer = viewer_of(request)
    found = held_about(viewer)
    own_account.exported(viewer=viewer)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return attachment(text, "konvoi-account.json", "application/json")
