"""View of the mapping of a file that no format fits: columns to fields, tried on some rows, then saved."""

import uuid
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.flow.submissions.map_file import proposed_mapping, tried_mappings
from konvoi.gateways.refusal import Refused
from konvoi.intake.mapping_proposal import CANDIDATES, Proposal
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.submissions import mappings
from konvoi.web.submissions.actions import upload_for


def mapping(request: HttpRequest, upload: uuid.UUID, number: int) -> HttpResponse:
    """Show how a file is read: proposed, tried with the first rows, or saved for its sender."""
    viewer = viewer_of(request)
    one = upload_for(viewer, upload)
    path = mappings.file_of(one, number)
    if path is None:
        raise Http404
    error, found, values = "", None, request.GET
    try:
        if request.method == "POST":
            stated = mappings.stated({name: str(value) for name, value in request.POST.items()})
            found = tried_mappings(path, stated)
            if "save" in request.POST and not found.open():
                mappings.save(viewer=viewer, upload=one, mappings=stated)
                return redirect("upload", upload=one.pk)
        else:
            found = _proposed(path, values.get("table", ""), one.party)
    except Refused as refused:
        error = refusal_text(refused)
    shown = {
        "upload": one,
        "number": number,
        "name": path.name,
        "error": error,
        "found": found,
        "head": [] if found is None else found.head,
        "fields": [] if found is None else mappings.fields(found),
        "open": () if found is None else found.open(),
        "tables": mappings.tables(),
        "table": values.get("table", ""),
        "wants_save": "save" in request.POST,
    }
    return render(request, "submissions/mapping.html", shown)


def _proposed(path: Path, table: str, party: str) -> Proposal:
    return proposed_mapping(path, table=table if table in CANDIDATES else "", given={"party": party})
