"""Refusals of actions as sentences in the reader's language, and as messages of the next page."""

from django.contrib import messages
from django.http import HttpRequest

from konvoi.gateways.refusal import Refused
from konvoi.report.localized_refusal import localized_refusal
from konvoi.web.pages.languages import code


def tell_refusal(request: HttpRequest, error: Refused) -> None:
    """Say on the next page why an action was refused."""
    messages.error(request, refusal_text(error))


def refusal_text(error: Refused | str) -> str:
    """Return a refusal as a sentence in the reader's language; empty for an empty text."""
    text = localized_refusal(str(error), code())
    return text[:1].upper() + text[1:] + ("" if not text or text.endswith((".", "?", "!")) else ".")
