"""The form in which a reader states the purpose of reading labelled records."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from konvoi.gateways.refusal import Refused
from konvoi.web.access import purposes
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.refusals import tell_refusal


def ask_purpose(request: HttpRequest, subject: str) -> HttpResponse:
    """Lead to the form, and from there back to the page that was asked for."""
    words = {"for": subject, "next": request.get_full_path()}
    return HttpResponseRedirect(f"/purpose?{urlencode(words)}")


def purpose(request: HttpRequest) -> HttpResponse:
    """Ask for the purpose of reading labelled records of a party, and keep it for this session."""
    given = request.POST if request.method == "POST" else request.GET
    subject, back = given.get("for", ""), given.get("next", "/")
    viewer = viewer_of(request)
    if not subject:
        return redirect("overview")
    if not (viewer.is_cell if subject == purposes.ALL else viewer.owns(subject)):
        raise Http404
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    if request.method == "POST":
        try:
            purposes.state_purpose(
                request=request,
                subject=subject,
                purpose=request.POST.get("purpose", ""),
                text=request.POST.get("text", ""),
            )
        except Refused as error:
            tell_refusal(request, error)
        else:
            return HttpResponseRedirect(back)
    values = {
        "subject": subject,
        "of_party": "" if subject == purposes.ALL else party_text(subject),
        "next": back,
        "purposes": purposes.PURPOSES.items(),
        "chosen": given.get("purpose", ""),
        "text": given.get("text", ""),
    }
    return render(request, "pages/purpose.html", values)
