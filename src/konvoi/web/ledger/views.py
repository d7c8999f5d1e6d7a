"""Views of packages."""

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.ledger.frame import shown, waiting
from konvoi.web.ledger.links import address
from konvoi.web.ledger.package import PAGE, package_of, packages, parties


def ledger(request: HttpRequest) -> HttpResponse:
    """List the packages, by partner."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return waiting(request)
    party = request.GET.get("party", "")
    text = request.GET.get("page", "1")
    page = int(text) if text.isdecimal() and 0 < len(text) < 6 else 1
    rows, total = packages(viewer, opened, party, max(1, page))
    further = {
        name: address("ledger", viewer, party=party, page=str(number))
        for name, number in (("before", page - 1), ("after", page + 1))
        if 1 <= number <= -(-total // PAGE)
    }
    values = {
        "packages": rows,
        "total": total,
        "parties": parties(opened),
        "party": party,
        "further": further,
    }
    return shown(request, "ledger/packages.html", values, opened)


def package_page(request: HttpRequest, package: str) -> HttpResponse:
    """Show all of one package: entries, earlier statements, duplicates, changes in new versions."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return waiting(request)
    found = package_of(viewer, opened, package, request.GET.get("party", ""))
    if found is None:
        raise Http404
    return shown(request, "ledger/package.html", {"package": found}, opened)
