"""Files that are taken: the coordination cell states its purpose first, and the log holds who and why."""

from django.http import HttpRequest, HttpResponse

from konvoi.model.markings import PUBLIC
from konvoi.web.access.audit import record
from konvoi.web.access.purposes import ALL, purpose_of
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.purpose_views import ask_purpose
from konvoi.web.record import writing

OF_PROGRAMS = "token"
"""Purpose in the log where a program takes a file: it has no session in which one could be stated."""


def take(
    request: HttpRequest, name: str, *, reader: str = "", rows: int | None = None
) -> HttpResponse | None:
    """Record that a file is taken; return the way to the form where a purpose has to be stated first.

    reader: whose results the file holds; empty: those of the viewer. The public is nobody of whom something
    is kept, and what the public may read needs no purpose.
    """
    viewer = viewer_of(request)
    if viewer.user is None:
        return None
    reader = reader or viewer.reader
    purpose = OF_PROGRAMS if viewer.scope else purpose_of(request, ALL)
    if viewer.is_cell and reader != PUBLIC and not purpose:
        return ask_purpose(request, ALL)
    detail: dict[str, str | int | None] = {"reader": reader, "purpose": purpose}
    if rows is not None:
        detail["rows"] = rows
    with writing():
        record(viewer, "exported", party=viewer.party, object=name, detail=detail)
    return None
