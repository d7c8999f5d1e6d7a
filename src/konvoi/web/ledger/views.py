"""Views of packages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.ledger.frame import shown, waiting
from konvoi.web.ledger.links import address
from konvoi.web.ledger.package import package_of


def ledger(request: HttpRequest) -> HttpResponse:
    """Go to the packages, with which the ledger begins."""
    return redirect(address("packages", viewer_of(request)))


def package_page(request: HttpRequest, package: str) -> HttpResponse:
    """Show all of one package: entries, earlier statements, duplicates, changes in new versions."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return waiting(request)
    found = package_of(viewer, opened, package)
    if found is None:
        raise Http404
    return shown(request, "ledger/package.html", {"package": found}, opened)
