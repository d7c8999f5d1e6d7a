"""The language of a request: chosen by the reader, else asked for by the browser."""

from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from konvoi.report.language import on_web
from konvoi.web.accounts.models import User

CODES = tuple(code for code, _ in settings.LANGUAGES)


def chosen_language(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set the language of each request, and say what can be done at a browser.

    Administrators have a terminal: their pages name commands and files of the workspace.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in CODES else translation.get_language_from_request(request)
        has_terminal = request.path.startswith("/administration/")
        with (
            nullcontext() if has_terminal else on_web(),
            translation.override(code if code in CODES else "en"),
        ):
            return answer(request)

    return answered


def code() -> str:
    """Return the code of the language in use: en, de or uk."""
    found = (translation.get_language() or "en")[:2]
    return found if found in CODES else "en"


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that the reader chose, and go back to the page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=31_536_000,
            samesite="Lax",
            httponly=True,
            secure=settings.KONVOI_HTTPS,
        )
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=chosen)
    return response
