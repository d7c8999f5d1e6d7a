"""Views of reviewers: the queue, a pair, and what is done with it."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from konvoi.flow.matching.component import Figures
from konvoi.gateways.refusal import Refused
from konvoi.report.matching.sides import CHANCE, holds
from konvoi.web.access.requests import viewer_of
from konvoi.web.matching import actions
from konvoi.web.matching.answers import person_names
from konvoi.web.matching.queries import THIRD, Desk, desk_of
from konvoi.web.matching.shown import (
    currency_of,
    effects,
    fields,
    labels,
    money,
    reasons,
    total_now,
    words,
)
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say

_SKIPPED = 50


def queue(request: HttpRequest) -> HttpResponse:
    """Go to the pairs that wait for the viewer, the weightiest first."""
    return HttpResponseRedirect(f"{reverse('pairs')}?waits=yes")


def next_pair(request: HttpRequest) -> HttpResponse:
    """Open the pair that is put to the viewer now."""
    desk = _desk(request)
    skipped = _skipped(request)
    pair = desk.next(skipped)
    if not pair:
        messages.info(request, say("No pair waits for you."))
        return redirect("matching")
    return _to_pair(pair, request.GET.get("last", ""), skipped)


def _skipped(request: HttpRequest) -> list[str]:
    return [one for one in request.GET.get("skipped", "").split(".") if one][-_SKIPPED:]


def _to_pair(pair: str, last: str, skipped: list[str]) -> HttpResponseRedirect:
    told = {"last": last, "skipped": ".".join(skipped)}
    query = urlencode({name: value for name, value in told.items() if value})
    return HttpResponseRedirect(reverse("pair", kwargs={"pair": pair}) + (f"?{query}" if query else ""))


def pair(request: HttpRequest, pair: str) -> HttpResponse:
    """Show both records of a pair side by side, with what each decision does to the total."""
    desk = _desk(request)
    row = desk.row_shown(pair)
    chance = desk.decides and desk.drawn_pair == row.id
    hidden = chance or row.hides_answers
    last = request.GET.get("last", "")
    skipped = _skipped(request)
    given = [] if row.hides_answers else list(row.given)
    people = person_names([one.by for one in given])
    asked = [] if row.hides_answers else desk.asked.get(row.id, ())
    people |= person_names([str(one.person) for one in asked])
    values = {
        "desk": desk,
        "row": row,
        "question": words(holds(row.pair.relation)[0]),
        "chance": words(CHANCE) if chance else "",
        "hidden": hidden,
        "effects": effects(desk, row, hidden=hidden),
        "fields": fields(desk, row),
        "reasons": reasons(row),
        "probability": None if chance or row.pair.probability is None else f"{row.pair.probability:.0%}",
        "total": None if hidden else total_now(desk),
        "labels": labels(row.pair.relation),
        "given": [(people[one.by], one) for one in given],
        "asked": [(people[str(one.person)], one) for one in asked],
        "reviewers": actions.possible_reviewers(desk, row) if desk.decides and not row.hides_answers else [],
        "shown": actions.shown_token(desk, row) if desk.decides else "",
        "waiting": desk.waiting().height,
        "last": last if last and _is_mine(desk, last) else "",
        "skip": urlencode({"skipped": ".".join([*skipped, row.id])}),
        "may_answer": desk.decides and (row.state != THIRD or row.hides_answers),
        "mine": _is_mine(desk, row.id) and not row.hides_answers,
    }
    return _tagged(render(request, "matching/pair.html", values), desk)


def _is_mine(desk: Desk, pair: str) -> bool:
    """Return True if the last decision on a pair is the viewer's."""
    given = desk.answers.get(pair, ())
    return desk.decides and bool(given) and given[-1].by == desk.me


def decide(request: HttpRequest, pair: str) -> HttpResponse:
    """Record a decision, tell what it did to the total, and open the next pair."""
    viewer = viewer_of(request)
    before = _desk(request).now.total
    verdict = request.POST.get("verdict", "")
    try:
        row = actions.decide(
            viewer=viewer,
            pair=pair,
            verdict=verdict,
            note=request.POST.get("note", ""),
            shown=request.POST.get("shown", ""),
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect("pair", pair=pair)
    desk = _desk(request)
    _tell(request, desk, labels(row.pair.relation)[verdict], before)
    after = desk.row(pair)
    if after is not None and after.state == THIRD:
        messages.warning(request, say("Two reviewers disagree. The pair returns for a third person."))
    following = desk.next()
    return _to_pair(following, pair, []) if following else redirect("matching")


def _tell(request: HttpRequest, desk: Desk, label: str, before: Figures | None) -> None:
    now, was = total_now(desk), money(before, currency_of(desk))
    if now is None or was is None:
        messages.success(request, say("Decided: {decision}.", decision=label))
        return
    told = {"decision": label, "before": was.text, "now": now.text}
    messages.success(request, say("Decided: {decision}. Total pledged: {before} → {now}", **told))


def undo(request: HttpRequest, pair: str) -> HttpResponse:
    """Take back the viewer's decision and show the pair again."""
    before = _desk(request).now.total
    try:
        actions.undo(viewer=viewer_of(request), pair=pair)
    except Refused as error:
        tell_refusal(request, error)
        return redirect("pair", pair=pair)
    _tell(request, _desk(request), say("taken back"), before)
    return redirect("pair", pair=pair)


def second(request: HttpRequest, pair: str) -> HttpResponse:
    """Ask another person for a second opinion."""
    try:
        person = uuid.UUID(request.POST.get("person", ""))
    except ValueError:
        person = uuid.UUID(int=0)
    try:
        actions.ask_second(viewer=viewer_of(request), pair=pair, person=person)
        messages.success(request, say("The second opinion was asked for."))
    except Refused as error:
        tell_refusal(request, error)
    return redirect("pair", pair=pair)


def _desk(request: HttpRequest) -> Desk:
    desk = desk_of(viewer_of(request))
    if desk is None:
        raise Http404
    return desk


def _tagged(response: HttpResponse, desk: Desk) -> HttpResponse:
    response["Konvoi-View"] = desk.opened.manifest.digest
    return response
