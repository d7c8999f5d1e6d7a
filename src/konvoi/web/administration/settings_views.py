"""Views of the settings: konvoi.toml as it is in force, its history, and a form that changes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.model.finding import Finding
from konvoi.report.localized_finding import localized_finding
from konvoi.web.access.requests import viewer_of
from konvoi.web.accounts.models import User
from konvoi.web.administration import settings_change
from konvoi.web.administration.frame import shown
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say


def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings; check a changed text and show its differences, then put it in force."""
    present = settings_change.present()
    text = present
    values: dict[str, object] = {"checked": False}
    if request.method == "POST":
        text = "\n".join(request.POST.get("text", "").splitlines()).rstrip("\n") + "\n"
        base = request.POST.get("base", "")
        reason = request.POST.get("reason", "")
        values |= {"checked": True, "reason": reason, "lines": settings_change.difference(present, text)}
        if request.POST.get("do") == "store":
            try:
                changed = settings_change.change(
                    viewer=viewer_of(request), text=text, reason=reason, base=base
                )
            except Refused as error:
                tell_refusal(request, error)
            else:
                stored = say("The settings are in force. New results are being computed.")
                messages.success(request, stored if changed else say("Nothing differs."))
                return redirect("settings")
    names = {str(one.pk): str(one) for one in User.objects.all()}
    values |= {
        "text": text,
        "base": digest(present.encode()),
        "findings": [_told(one) for one in settings_change.findings(text)],
        "history": [(one, names.get(one.by, one.by)) for one in settings_change.history()],
    }
    return shown(request, "administration/settings.html", values)


def _told(finding: Finding) -> tuple[str, str, Finding]:
    """Return the severity, the key and the finding in the reader's language."""
    return str(finding.severity), finding.place.column, localized_finding(finding, code())
