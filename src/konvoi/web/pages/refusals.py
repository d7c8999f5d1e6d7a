"""Refusals of actions as messages of the next page."""

from django.contrib import messages
from django.http import HttpRequest

from konvoi.gateways.refusal import Refused
from konvoi.report.localized_refusal import localized_refusal
from konvoi.web.pages.languages import code


def tell_refusal(request: HttpRequest, error: Refused) -> None:
    """Say on the next page why an action was refused."""
    text = localized_refusal(str(error), code())
    messages.error(request, text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else "."))
