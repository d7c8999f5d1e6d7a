"""Pages of errors: the same for what does not exist and for what one may not see."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from konvoi.web.access.viewer import Viewer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer for an address that is not there; nobody yet is asked to sign in, whatever the address is."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is not None and viewer.user is None and "Authorization" not in request.headers:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    # No entry of the navigation is marked: a page that is hidden is answered as one that is not there.
    return render(request, "error.html", {"problem": "not found", "current": ""}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after a mistake of ours, without asking the database for anything."""
    return HttpResponse(
        "<!DOCTYPE html><html lang='en'><title>Error</title><h1>Error</h1>"
        "<p>The page could not be made. Nothing was changed. The administrator finds it in the log.</p>"
        "<p><a href='/'>Overview</a></p></html>",
        status=500,
    )


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for a form that did not come from a page of this session."""
    return render(request, "error.html", {"problem": "form"}, status=403)
