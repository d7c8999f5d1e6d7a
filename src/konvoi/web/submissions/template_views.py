"""The template of a desk as a download: in the reader's language, with what its party may see."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from konvoi import RELEASED
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.submissions.template_lists import template_lists
from konvoi.flow.view import View
from konvoi.model.markings import PUBLIC
from konvoi.model.party import party_id
from konvoi.report.submissions.desk_template import desk_template
from konvoi.web.access.audit import record
from konvoi.web.access.requests import viewer_of
from konvoi.web.instance import instance
from konvoi.web.pages.attachments import WORKBOOK, attachment
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now, writing


def template(request: HttpRequest) -> HttpResponse:
    """Give the template of the viewer's party, or for a planner that of the party that is named."""
    viewer = viewer_of(request)
    named = request.GET.get("party", "").strip()
    party = viewer.party or party_id(named) or named
    if not party:
        messages.error(request, say("Name the party for which the template is."))
        return redirect("submissions")
    if not viewer.may_submit_for(party) or len(party) > 60:
        raise Http404
    filler = "recipient" if party == settings_now().recipient else "desk"
    try:
        lists = template_lists(instance().folder, View(reader=party), party=party, language=code())
    except Unknown:
        # Nothing names the party yet; it sees what is public.
        lists = template_lists(instance().folder, View(reader=PUBLIC), party=party, language=code())
    content = desk_template(code(), filler, day=RELEASED, lists=lists, head={"party": party})
    with writing():
        record(viewer, "template-opened", party=party, object=code())
    safe = "".join(one if one.isalnum() or one in "-_" else "_" for one in party)
    return attachment(content, f"konvoi-{safe}-{code()}.xlsx", WORKBOOK)
