"""Planning in the API: decisions on needs and offers, scenarios from the question to the plan in force."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.calls import Call
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import Subject, is_day, new_key, results_of, stated, tag_from
from konvoi.web.api.operations.scenario_schemas import (
    ADDED,
    LONGEST_NAME,
    MOST_CHOSEN,
    MOST_PARTIES,
    SCHEMAS,
    SHORT,
)
from konvoi.web.api.problems import unfit
from konvoi.web.api.received import id_of, members_of, refuse_unseen, texts
from konvoi.web.api.uploads import created
from konvoi.web.planning import actions, adoption
from konvoi.web.planning.adoption import KINDS, Step, sharable, shown_changes, standing_of, why_not
from konvoi.web.planning.adoption_views import shared_with
from konvoi.web.planning.models import Scenario, ScenarioPlan, ScenarioStep, SharedScenario
from konvoi.web.planning.scenario_form import LISTED, asked_of
from konvoi.web.planning.scenarios import ask_scenario
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import WHAT_IF

MOST = 50
OF_DECISION = {
    "needs": {"state": SHORT, "quantity": SHORT, "due": SHORT},
    "offers": {"state": SHORT, "quantity": SHORT, "until": SHORT, "reason": 500},
}


def deciding(table: str) -> Callable[..., HttpResponse]:
    """Return the operation by which the party of a need or an offer decides on it: a new upload."""
    key = actions.KEYS[table]

    def operation(request: HttpRequest, **given: str) -> HttpResponse:
        viewer, record = viewer_of(request), given[key]
        row = actions.row_of(viewer, table, record)
        if row is None or not actions.may_decide(viewer, table, row):
            raise Http404
        told = texts(members_of(request), OF_DECISION[table], needed=["state"])
        if told["state"] not in actions.DECISIONS[table]:
            raise unfit("state", f"One of these is needed: {', '.join(actions.DECISIONS[table])}.")

        def act() -> HttpResponse:
            state, made = told["state"], new_key()
            return created(
                actions.decide(viewer=viewer, table=table, record=record, state=state, given=told, key=made)
            )

        return once(request, act, content=told, needed=True)

    operation.__name__ = f"decide_{key}"
    return operation


def all_scenarios(request: HttpRequest) -> HttpResponse:
    """Return the scenarios that were answered, the newest first, and those that wait for their answer."""
    known = adoption.states()
    answered = [
        {
            "scenario": str(one.pk),
            "name": one.name,
            "at": one.at.isoformat(),
            "adoption": known.get(one.pk, ""),
            "summary": one.summary,
        }
        for one in Scenario.objects.order_by("-at")[:MOST]
    ]
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    waiting = Job.objects.filter(kind=WHAT_IF, state__in=open_states).order_by("created")
    return stated({"answered": answered, "waiting": [str(one.pk) for one in waiting]})


def have_scenario_answered(request: HttpRequest) -> HttpResponse:
    """Have a scenario of one or several changes answered against the newest plan."""
    viewer = viewer_of(request)
    given, lists = _asked(members_of(request))

    def act() -> HttpResponse:
        job = ask_scenario(viewer=viewer, asked=asked_of(viewer, given, lists), key=new_key())
        response = stated(_values(viewer, job.pk), status=202, place=f"scenarios/{job.pk}")
        response["Retry-After"] = "1"
        response["ETag"] = _tag(job.pk)
        return response

    return once(request, act, content=[given, lists], needed=True)


def scenario_state(request: HttpRequest, scenario: str) -> HttpResponse:
    """Return a scenario: plans found so far, the answer, and its steps towards the plan in force."""
    return _state(viewer_of(request), id_of(scenario))


def keep_current_plan(request: HttpRequest) -> HttpResponse:
    """Keep the plan of the newest results as a scenario, so that it can be proposed."""
    viewer = viewer_of(request)

    def act() -> HttpResponse:
        found = adoption.keep_current(viewer=viewer, key=new_key())
        return _state(viewer, found, status=201, place=f"scenarios/{found}")

    return once(request, act, needed=True)


def share_scenario(request: HttpRequest, scenario: str) -> HttpResponse:
    """Share a scenario with parties: each sees the changes of the movements that are released to it."""
    viewer, id = viewer_of(request), _answered(scenario)
    told = members_of(request)
    parties = told.pop("parties", None)
    title = texts(told, {"title": SHORT}, needed=["title"])["title"]
    if (
        not isinstance(parties, list)
        or not 0 < len(parties) <= MOST_PARTIES
        or not all(isinstance(one, str) for one in parties)
    ):
        raise unfit("parties", f"A list of 1 to {MOST_PARTIES} parties is needed.")

    def act() -> HttpResponse:
        adoption.share(viewer=viewer, scenario=id, parties=parties, title=title)
        return _state(viewer, id)

    return once(request, act, content=[parties, title])


def propose_plan(request: HttpRequest, scenario: str) -> HttpResponse:
    """Propose a plan of a scenario as plan in force, as the program has seen it."""
    viewer, id = viewer_of(request), _answered(scenario)
    told = texts(members_of(request), {"plan": SHORT, "reason": 500}, needed=("plan", "reason"))
    if told["plan"] not in KINDS:
        raise unfit("plan", f"One of these is needed: {', '.join(KINDS)}.")

    def act() -> HttpResponse:
        seen = _seen(request, id)
        adoption.propose(viewer=viewer, scenario=id, plan=told["plan"], reason=told["reason"], seen=seen)
        return _state(viewer, id)

    return once(request, act, content=told)


def decide_on_plan(request: HttpRequest, scenario: str) -> HttpResponse:
    """Adopt a plan that another person proposed, so that it is the plan in force, or reject it."""
    viewer, id = viewer_of(request), _answered(scenario)
    told = texts(members_of(request), {"step": SHORT, "reason": 500}, needed=["step"])
    if told["step"] not in DECISIONS:
        raise unfit("step", f"One of these is needed: {', '.join(DECISIONS)}.")

    def act() -> HttpResponse:
        seen, reason = _seen(request, id), told.get("reason", "")
        adoption.decide(viewer=viewer, scenario=id, step=told["step"], reason=reason, seen=seen)
        return _state(viewer, id)

    return once(request, act, content=told)


def shared_scenarios(request: HttpRequest) -> HttpResponse:
    """Return the scenarios that were shared with the party of the viewer, the newest first."""
    found = shared_with(viewer_of(request))
    rows = [{"scenario": str(one.scenario), "title": one.title, "at": one.at.isoformat()} for one in found]
    return stated({"shared": rows})


def shared_scenario(request: HttpRequest, scenario: str) -> HttpResponse:
    """Return a scenario as it was shared with the party of the viewer: changes of movements by plan."""
    viewer, id = viewer_of(request), id_of(scenario)
    found = SharedScenario.objects.filter(scenario=id, party=viewer.party).order_by("-at").first()
    if not viewer.party or found is None:
        raise Http404
    opened = results_of(viewer)
    # Cut once more: what was visible when it was shared may no longer be.
    plans = {kind: shown_changes(found.changes[kind], opened) for kind in KINDS if kind in found.changes}
    values = {"scenario": str(id), "title": found.title, "at": found.at.isoformat()}
    return stated({**values, "plans": [{"plan": kind, "changes": rows} for kind, rows in plans.items()]})


DECISIONS = (Step.ADOPTED.value, Step.REJECTED.value)


def _asked(told: dict[str, Any]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return what a program states as the form of the page has it: fields, and those with several values."""
    known = {"name", "first", "last", "weeks", "as_submitted", *LISTED, *ADDED}
    for name in told:
        if name not in known:
            raise unfit(str(name)[:100], "There is no such member.")
    given = texts(
        {name: told[name] for name in ("name", "first", "last") if name in told},
        {"name": LONGEST_NAME, "first": SHORT, "last": SHORT},
        needed=(),
    )
    for name in ("first", "last"):
        if name in given and not is_day(given[name]):
            raise unfit(name, "A day is written as 2026-03-31.")
    lists = {name: _chosen(name, told.get(name, [])) for name in LISTED}
    weeks, as_submitted = told.get("weeks", 0), told.get("as_submitted", False)
    if not isinstance(weeks, int) or isinstance(weeks, bool) or abs(weeks) > 520:
        raise unfit("weeks", "A whole number from -520 to 520 is needed.")
    if not isinstance(as_submitted, bool):
        raise unfit("as_submitted", "True or false is needed.")
    given |= {"weeks": str(weeks), "as_submitted": "yes" if as_submitted else ""}
    for name, (prefix, members, needed) in ADDED.items():
        if name in told:
            row = texts(told[name], dict.fromkeys(members, SHORT), needed=needed)
            given |= {f"{prefix}{member}": text for member, text in row.items()}
    return given, lists


def _chosen(name: str, given: object) -> list[str]:
    if not isinstance(given, list) or len(given) > MOST_CHOSEN:
        raise unfit(name, f"A list of up to {MOST_CHOSEN} texts is needed.")
    for one in given:
        if not isinstance(one, str) or not 0 < len(one) <= SHORT:
            raise unfit(name, f"Texts of 1 to {SHORT} characters are needed.")
    return [texts({name: one}, {name: SHORT}, needed=())[name] for one in given]


def _answered(scenario: str) -> uuid.UUID:
    """Return the id of a scenario that was answered."""
    id = id_of(scenario)
    if not Scenario.objects.filter(pk=id).exists():
        raise Http404
    return id


def _seen(request: HttpRequest, id: uuid.UUID) -> str:
    """Return the state on which a step is taken; stop where the program has seen another one."""
    refuse_unseen(request, [_tag(id)], needed=True)
    return standing_of(id).seen


def _tag(id: uuid.UUID) -> str:
    """Return the entity tag of a scenario: another one once it is answered, and after each step."""
    answered = Scenario.objects.filter(pk=id).exists()
    return tag_from(id, answered, standing_of(id).seen)


def _state(viewer: Viewer, id: uuid.UUID, *, status: int = 200, place: str = "") -> HttpResponse:
    return stated(_values(viewer, id), status=status, tag=_tag(id), place=place)


def _values(viewer: Viewer, id: uuid.UUID) -> Mapping[str, Any]:
    job = Job.objects.filter(pk=id, kind=WHAT_IF).first()
    kept = Scenario.objects.filter(pk=id).first()
    if job is None and kept is None:
        raise Http404
    standing = standing_of(id)
    asked = job.parameters["asked"] if job else {}
    steps = ScenarioStep.objects.filter(scenario=id).order_by("pk")
    return {
        "scenario": str(id),
        "name": kept.name if kept else str(asked.get("name", "")),
        "job": None if job is None else str(job.pk),
        "state": "done" if kept else str(job.state) if job else "",
        "found": job.result.get("found", []) if job else [],
        "summary": kept.summary if kept else None,
        "plans": list(
            ScenarioPlan.objects.filter(scenario=id).order_by("kind").values_list("kind", flat=True)
        ),
        "adoption": standing.state,
        "refused": why_not(viewer, kept, opened=view(viewer)) if kept else "",
        "may_decide": standing.may_decide(viewer),
        "steps": [
            {"step": one.step, "plan": one.plan, "reason": one.reason, "at": one.at.isoformat()}
            for one in steps
        ],
        "may_share_with": sharable(),
        "shared_with": sorted(
            set(SharedScenario.objects.filter(scenario=id).values_list("party", flat=True))
        ),
    }


_OF_SCENARIO = {"scenario": "$response.body#/scenario"}
_SEEN = {"header.If-Match": "$response.header.ETag"}
_scenario = partial(Call, right=Right.DECIDE, query=(), answer="ScenarioState")
_writes = partial(_scenario, writes=True)
_own = partial(Call, right=Right.READ, query=())
SUBJECT = Subject(
    calls=(
        *(
            Call(
                f"{table}/{{{key}}}/decide",
                Right.SUBMIT,
                deciding(table),
                f"Decide on {'a need' if table == 'needs' else 'an offer'} of the party",
                query=(),
                answer="UploadState",
                status=201,
                writes=True,
                body=f"{key.capitalize()}Decision",
                keyed=True,
            )
            for table, key in actions.KEYS.items()
        ),
        _scenario("scenarios", operation=all_scenarios, summary="Scenarios", answer="Scenarios"),
        _writes(
            "scenarios",
            operation=have_scenario_answered,
            summary="Have a scenario answered",
            status=202,
            body="ScenarioToAnswer",
            keyed=True,
            tagged=True,
        ),
        _writes(
            "scenarios/current",
            operation=keep_current_plan,
            summary="Keep the plan of the newest results as a scenario",
            status=201,
            keyed=True,
            tagged=True,
        ),
        _scenario(
            "scenarios/{scenario}",
            operation=scenario_state,
            summary="A scenario with its answer",
            tagged=True,
        ),
        _writes(
            "scenarios/{scenario}/share",
            operation=share_scenario,
            summary="Share a scenario with parties",
            body="ScenarioToShare",
            tagged=True,
        ),
        _writes(
            "scenarios/{scenario}/propose",
            operation=propose_plan,
            summary="Propose a plan of a scenario as plan in force",
            body="PlanProposal",
            seen=True,
            tagged=True,
        ),
        _writes(
            "scenarios/{scenario}/decide",
            operation=decide_on_plan,
            summary="Adopt or reject a plan that another person proposed",
            body="PlanDecision",
            seen=True,
            tagged=True,
        ),
        _own(
            "shared-scenarios",
            operation=shared_scenarios,
            summary="Scenarios shared with the party",
            answer="SharedScenarios",
        ),
        _own(
            "shared-scenarios/{scenario}",
            operation=shared_scenario,
            summary="A scenario shared with the party",
            answer="SharedScenario",
            needs_results=True,
        ),
    ),
    schemas=SCHEMAS,
    links={
        "NeedsList": {"decide_need": {"need": "$response.body#/rows/0/need"}},
        "OffersList": {"decide_offer": {"offer": "$response.body#/rows/0/offer"}},
        "Scenarios": {"scenario_state": {"scenario": "$response.body#/answered/0/scenario"}},
        "ScenarioState": {
            "scenario_state": _OF_SCENARIO,
            "share_scenario": _OF_SCENARIO,
            "propose_plan": _OF_SCENARIO | _SEEN,
            "decide_on_plan": _OF_SCENARIO | _SEEN,
        },
        "SharedScenarios": {"shared_scenario": {"scenario": "$response.body#/shared/0/scenario"}},
    },
)
"""Operations of planning."""
