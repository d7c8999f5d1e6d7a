"""Compression of styles and scripts. Pages are sent plain: their length would tell of secrets beside what a
reader writes (BREACH).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_PUBLIC = (f"{settings.STATIC_URL}", "/style.css", "/page.js")


def compressed_files(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Compress what is the same for everybody."""
    compress = GZipMiddleware(answer)

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if request.path.startswith(_PUBLIC) and response.status_code == 200:
            return compress.process_response(request, response)
        return response

    return answered
