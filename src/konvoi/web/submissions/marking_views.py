"""The form by which a desk changes marking and count mode of the records of a document."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.gateways.refusal import Refused
from konvoi.model.markings import MARKINGS
from konvoi.model.naming import localized
from konvoi.model.stages import COUNT_MODES
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.record import state_of
from konvoi.web.submissions import markings
from konvoi.web.submissions.views import form_key


def marking(request: HttpRequest, own: str) -> HttpResponse:
    """Show the form; hand in what it states, to be seen by its effects and confirmed.

    own: a document of the viewer's own party.
    """
    viewer = viewer_of(request)
    one = markings.document_for(viewer, own)
    given = request.POST
    error = ""
    if request.method == "POST":
        try:
            upload = markings.state_markings(
                viewer=viewer,
                document=own,
                chosen=given.getlist("record") if given.get("which") == "some" else (),
                marking=markings.marking_chosen(viewer, given.get("marking", ""), given.get("parties", "")),
                count_mode=markings.mode_chosen(given.get("count_mode", "")),
                base=given.get("base", ""),
                key=form_key(request),
            )
        except Refused as refused:
            error = refusal_text(refused)
        else:
            return redirect("upload", upload=upload.pk)
    records = markings.records_of(one)
    values = {
        "document": one,
        "error": error,
        "records": records[: markings.MOST],
        "count": len(records),
        "chosen": given.getlist("record"),
        "which": given.get("which", "all"),
        "marking": given.get("marking", ""),
        "named_parties": given.get("parties", ""),
        "count_mode": given.get("count_mode", ""),
        "markings": [(name, localized("choice", name, code())) for name in MARKINGS],
        "modes": [
            (name, localized("choice", name, code()), markings.SENTENCES[name]) for name in COUNT_MODES
        ],
        "counts": any(record.count_mode for record in records),
        "base": state_of(one.party),
        "key": uuid.uuid4(),
    }
    return render(request, "submissions/marking.html", values)
