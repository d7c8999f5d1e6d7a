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
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import refusal_text
from konvoi.web.pages.texts import say
from konvoi.web.planning.actions import row_of
from konvoi.web.planning.adoption import force_of, states
from konvoi.web.planning.adoption_views import adoption_values
from konvoi.web.planning.drawn import case_of
from konvoi.web.planning.models import Scenario
from konvoi.web.planning.scenarios import Asked, ask_scenario
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import WHAT_IF
from konvoi.web.runs.stand_by import want_stand_by
from konvoi.web.submissions.rows import cell_text
from konvoi.web.submissions.views import form_key

MOST = 50
_LONGEST = 200


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
        try:
            job = ask_scenario(viewer=viewer_of(request), asked=_asked(request), key=form_key(request))
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
        "chosen": {name: request.POST.getlist(name) for name in ("close", "without", "delay")},
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
    values = {
        "name": name,
        "job": job,
        "found": found,
        "kept": kept,
        "supposed": (kept.supposed if kept else job.parameters["asked"] if job else {}),
        "key": uuid.uuid4(),
        "figures": (kept.figures.get(code()) or next(iter(kept.figures.values()), "")) if kept else "",
    }
    if kept is not None:
        values |= adoption_values(request, kept)
    return render(request, "planning/scenario.html", values)


def _asked(request: HttpRequest) -> Asked:
    """Return the scenario that a form states."""
    given = {name: str(value).strip()[:_LONGEST] for name, value in request.POST.items()}
    lists = {
        name: tuple(one[:_LONGEST] for one in request.POST.getlist(name) if one)
        for name in ("close", "without", "delay")
    }
    weeks = given.get("weeks", "")
    parts = [text for texts in lists.values() for text in texts]
    rows = _rows(viewer_of(request), given)
    parts += [text for some in rows.values() for row in some for text in list(row.values())[:2]]
    return Asked(
        given.get("name") or ", ".join(parts)[:_LONGEST] or "–",
        **lists,
        first=given.get("first", ""),
        last=given.get("last", ""),
        weeks=int(weeks) if weeks.lstrip("-").isdigit() and len(weeks) < 5 else 0,
        as_submitted=given.get("as_submitted") == "yes",
        rows=rows,
    )


def _rows(viewer: Viewer, given: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return the rows that a scenario adds: an offer, a need with another day, a lower capacity."""
    rows: dict[str, list[dict[str, str]]] = {}
    if given.get("offer_good"):
        if not (given.get("offer_quantity") and given.get("offer_site") and given.get("offer_party")):
            raise Refused(say("An offer that is added has a good, a quantity, a place and a partner."))
        offer = {
            name: given.get(f"offer_{name}", "") for name in ("good", "quantity", "site", "ready", "party")
        }
        rows["offers"] = [{"offer": f"WHAT-IF-{uuid.uuid4().hex[:8]}", **offer, "state": "accepted"}]
    if given.get("need"):
        known = row_of(viewer, "needs", given["need"])
        if known is None or not given.get("due"):
            raise Refused(say("A need with another due day has a need and a day."))
        kept = {
            name: cell_text(value)
            for name, value in known.items()
            if not name.startswith("_") and value is not None
        }
        rows["needs"] = [{**kept, "due": given["due"]}]
    if given.get("on"):
        if not given.get("tonnes"):
            raise Refused(say("A lower capacity has a lane or site and tonnes a week."))
        rows["capacities"] = [{"on": given["on"], "tonnes": given["tonnes"]}]
    return rows


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
