"""The address of the API, and its operations."""

from functools import cache, partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from konvoi.kit.json_text import json_text
from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.api import lists
from konvoi.web.api.calls import Call, entry
from konvoi.web.api.description import openapi
from konvoi.web.lists.query import LISTS

TABLE = Call("tables/{table}", Right.PUBLIC, lists.table, "A table of the results")


def description(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    return HttpResponse(json_text(openapi(LISTS, (TABLE,))) + "\n", content_type=lists.JSON)


@cache
def calls() -> tuple[Call, ...]:
    """Return all operations; the addresses of all lists are known when the first one is asked for."""
    of_lists = (
        Call(name, query.right, partial(lists.answer, query=query), str(query.title))
        for name, query in LISTS.items()
    )
    document = Call("openapi.json", Right.OPEN, description, "The OpenAPI document")
    return (document, *of_lists, TABLE)


def api(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call of the API."""
    return entry(request, path, calls=calls)


api.csrf_exempt = True  # type: ignore[attr-defined]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
urlpatterns = [route("api/v1/<path:path>", api, Right.OPEN, "api", methods=METHODS)]
