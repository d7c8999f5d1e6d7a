"""Views of the planning room: what the plan comes to, and its pages by week, hub, partner and region."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from konvoi.flow.snapshots import PLAN_CHANGES
from konvoi.report.case import Case
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view_of
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.texts import say
from konvoi.web.planning.adoption import force_of
from konvoi.web.planning.adoption_views import shared_with
from konvoi.web.planning.drawn import (
    PAGES,
    Choice,
    Drawn,
    answer_of,
    behind,
    case_of,
    figures_of,
    page_of,
)

BY_NAME = {one.name: one for one in PAGES}
OF = "of"
"""Parameter of the address of records: the page of which they are; the first one where none is named."""


@dataclass(frozen=True)
class Field:
    """A choice as a form shows it: values with their words, and which one is chosen."""

    choice: Choice
    values: list[tuple[str, str]]
    chosen: str


def planning(request: HttpRequest) -> HttpResponse:
    """Show what the plan comes to, and where each part of it stands."""
    opened, case = _case(request)
    if opened is None:
        return to_overview(request)
    parts = []
    if case is not None:
        parts = [(say(one.title), reverse(one.name), answer_of(one, case)) for one in PAGES]
    plan = None if case is None else case.plan
    # Rounded up: a bound holds.
    bound = None if plan is None else plan.bound.quantize(Decimal("0.1"), ROUND_CEILING)
    values = {
        "parts": parts,
        "plan": plan,
        "bound": bound,
        "reached": plan.value / bound if plan is not None and bound else None,
        "force": force_of(opened),
        "changed": opened.rows(PLAN_CHANGES, limit=1).total,
        "shared": shared_with(viewer_of(request)),
    }
    return shown_in(request, "planning/planning.html", values, opened)


def drawn_view(drawn: Drawn) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of a page that is drawn from the plan."""
    found = partial(drawn_page, drawn=drawn)

    def answered(request: HttpRequest) -> HttpResponse:
        return found(request)

    answered.__name__ = drawn.name.replace("-", "_")
    return answered


def drawn_page(request: HttpRequest, *, drawn: Drawn) -> HttpResponse:
    """Show a page of the plan, as far as it was chosen in the address."""
    opened, case = _case(request)
    if opened is None:
        return to_overview(request)
    fields = [] if case is None else [_field(request, case, one) for one in drawn.choices]
    chosen = {one.choice.name: one.chosen for one in fields if one.chosen}
    query = {OF: drawn.name, **chosen}
    if (day := viewer_of(request).day) is not None:
        query["day"] = day.isoformat()
    at = f"{reverse('plan-records')}?{urlencode(query)}"
    shown = "" if case is None else figures_of(page_of(drawn, case, chosen), at)
    unknown = [
        request.GET[one.name]
        for one in drawn.choices
        if request.GET.get(one.name) and one.name not in chosen and case is not None
    ]
    values = {
        "title": say(drawn.title),
        "figures": shown,
        "fields": fields,
        "unknown": unknown,
        "lists": [(name, reverse(name)) for name in drawn.lists],
        "here": reverse(drawn.name),
    }
    return shown_in(request, "planning/drawn.html", values, opened)


def plan_records(request: HttpRequest) -> HttpResponse:
    """Show the records behind the figures of a page of the plan."""
    drawn = BY_NAME.get(request.GET.get(OF, PAGES[0].name))
    if drawn is None:
        raise Http404
    opened, case = _case(request)
    if opened is None:
        return to_overview(request)
    chosen = {}
    if case is not None:
        fields = [_field(request, case, one) for one in drawn.choices]
        chosen = {one.choice.name: one.chosen for one in fields if one.chosen}
    values = {
        "title": say(drawn.title),
        "back": f"{reverse(drawn.name)}?{urlencode(chosen)}",
        "records": "" if case is None else behind(page_of(drawn, case, chosen)),
    }
    return shown_in(request, "planning/records.html", values, opened)


def _field(request: HttpRequest, case: Case, choice: Choice) -> Field:
    values = choice.values(case)
    asked = request.GET.get(choice.name, "")
    return Field(choice, values, asked if asked in (one for one, _ in values) else "")


def _case(request: HttpRequest) -> tuple[Opened | None, Case | None]:
    opened = view_of(request)
    return opened, None if opened is None else case_of(opened)
