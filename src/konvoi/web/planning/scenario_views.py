"""Views of scenarios: the form, the comparison of those that were answered, and each with its answer."""

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.gateways.refusal import Refused
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.names import Names, table
from konvoi.report.reports.corridors import place_of
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.planning.adoption import force_of, states
from konvoi.web.planning.adoption_views import adoption_values
from konvoi.web.planning.drawn import case_of
from konvoi.web.planning.models import Scenario
from konvoi.web.planning.scenario_form import LISTED, asked_of, rows_in_words
from konvoi.web.planning.scenarios import ask_scenario
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import WHAT_IF
from konvoi.web.runs.stand_by import want_stand_by
from konvoi.web.submissions.views import form_key

MOST = 50


@dataclass(frozen=True)
class Options:
    """Values that a scenario can name, each with its words."""

    places: list[tuple[str, str]]
    partners: list[tuple[str, str]]
    delayed: list[tuple[str, str]]
    needs: list[tuple[str, str]]
    goods: list[tuple[str, str]]
    sites: list[tuple[str, str]]


def scenarios(request: HttpRequest) -> HttpResponse:
    """Show the form of a scenario and those that were answered, side by side; have one answered."""
    error = ""
    if request.method == "POST":
        lists = {name: request.POST.getlist(name) for name in LISTED}
        try:
            job = ask_scenario(
                viewer=viewer_of(request),
                asked=asked_of(viewer_of(request), request.POST.dict(), lists),
                key=form_key(request),
            )
        except Refused as refused:
            error = refusal_text(refused)
        else:
            return redirect("scenario", scenario=job.pk)
    opened = view_of(request)
    case = None if opened is None else case_of(opened)
    if opened is not None:
        want_stand_by()
    known = states()
    values = {
        "error": error,
        "options": None if case is None or case.plan is None else _options(case),
        "kept": request.POST,
        "chosen": {name: request.POST.getlist(name) for name in LISTED},
        "key": uuid.uuid4(),
        "answered": [(one, known.get(one.pk, "")) for one in Scenario.objects.order_by("-at")[:MOST]],
        "force": None if opened is None else force_of(opened),
        "waiting": Job.objects.filter(
            kind=WHAT_IF, state__in=(Job.State.WAITING, Job.State.RUNNING)
        ).order_by("created"),
    }
    return render(request, "planning/scenarios.html", values)


def scenario(request: HttpRequest, scenario: uuid.UUID) -> HttpResponse:
    """Show a scenario: while it is answered what was found so far, then the answer."""
    job = Job.objects.filter(pk=scenario, kind=WHAT_IF).first()
    kept = Scenario.objects.filter(pk=scenario).first()
    if job is None and kept is None:
        raise Http404
    name = kept.name if kept else str(job.parameters["asked"]["name"]) if job else ""
    found = job.result.get("found", []) if job else []
    supposed = kept.supposed if kept else job.parameters["asked"] if job else {}
    values = {
        "name": name,
        "job": job,
        "found": found,
        "kept": kept,
        "added": rows_in_words(supposed.get("rows") or {}),
        "key": uuid.uuid4(),
        "figures": (kept.figures.get(code()) or next(iter(kept.figures.values()), "")) if kept else "",
    }
    if kept is not None:
        values |= adoption_values(request, kept)
    return render(request, "planning/scenario.html", values)


def _options(case: Case) -> Options:
    names, language = Names(case), Language(code())

    def ids(name: str, key: str) -> list[str]:
        return sorted({str(one) for one in table(case, name)[key].drop_nulls()})

    lanes = [(one, f"{language.text(place_of(case, names, one))} ({one})") for one in ids("lanes", "lane")]
    sites = [(one, f"{language.text(names.site(one))} ({one})") for one in ids("sites", "site")]
    parties = sorted({*ids("offers", "party"), *ids("budgets", "party")})
    goods = [(one, f"{language.text(names.good(one))} ({one})") for one in ids("goods", "good")]
    return Options(
        [*lanes, *sites],
        [(one, language.text(names.party(one))) for one in parties],
        [(one, one) for one in (*ids("budgets", "budget"), *ids("offers", "offer"))],
        [(one, one) for one in ids("needs", "need")],
        goods,
        sites,
    )
