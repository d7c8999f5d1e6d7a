"""Views of forms of rows: what is written there is handed in, checked, and confirmed like any other file."""

import uuid
from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from konvoi.gateways.refusal import Refused
from konvoi.report.case import Case
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.row_forms import MARKINGS, RowForm, fields, written
from konvoi.web.submissions.rows import hand_in_rows
from konvoi.web.submissions.views import form_key, party_named


def may_add(viewer: Viewer, form: RowForm) -> bool:
    """Return True where a form is there for a viewer: the recipient, a partner, or a planner for either."""
    party = viewer.party
    own = not party or (party == settings_now().recipient) == form.of_recipient
    return own and viewer.day is None and viewer.may_submit_for(party or settings_now().recipient)


def add(*, viewer: Viewer, form: RowForm, party: str, values: dict[str, str], key: uuid.UUID) -> Upload:
    """Hand in a new row of a party; it is checked and confirmed like any other file.

    Refused where another row that the viewer may see has its reference. The same key a second time gives the
    same upload, also where its row is part of the results by now.
    """
    if not viewer.may_submit_for(party):
        raise Http404
    known = Upload.objects.filter(pk=key, party=party).first()
    if known is not None and known.user == viewer.user:
        return known
    if (party == settings_now().recipient) != form.of_recipient:
        raise Refused(
            say("Needs and receipts are those of the recipient; offers and dispatches of partners.")
        )
    if (form.states and values[form.state] not in form.states) or values["marking"] not in MARKINGS:
        raise Refused(say("Choose one of the values that the form offers."))
    name, opened = values[form.key], view(viewer)
    if opened is not None and opened.rows(form.table, where={form.key: name}, limit=1).rows:
        raise Refused(say("“{name}” is in use already. Choose another reference.", name=name))
    row = {**values, **({form.party: party} if form.party else {})}
    return hand_in_rows(
        viewer=viewer, party=party, table=form.table, rows=[row], marking=values["marking"], key=key
    )


Attach = Callable[[HttpRequest, Viewer, Mapping[str, str]], Callable[[Upload], None]]
"""Reads what is sent beside a row, and returns what keeps it with the upload; Refused where it cannot."""


def add_view(
    form: RowForm,
    case_for: Callable[[HttpRequest], Case | None],
    *,
    template: str = "submissions/row-form.html",
    attach: Attach | None = None,
) -> Callable[..., HttpResponse]:
    """Return the view of a form. case_for: whose goods and sites can be chosen.

    Values in the address fill the fields, as the code on a printed order does.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        return _add(request, form, case_for(request), template, attach)

    answered.__name__ = f"{form.table}_add"
    return answered


def _add(
    request: HttpRequest, form: RowForm, case: Case | None, template: str, attach: Attach | None
) -> HttpResponse:
    sent = request.method == "POST"
    given = request.POST if sent else request.GET
    values = written(form, {name: str(value) for name, value in given.items()})
    asked = fields(form, case, values, checked=sent)
    error = ""
    if sent and not any(one.wrong for one in asked):
        viewer = viewer_of(request)
        try:
            kept_with = attach(request, viewer, values) if attach else None
            upload = add(
                viewer=viewer,
                form=form,
                party=party_named(viewer, request.POST.get("party", "")),
                values=values,
                key=form_key(request),
            )
            if kept_with:
                kept_with(upload)
        except Refused as refused:
            error = refusal_text(refused)
        else:
            return redirect("upload", upload=upload.pk)
    elif sent:
        error = say("Nothing was submitted yet. Correct the marked fields.")
    shown = {
        "title": say(form.title),
        "fields": asked,
        "error": error,
        "key": form_key(request) if sent else uuid.uuid4(),
        "party": request.POST.get("party", settings_now().recipient if form.of_recipient else ""),
        "back": reverse(form.back),
        # What stands beside the row, such as who signs, stays where the form is refused.
        "beside": request.POST,
    }
    return render(request, template, shown)
