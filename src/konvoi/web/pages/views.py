"""Views of the frame: style and script shared with the brief, and what pages say of themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from konvoi.report.page_templates import template_text
from konvoi.web.pages.context import NAVIGATION


@cache_control(max_age=3600, public=True)
def style(request: HttpRequest) -> HttpResponse:
    """Return the style of the brief, without what stands on a printed sheet of one brief."""
    text = template_text("brief.css")
    start = text.index("@page{")
    end = text.index("@media print")
    return HttpResponse(text[:start] + text[end:], content_type="text/css; charset=utf-8")


@cache_control(max_age=3600, public=True)
def script(request: HttpRequest) -> HttpResponse:
    """Return the script of the brief: it sorts tables."""
    return HttpResponse(template_text("brief.js"), content_type="text/javascript; charset=utf-8")


def about(request: HttpRequest) -> HttpResponse:
    """Tell how figures are made and what a view digest is."""
    return render(request, "about.html")


def keys(request: HttpRequest) -> HttpResponse:
    """List the keys."""
    return render(request, "keys.html", {"all_keys": NAVIGATION})
