"""Lists in the API: a page of rows with their number, and the cursor of the next page."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from konvoi.flow.catalogue import CATALOGUE
from konvoi.kit.json_text import json_text
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view
from konvoi.web.api.calls import tagged
from konvoi.web.api.problems import not_found, problem
from konvoi.web.lists.asked import NotAsked, asked
from konvoi.web.lists.files import plain_rows
from konvoi.web.lists.found import Found, found
from konvoi.web.lists.query import ListQuery
from konvoi.web.lists.sources import Moved, NotReady
from konvoi.web.lists.tables import table_query
from konvoi.web.pages.texts import say

PAGE = 100
JSON = "application/json"


def answer(request: HttpRequest, query: ListQuery) -> HttpResponseBase:
    """Return a page of a list."""
    viewer = viewer_of(request)
    try:
        wanted = asked(query, request.GET, limit=PAGE, everything=True)
        one = found(query, viewer, wanted)
    except NotAsked as error:
        title = say("The address asks for something that the list does not have.")
        return problem(400, "query", title, str(error), parameter=error.parameter)
    except NotReady:
        return problem(409, "not-computed", say("There are no results for this day yet."))
    except Moved:
        title = say("The results have changed since. The list starts again from its first page.")
        return problem(409, "results-changed", title)
    response = HttpResponse(json_text(document(one)) + "\n", content_type=JSON)
    if one.next:
        response["Link"] = f'<{request.path}?{one.asked.query(after=one.next)}>; rel="next"'
    response["Konvoi-View"] = one.digest
    return tagged(request, response, one.tag)


def document(one: Found) -> dict[str, object]:
    """Return a page of a list as a document."""
    return {
        "list": one.query.name,
        "day": one.part.day,
        "view": one.digest,
        "total": one.total,
        "start": one.part.start,
        "next": one.next or None,
        "previous": one.previous or None,
        "rows": plain_rows(one.query, one.asked.columns, one.part.schema, one.rows),
    }


def table(request: HttpRequest, table: str) -> HttpResponseBase:
    """Return a page of a table of the results."""
    opened = view(viewer_of(request))
    if opened is None:
        return problem(409, "not-computed", say("There are no results for this day yet."))
    if table not in opened.manifest.tables or table not in CATALOGUE:
        return not_found()
    return answer(request, table_query(table))
