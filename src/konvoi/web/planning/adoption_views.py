"""Views of scenarios that are shared and adopted: each step, and what a party sees of a shared one."""

import uuid
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from konvoi.gateways.refusal import Refused
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.matching.answers import person_names
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.planning.adoption import (
    KINDS,
    Step,
    decide,
    keep_current,
    propose,
    sharable,
    share,
    shown_changes,
    standing_of,
    why_not,
)
from konvoi.web.planning.change_reasons import why
from konvoi.web.planning.models import Scenario, ScenarioPlan, ScenarioStep, SharedScenario
from konvoi.web.submissions.views import form_key

MOST = 200
"""Changes that a page shows."""
PLANS = {"close": "close to the plan in force", "independent": "independent of the plan in force"}
"""Message ids of the plans of a scenario."""


def current(request: HttpRequest) -> HttpResponse:
    """Keep the plan as it is now, so that it can be proposed."""
    try:
        found = keep_current(viewer=viewer_of(request), key=form_key(request))
    except Refused as refused:
        tell_refusal(request, refused)
        return redirect("scenarios")
    return redirect("scenario", scenario=found)


def shared_by(request: HttpRequest, scenario: uuid.UUID) -> HttpResponse:
    """Share a scenario with the parties that are chosen."""

    def act(viewer: Viewer, given: Mapping[str, str]) -> str:
        parties = request.POST.getlist("party")
        share(viewer=viewer, scenario=scenario, parties=parties, title=given.get("title", ""))
        return say("The scenario is shared. The parties find it in their planning room.")

    return _done(request, scenario, act)


def proposed(request: HttpRequest, scenario: uuid.UUID) -> HttpResponse:
    """Propose a plan of a scenario as plan in force."""

    def act(viewer: Viewer, given: Mapping[str, str]) -> str:
        plan, reason = given.get("plan", ""), given.get("reason", "")
        propose(viewer=viewer, scenario=scenario, plan=plan, reason=reason, seen=given.get("seen", ""))
        return say("The plan is proposed. A second person has to adopt it.")

    return _done(request, scenario, act)


def decided(request: HttpRequest, scenario: uuid.UUID) -> HttpResponse:
    """Adopt the plan that another person proposed, or reject it."""

    def act(viewer: Viewer, given: Mapping[str, str]) -> str:
        step, reason = given.get("step", ""), given.get("reason", "")
        decide(viewer=viewer, scenario=scenario, step=step, reason=reason, seen=given.get("seen", ""))
        if step == Step.REJECTED:
            return say("The plan is rejected.")
        return say("The plan is in force. Orders follow once results are computed.")

    return _done(request, scenario, act)


STEPS: Mapping[str, Callable[..., HttpResponseBase]] = {
    "share": shared_by,
    "propose": proposed,
    "decide": decided,
}
"""Views of the steps of a scenario, by the end of their address."""


def _done(
    request: HttpRequest, scenario: uuid.UUID, act: Callable[[Viewer, Mapping[str, str]], str]
) -> HttpResponse:
    """Take a step, tell what came of it, and show the scenario."""
    try:
        messages.success(request, act(viewer_of(request), request.POST.dict()))
    except Refused as refused:
        tell_refusal(request, refused)
    return redirect("scenario", scenario=scenario)


def adoption_values(request: HttpRequest, one: Scenario) -> dict[str, object]:
    """Return the values of the part of a page that shares a scenario and adopts one of its plans."""
    viewer = viewer_of(request)
    standing = standing_of(one.pk)
    plans = {plan.kind: plan for plan in ScenarioPlan.objects.filter(scenario=one.pk)}
    steps = list(ScenarioStep.objects.filter(scenario=one.pk).order_by("pk"))
    names = person_names([str(step.by) for step in steps])
    proposed = plans.get(standing.last.plan) if standing.last and standing.state == Step.PROPOSED else None
    return {
        "refused": why_not(viewer, one, opened=view_of(request)),
        "standing": standing,
        "may_decide": standing.may_decide(viewer),
        "steps": [(step, names.get(str(step.by), ""), PLANS.get(step.plan, "")) for step in steps],
        "plans": [(kind, PLANS[kind]) for kind in KINDS if kind in plans],
        "effects": [] if proposed is None else _effects(proposed.changes),
        "effect_count": 0 if proposed is None else len(proposed.changes),
        "parties": sharable(),
        "shared": list(SharedScenario.objects.filter(scenario=one.pk).order_by("at")),
    }


def _effects(rows: list[dict[str, str | None]]) -> list[dict[str, object]]:
    return [{**row, "why": why(row)} for row in rows[:MOST]]


def shared(request: HttpRequest, scenario: uuid.UUID) -> HttpResponse:
    """Show a party a scenario that was shared with it: the changes of its movements."""
    viewer, opened = viewer_of(request), view_of(request)
    found = SharedScenario.objects.filter(scenario=scenario, party=viewer.party).order_by("-at").first()
    if not viewer.party or found is None:
        raise Http404
    if opened is None:
        return to_overview(request)
    # Cut once more: what was visible when it was shared may no longer be.
    parts = [
        (kind, PLANS[kind], _effects(shown_changes(found.changes.get(kind, []), opened)))
        for kind in KINDS
        if kind in found.changes
    ]
    if len(parts) == 2 and parts[0][2] == parts[1][2]:
        parts = parts[:1]
    return shown_in(request, "planning/shared.html", {"shared": found, "parts": parts}, opened)


def shared_with(viewer: Viewer) -> list[SharedScenario]:
    """Return the scenarios that were shared with the party of a viewer, the newest first, each once."""
    if not viewer.party:
        return []
    found: dict[uuid.UUID, SharedScenario] = {}
    for one in SharedScenario.objects.filter(party=viewer.party).order_by("-at")[:MOST]:
        found.setdefault(one.scenario, one)
    return list(found.values())
