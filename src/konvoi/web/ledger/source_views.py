"""Views of source cells."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.gateways.files import SUBMISSIONS
from konvoi.kit.digest import key
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.entries import entry_facts
from konvoi.web.ledger.source import Origin, origins
from konvoi.web.pages.frames import shown_in, to_overview


def source(request: HttpRequest, record: str) -> HttpResponse:
    """Show the place of a record in its document, with the rows around it."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    found = origins(opened, record)
    if not found:
        raise Http404
    entry = next(iter(opened.rows("entries", where={"entry": record}, limit=1).rows), None)
    values = {
        "record": record,
        "origins": [_shown(viewer, one) for one in found],
        "facts": entry_facts(viewer, entry) if entry else (),
    }
    return shown_in(request, "ledger/source.html", values, opened)


def _shown(viewer: Viewer, one: Origin) -> Mapping[str, Any]:
    """Return a place with the id of its document where the viewer may open the whole of it."""
    path = f"{SUBMISSIONS}/{one.document}"
    return {"at": one, "document": key(path, one.digest)[:20] if viewer.owns(one.party) else ""}
