"""Views of calendar feeds: one's own with their last use, and the calendar behind a secret address."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.gateways.refusal import Refused
from konvoi.web.access.requests import viewer_of
from konvoi.web.pages.texts import say
from konvoi.web.reports import feeds


def own_feeds(request: HttpRequest) -> HttpResponse:
    """List the calendar feeds of the viewer."""
    return _page(request)


def make(request: HttpRequest) -> HttpResponse:
    """Make a calendar feed and show its address once."""
    try:
        feed, secret = feeds.make_feed(viewer=viewer_of(request), name=request.POST.get("name", ""))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("feeds")
    address = request.build_absolute_uri(f"/reports/calendar/{secret}.ics")
    return _page(request, made=feed, address=address)


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    return render(request, "reports/feeds.html", {"feeds": feeds.feeds(viewer_of(request)), **more})


def revoke(request: HttpRequest, feed: uuid.UUID) -> HttpResponse:
    """Make a calendar feed of one's own void."""
    viewer = viewer_of(request)
    if feeds.feed_for(viewer, feed) is None:
        raise Http404
    feeds.revoke_feed(viewer=viewer, feed=feed)
    messages.success(request, say("The address is void."))
    return redirect("feeds")


def calendar(request: HttpRequest, address: str) -> HttpResponse:
    """Give the calendar behind a secret address; every address without one gets the same answer."""
    try:
        found = feeds.calendar(address)
    except feeds.TooMany:
        answer = HttpResponse("Too many requests\n", status=429, content_type="text/plain; charset=utf-8")
        answer["Retry-After"] = "3600"
        return answer
    if found is None:
        return HttpResponse("Not found\n", status=404, content_type="text/plain; charset=utf-8")
    text, view = found
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Konvoi-View"] = view
    return answer
