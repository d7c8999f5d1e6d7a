"""Views of subjects: sentences, pictures and tables of the brief, and the records behind them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from konvoi.flow.subject_pages import FOLDER
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

View = Callable[[HttpRequest], HttpResponse]
TITLES = {
    "agreements": "Agreements",
    "meetings": "Meetings",
    "funding": "Funding",
    "sanctions": "Sanctions",
}


def in_short(subject: str) -> View:
    """Return the view that shows the sections of a subject."""

    def shown(request: HttpRequest) -> HttpResponse:
        opened = view_of(request)
        if opened is None:
            return to_overview(request)
        behind = f'href="{reverse(f"{subject}-records")}{viewer_of(request).day_query}#'
        drawn = opened.text(f"{FOLDER}/{subject}/figures", code()).replace('href="records#', behind)
        # Findings are a section of the brief; here they are a table of their own.
        findings = reverse("table", kwargs={"table": "findings"})
        values = {
            "title": say(TITLES[subject]),
            "menu": f"{subject}/menu.html",
            "figures": drawn.replace('href="#findings"', f'href="{findings}"'),
        }
        return shown_in(request, "subjects/in-short.html", values, opened)

    return shown


def records_of(subject: str) -> View:
    """Return the view that shows the records behind the figures of a subject."""

    def shown(request: HttpRequest) -> HttpResponse:
        opened = view_of(request)
        if opened is None:
            return to_overview(request)
        values = {
            "title": say(TITLES[subject]),
            "back": f"{reverse(f'{subject}-in-short')}{viewer_of(request).day_query}",
            "records": opened.text(f"{FOLDER}/{subject}/records", code()),
        }
        return shown_in(request, "planning/records.html", values, opened)

    return shown
