"""Addresses of the library of sign-in that are in use, each with the right that it asks for."""

from collections.abc import Sequence
from functools import wraps
from typing import Any

from allauth.urls import urlpatterns as theirs
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, ROUTES, Route, View, guarded

USED = {
    "account_login": Right.OPEN,
    "account_logout": Right.OPEN,
    "account_inactive": Right.OPEN,
    "account_reauthenticate": Right.SIGNED_IN,
    "account_change_password": Right.SIGNED_IN,
    "account_set_password": Right.SIGNED_IN,
    "mfa_index": Right.SIGNED_IN,
    "mfa_authenticate": Right.OPEN,
    "mfa_reauthenticate": Right.SIGNED_IN,
    "mfa_activate_totp": Right.SIGNED_IN,
    "mfa_deactivate_totp": Right.SIGNED_IN,
    "mfa_view_recovery_codes": Right.SIGNED_IN,
    "mfa_generate_recovery_codes": Right.SIGNED_IN,
    "mfa_download_recovery_codes": Right.SIGNED_IN,
    "mfa_list_webauthn": Right.SIGNED_IN,
    "mfa_add_webauthn": Right.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Right.SIGNED_IN,
    "mfa_remove_webauthn": Right.SIGNED_IN,
    "mfa_edit_webauthn": Right.SIGNED_IN,
    "mfa_login_webauthn": Right.OPEN,
    "socialaccount_login_cancelled": Right.OPEN,
    "socialaccount_login_error": Right.OPEN,
    "openid_connect_login": Right.OPEN,
    "openid_connect_callback": Right.OPEN,
    "usersessions_list": Right.SIGNED_IN,
}
CLOSED = (
    "account_signup",
    "account_email",
    "socialaccount_signup",
    "socialaccount_connections",
)
"""Addresses that the library names in its pages and that are not in use: nobody signs up alone."""


def absent(request: HttpRequest, **_: object) -> HttpResponse:
    """Answer as for an address that does not exist."""
    raise Http404


def forgetting(answer: View) -> View:
    """Return a view after which the browser forgets what pages keep on the device."""

    @wraps(answer)
    def answered(request: HttpRequest, **given: Any) -> HttpResponseBase:
        response = answer(request, **given)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"storage"'
        return response

    return answered


def _guard(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return the patterns that are in use, with their rights asked for first."""
    found: list[URLPattern | URLResolver] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            below = _guard(one.url_patterns)
            if below:
                found.append(URLResolver(one.pattern, below, {}))
        elif one.name in USED:
            known = Route(USED[one.name], FORMS)
            ROUTES[one.name] = known
            view = forgetting(one.callback) if one.name == "account_logout" else one.callback
            found.append(URLPattern(one.pattern, guarded(view, known), {}, one.name))
        elif one.name in CLOSED:
            found.append(URLPattern(one.pattern, absent, {}, one.name))
    return found


urlpatterns = _guard(theirs)
