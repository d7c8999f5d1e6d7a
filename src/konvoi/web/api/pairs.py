"""Pairs in the API: look at one, decide, take back, decide by a rule, ask for a second opinion."""

import uuid
from dataclasses import asdict
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse

from konvoi.flow.matching.component import Figures
from konvoi.kit.json_text import json_text
from konvoi.reconcile.judgement import VERDICTS
from konvoi.report.matching.sides import holds
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.once import once
from konvoi.web.api.problems import unfit
from konvoi.web.api.received import members_of, refuse_unseen, texts
from konvoi.web.api.uploads import JSON
from konvoi.web.matching import actions
from konvoi.web.matching.actions import LONGEST_NOTE
from konvoi.web.matching.answers import FIRM, person_names
from konvoi.web.matching.queries import THIRD, Desk, Row, desk_of
from konvoi.web.matching.rules import Rule, fitting
from konvoi.web.matching.shown import currency_of, fields, labels, reasons, words

OF_RULE = ("senders", "relation", "evidence")
"""Parameters that name a rule, as the page of decisions by a rule has them in its address."""
_TAGS = signing.Signer(salt="konvoi.api.pair")


def pair(request: HttpRequest, pair: str) -> HttpResponse:
    """Return a pair: both records, the evidence, and what was decided."""
    desk = _desk(viewer_of(request))
    return _stated(desk, desk.row_shown(pair))


def decide(request: HttpRequest, pair: str) -> HttpResponse:
    """Decide on a pair as the program has seen it."""
    viewer = viewer_of(request)
    told = texts(members_of(request), {"decision": 20, "note": LONGEST_NOTE}, needed=["decision"])
    if told["decision"] not in VERDICTS:
        raise unfit("decision", f"One of these is needed: {', '.join(VERDICTS)}.")

    def act() -> HttpResponse:
        desk = _desk(viewer)
        row = desk.row_shown(pair)
        tags = {tag_of(desk, row, drawn=one): one for one in (False, True)}
        seen = refuse_unseen(request, list(tags), needed=True)
        shown = actions.shown_token(desk, row, drawn=tags[seen])
        actions.decide(
            viewer=viewer, pair=pair, verdict=told["decision"], note=told.get("note", ""), shown=shown
        )
        return _now(viewer, pair)

    return once(request, act, content=told)


def undo(request: HttpRequest, pair: str) -> HttpResponse:
    """Take the viewer's last decision on a pair back."""
    viewer = viewer_of(request)

    def act() -> HttpResponse:
        _refuse_other(request, viewer, pair)
        actions.undo(viewer=viewer, pair=pair)
        return _now(viewer, pair)

    return once(request, act)


def ask_second(request: HttpRequest, pair: str) -> HttpResponse:
    """Ask another person to decide on a pair without seeing what was decided."""
    viewer = viewer_of(request)
    told = texts(members_of(request), {"person": 36}, needed=["person"])
    try:
        person = uuid.UUID(told["person"])
    except ValueError:
        raise unfit("person", "The identifier of a person is needed.") from None

    def act() -> HttpResponse:
        _refuse_other(request, viewer, pair)
        actions.ask_second(viewer=viewer, pair=pair, person=person)
        return _now(viewer, pair)

    return once(request, act, content=told)


def rule(request: HttpRequest) -> HttpResponse:
    """Return the open pairs to which a rule applies."""
    desk, asked = _desk(viewer_of(request)), _rule(request)
    if not desk.decides:
        raise Http404
    return _of_rule(desk, asked)


def decide_by_rule(request: HttpRequest) -> HttpResponse:
    """Decide on all open pairs of a rule alike, as the program has seen them; all or none."""
    viewer, asked = viewer_of(request), _rule(request)
    told = texts(members_of(request), {"decision": 20}, needed=["decision"])
    if told["decision"] not in FIRM:
        raise unfit("decision", f"One of these is needed: {', '.join(FIRM)}.")

    def act() -> HttpResponse:
        desk = _desk(viewer)
        digest = asked.digest(desk.rows(fitting(desk, asked)))
        refuse_unseen(request, [f'"{digest}"'], needed=True)
        count = actions.decide_by_rule(viewer=viewer, rule=asked, verdict=told["decision"], digest=digest)
        values = {"decided": count, "total": _total(_desk(viewer))}
        return HttpResponse(json_text(values) + "\n", content_type=JSON)

    return once(request, act, content=told)


def tag_of(desk: Desk, row: Row, *, drawn: bool) -> str:
    """Return the entity tag of a pair as a person sees it: another one for other records or decisions.

    drawn: whether chance put it before the person. It is signed, so that no program can say so by itself.
    """
    last = row.given[-1].judgement if row.given else ""
    told = [desk.me, row.id, str(row.values["seen"]), last, row.state, "drawn" if drawn else ""]
    return f'"{_TAGS.signature(json_text(told, indent=None))}"'


def _desk(viewer: Viewer) -> Desk:
    desk = desk_of(viewer)
    if desk is None:
        raise Http404
    return desk


def _refuse_other(request: HttpRequest, viewer: Viewer, pair: str) -> None:
    desk = _desk(viewer)
    row = desk.row_shown(pair)
    refuse_unseen(request, [tag_of(desk, row, drawn=one) for one in (False, True)], needed=False)


def _now(viewer: Viewer, pair: str) -> HttpResponse:
    desk = _desk(viewer)
    return _stated(desk, desk.row_shown(pair))


def _stated(desk: Desk, row: Row) -> HttpResponse:
    drawn = desk.decides and desk.drawn_pair == row.id
    response = HttpResponse(json_text(_values(desk, row, drawn=drawn)) + "\n", content_type=JSON)
    response["ETag"] = tag_of(desk, row, drawn=drawn)
    return response


def _values(desk: Desk, row: Row, *, drawn: bool) -> dict[str, Any]:
    """Return a pair as its page shows it: nothing that would lead a person who has still to decide."""
    hidden = drawn or row.hides_answers
    given = [] if row.hides_answers else list(row.given)
    asked = [] if row.hides_answers else [str(one.person) for one in desk.asked.get(row.id, ())]
    people = person_names([*(one.by for one in given), *asked])
    named = labels(row.pair.relation)
    likely = None if drawn else row.pair.probability
    decides = desk.decides and (row.state != THIRD or row.hides_answers)
    reviewers = actions.possible_reviewers(desk, row) if desk.decides and not row.hides_answers else []
    return {
        "pair": row.id,
        "relation": row.pair.relation,
        "state": row.state,
        "question": words(holds(row.pair.relation)[0]),
        "decisions": [{"decision": one, "label": named[one]} for one in VERDICTS] if decides else [],
        "drawn": drawn,
        "probability": None if likely is None else round(likely, 4),
        "fields": [asdict(one) for one in fields(desk, row)],
        "evidence": reasons(row),
        "decided": [
            {"decision": one.verdict, "by": people[one.by], "at": one.at, "note": one.reason} for one in given
        ],
        "asked": [people[one] for one in asked],
        "reviewers": [{"person": str(one.pk), "name": str(one)} for one in reviewers],
        "total": None if hidden else _total(desk),
        "totals_after": None
        if hidden
        else {one: _figures(found, desk) for one, found in desk.now.if_each(row.id).items()},
    }


def _total(desk: Desk) -> dict[str, Any] | None:
    return _figures(desk.now.total, desk)


def _figures(found: Figures | None, desk: Desk) -> dict[str, Any] | None:
    """Return a total pledged with its range; None where it is not shown."""
    if found is None:
        return None
    return {**found._asdict(), "currency": currency_of(desk)}


def _rule(request: HttpRequest) -> Rule:
    return Rule.of({name: request.GET.get(name, "") for name in OF_RULE})


def _of_rule(desk: Desk, asked: Rule) -> HttpResponse:
    found = desk.rows(fitting(desk, asked))
    values = {"pairs": [one.id for one in found], "total": _total(desk)}
    response = HttpResponse(json_text(values) + "\n", content_type=JSON)
    response["ETag"] = f'"{asked.digest(found)}"'
    return response
