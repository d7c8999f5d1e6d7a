"""Shared parts of pages that show results: the way where there are none yet, and the view digest."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened


def to_overview(request: HttpRequest) -> HttpResponse:
    """Answer where there are no results yet: the overview asks for them and shows how far they are."""
    return redirect(f"/{viewer_of(request).day_query}")


def shown_in(
    request: HttpRequest, template: str, values: Mapping[str, object], opened: Opened
) -> HttpResponse:
    """Return a page with the view digest, which covers only what the reader may see."""
    response = render(request, template, dict(values))
    response["Konvoi-View"] = opened.manifest.digest
    return response
