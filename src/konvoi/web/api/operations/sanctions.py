"""Sanctions in the API: a screening alert and a decision on it, a proposal to list and its steps."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from konvoi.align.clearing import LICENSED
from konvoi.align.proposing import State
from konvoi.flow.sanctions.proposals import proposed, steps
from konvoi.gateways.refusal import Refused
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.calls import Call
from konvoi.web.api.jobs import job_values
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import (
    Subject,
    entered,
    is_day,
    new_key,
    recorded,
    results_of,
    stated,
    tag_from,
)
from konvoi.web.api.problems import unfit
from konvoi.web.api.received import members_of, refuse_unseen, texts
from konvoi.web.api.schema_parts import (
    DAY,
    TEXT,
    YES,
    line,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    texts_of,
)
from konvoi.web.form_rows.actions import LONGEST, may_enter
from konvoi.web.form_rows.shown import rows_about
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.sanctions import actions
from konvoi.web.sanctions.actions import AFTER, STEPS, take_step
from konvoi.web.sanctions.alert import DISPOSITIONS, LICENCE, Alert, alert_of, decision_row
from konvoi.web.sanctions.dossier import ask_dossier, dossier_of

SHORT = 200
OF_DECISION = {"disposition": 40, "reason": LONGEST, **dict.fromkeys(LICENCE, SHORT)}
OF_STEP = {"step": 20, "session": SHORT, "whom": 500, "reason": 500}
OF_DRAFT = {"to": SHORT, "party": SHORT, "order": SHORT, "reason": LONGEST}
"""Members of what is sent, with the characters of each at most."""


def alert_state(request: HttpRequest, alert: str) -> HttpResponse:
    """Return a screening alert with its evidence, what it blocks, and what was decided."""
    viewer = viewer_of(request)
    found = _alert(viewer, alert)
    row = found.row
    values = {
        "alert": found.name,
        **{name: str(row[name] or "") for name in ("party", "name", "state", "regime", "listed")},
        "blocks": bool(row["stops"]),
        "measures": [str(one) for one in row["measures"] or ()],
        "needs_two": found.needs_two,
        "evidence_for": found.speaks("for"),
        "evidence_against": found.speaks("against"),
        "reviewers": found.reviewers(),
        "stopped": [{"table": table, "record": record} for table, record in found.stopped()],
        "may_decide": found.may_decide,
        "entered": entered(rows_about(viewer, found.about, Right.SCREEN)),
    }
    return stated(values, tag=_tag(found))


def decide_alert(request: HttpRequest, alert: str) -> HttpResponse:
    """Decide on an alert as the program has seen it; a freeze is found false by two persons."""
    viewer = viewer_of(request)
    found = _alert(viewer, alert)
    if not found.may_decide:
        raise Http404
    given = texts(members_of(request), OF_DECISION, needed=("disposition", "reason"))
    if given["disposition"] not in DISPOSITIONS:
        raise unfit("disposition", f"One of these is needed: {', '.join(DISPOSITIONS)}.")
    for name in ("from", "to"):
        if name in given and not is_day(given[name]):
            raise unfit(name, "A day is written as 2026-03-31.")

    def act() -> HttpResponse:
        refuse_unseen(request, [_tag(found)], needed=True)
        if given["disposition"] != LICENSED and any(name in given for name in LICENCE):
            raise Refused(say("Only a licence has an authority, number, scope and days."))
        return recorded(actions.decide_alert(found=found, row=decision_row(found, given), key=new_key()))

    return once(request, act, content=given, needed=True)


def draft_proposal(request: HttpRequest) -> HttpResponse:
    """Draft a proposal to list from an alignment gap."""
    viewer = viewer_of(request)
    opened = results_of(viewer)
    if not may_enter(viewer, Right.SCREEN, ""):
        raise Http404
    given = texts(members_of(request), OF_DRAFT, needed=tuple(OF_DRAFT))

    def act() -> HttpResponse:
        where = {"lacks": given["to"], "order": given["order"], "party": given["party"]}
        rows = opened.rows("sanction_gaps", where=where, limit=1).rows
        if not rows or rows[0]["perhaps"] or not given["reason"].strip():
            raise Refused(say("There is no such gap from which a proposal can be drafted."))
        return recorded(actions.draft_proposal(viewer=viewer, row=given, key=new_key()))

    return once(request, act, content=given, needed=True)


def proposal_state(request: HttpRequest, proposal: str) -> HttpResponse:
    """Return a proposal to list: its state, the steps that can follow, and the files of its dossier."""
    viewer = viewer_of(request)
    return _of_proposal(viewer, results_of(viewer), proposal)


def step_of_proposal(request: HttpRequest, proposal: str) -> HttpResponse:
    """Record the next step of a proposal, as the program has seen it."""
    viewer = viewer_of(request)
    opened = results_of(viewer)
    if not may_enter(viewer, Right.SCREEN, ""):
        raise Http404
    row = _proposal(opened, proposal)
    given = texts(members_of(request), OF_STEP, needed=["step"])
    if given["step"] not in STEPS:
        raise unfit("step", f"One of these is needed: {', '.join(STEPS)}.")

    def act() -> HttpResponse:
        refuse_unseen(request, [_tag_of_proposal(viewer, row)], needed=True)
        seen = str(row["state"])
        take_step(viewer=viewer, opened=opened, proposal=proposal, seen=seen, what=given["step"], given=given)
        # The record is not read here: others see what is written once the transaction has ended.
        return stated({"proposal": proposal, "step": given["step"]})

    return once(request, act, content=given)


def ask_for_dossier(request: HttpRequest, proposal: str) -> HttpResponse:
    """Have the dossier of a proposal made; its files stand in the proposal once the job is done."""
    viewer = viewer_of(request)
    opened = results_of(viewer)
    if not may_enter(viewer, Right.SCREEN, ""):
        raise Http404
    _proposal(opened, proposal)

    def act() -> HttpResponse:
        job = ask_dossier(viewer=viewer, opened=opened, proposal=proposal, key=new_key())
        return stated(job_values(viewer, job), status=202, place=f"jobs/{job.pk}")

    return once(request, act, needed=True)


def _alert(viewer: Viewer, name: str) -> Alert:
    found = alert_of(viewer, results_of(viewer), name)
    if found is None:
        raise Http404
    return found


def _tag(found: Alert) -> str:
    """Return the entity tag of an alert: another one once it is decided, or the list is a newer one."""
    return tag_from(found.name, found.viewer.reader, found.state())


def _proposal(opened: Opened, name: str) -> Any:
    rows = opened.rows("proposals", where={"proposal": name}, limit=1).rows
    if not rows:
        raise Http404
    return rows[0]


def _of_proposal(viewer: Viewer, opened: Opened, name: str) -> HttpResponse:
    row = _proposal(opened, name)
    may = may_enter(viewer, Right.SCREEN, "")
    kept = dossier_of(viewer, name)
    files = () if kept is None else kept.names
    names = ("proposal", "party", "name", "kind", "to", "order", "state", "session", "whom", "reason")
    values = {
        **{one: str(row[one] or "") for one in names},
        "since": row["since"] and row["since"].isoformat(),
        "recorded": _recorded(name) if viewer.is_cell else str(row["state"]),
        "steps": list(AFTER.get(row["state"], ())) if may else [],
        "dossier": [reverse("dossier-file", kwargs={"proposal": name, "file": one}) for one in files],
    }
    return stated(values, tag=_tag_of_proposal(viewer, row))


def _tag_of_proposal(viewer: Viewer, row: Any) -> str:
    """Return the entity tag of a proposal: another one after each step."""
    kept = _recorded(str(row["proposal"])) if viewer.is_cell else ""
    return tag_from(row["proposal"], viewer.reader, row["state"], row["since"], kept)


def _recorded(name: str) -> str:
    """Return the state after the last step, of which results may not know yet."""
    known = dict(proposed(steps(instance().folder), None).select("proposal", "state").iter_rows())
    return str(known.get(name, ""))


_SCHEMAS: dict[str, Any] = {
    "AlertState": object_of(
        {
            **texts_of("alert", "party", "name", "state", "regime", "listed"),
            "blocks": YES,
            "measures": list_of(TEXT),
            "needs_two": YES,
            **dict.fromkeys(("evidence_for", "evidence_against", "reviewers"), list_of(TEXT)),
            "stopped": list_of(object_of(texts_of("table", "record"))),
            "may_decide": YES,
            "entered": list_of(ref("RecordedRow")),
        }
    ),
    "AlertDecision": object_of(
        {"disposition": one_of(DISPOSITIONS), "reason": line(LONGEST, 1)},
        {**{name: line(SHORT) for name in LICENCE}, "from": DAY, "to": DAY},
        closed=True,
    ),
    "ProposalState": object_of(
        {
            **texts_of("proposal", "party", "name", "kind", "to", "order", "session", "whom", "reason"),
            "state": one_of([one.value for one in State]),
            "since": or_null(DAY),
            "recorded": TEXT,
            "steps": list_of(one_of(tuple(STEPS))),
            "dossier": list_of(TEXT),
        }
    ),
    "ProposalStep": object_of(
        {"step": one_of(tuple(STEPS))},
        {name: line(most) for name, most in OF_STEP.items() if name != "step"},
        closed=True,
    ),
    "RecordedStep": object_of({"proposal": TEXT, "step": one_of(tuple(STEPS))}),
    "ProposalDraft": object_of({name: line(most, 1) for name, most in OF_DRAFT.items()}, closed=True),
}
_OF_ALERT = {"alert": "$response.body#/alert"}
_OF_PROPOSAL = {"proposal": "$response.body#/proposal"}
_SEEN = {"header.If-Match": "$response.header.ETag"}
_screens = partial(Call, right=Right.SCREEN, query=(), writes=True)
SUBJECT = Subject(
    calls=(
        Call(
            "alerts/{alert}",
            Right.READ,
            alert_state,
            "A screening alert with its evidence",
            query=(),
            answer="AlertState",
            tagged=True,
            needs_results=True,
        ),
        _screens(
            "alerts/{alert}/decide",
            operation=decide_alert,
            summary="Decide on a screening alert",
            answer="RecordedRow",
            status=202,
            body="AlertDecision",
            keyed=True,
            seen=True,
        ),
        _screens(
            "proposals",
            operation=draft_proposal,
            summary="Draft a proposal from an alignment gap",
            answer="RecordedRow",
            status=202,
            body="ProposalDraft",
            keyed=True,
        ),
        Call(
            "proposals/{proposal}",
            Right.PUBLIC,
            proposal_state,
            "A proposal to list",
            query=(),
            answer="ProposalState",
            tagged=True,
            needs_results=True,
        ),
        _screens(
            "proposals/{proposal}/step",
            operation=step_of_proposal,
            summary="Record a step of a proposal",
            answer="RecordedStep",
            body="ProposalStep",
            seen=True,
        ),
        _screens(
            "proposals/{proposal}/dossier",
            operation=ask_for_dossier,
            summary="Have the dossier of a proposal made",
            answer="JobState",
            status=202,
            keyed=True,
        ),
    ),
    schemas=_SCHEMAS,
    links={
        "AlertsList": {"alert_state": {"alert": "$response.body#/rows/0/hit"}},
        "AlertState": {"decide_alert": _OF_ALERT | _SEEN},
        "ProposalsList": {"proposal_state": {"proposal": "$response.body#/rows/0/proposal"}},
        "ProposalState": {"step_of_proposal": _OF_PROPOSAL | _SEEN, "ask_for_dossier": _OF_PROPOSAL},
    },
)
"""Operations of sanctions."""
