"""Views of packages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.ledger.links import address
from konvoi.web.ledger.package import package_of
from konvoi.web.ledger.traceability import traceability
from konvoi.web.pages.frames import shown_in, to_overview


def ledger(request: HttpRequest) -> HttpResponse:
    """Go to the packages, with which the ledger begins."""
    return redirect(address("packages", viewer_of(request)))


def package_page(request: HttpRequest, package: str) -> HttpResponse:
    """Show all of one package: entries, agreements behind it, what was done for it, duplicates, changes."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    found = package_of(viewer, opened, package)
    if found is None:
        raise Http404
    path = traceability(viewer, opened, package)
    return shown_in(request, "ledger/package.html", {"package": found, "path": path}, opened)
