"""Views of decisions by a rule: choose it, see its pairs and their effect, confirm."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from konvoi.gateways.refusal import Refused
from konvoi.report.matching.sides import holds
from konvoi.web.access.requests import viewer_of
from konvoi.web.matching import actions
from konvoi.web.matching.queries import desk_of
from konvoi.web.matching.rules import MOST, Rule, answers_between, fitting, senders
from konvoi.web.matching.shown import currency_of, labels, lines, money, total_now, words
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say


def batch(request: HttpRequest) -> HttpResponse:
    """Show the pairs of a rule, and the total that deciding all of them alike leaves."""
    desk = desk_of(viewer_of(request))
    if desk is None or not desk.decides:
        raise Http404
    rule = Rule.of({name: str(value) for name, value in request.GET.items()})
    rows = desk.rows(fitting(desk, rule))
    after = []
    for verdict in ("same", "different") if rows else ():
        left = desk.now.if_decided({one.id: verdict for one in rows})
        after.append((verdict, labels(rule.relation)[verdict], money(left, currency_of(desk))))
    relations = sorted(set(desk.states["relation"]))
    values = {
        "desk": desk,
        "rule": rule,
        "digest": rule.digest(rows),
        "lines": list(lines(desk, rows)),
        "after": after,
        "total": total_now(desk),
        "senders": senders(desk)[:MOST],
        "relations": [(one, words(holds(one)[0])) for one in relations],
        "answers": [
            (f"{one}={answer}", f"{say(one)}: {say(answer)}", count)
            for one, answer, count in answers_between(desk, rule)
        ],
        "most": MOST,
    }
    return render(request, "matching/batch.html", values)


def decide_batch(request: HttpRequest) -> HttpResponse:
    """Decide on all pairs of a rule."""
    rule = Rule.of({name: str(value) for name, value in request.POST.items()})
    try:
        count = actions.decide_by_rule(
            viewer=viewer_of(request),
            rule=rule,
            verdict=request.POST.get("verdict", ""),
            digest=request.POST.get("digest", ""),
        )
    except Refused as error:
        tell_refusal(request, error)
        return redirect("matching-batch")
    desk = desk_of(viewer_of(request))
    total = None if desk is None else total_now(desk)
    told = {"count": count, "total": total.text if total else "–"}
    text = (
        "{count} pair was decided. Total pledged: {total}",
        "{count} pairs were decided. Total pledged: {total}",
    )
    messages.success(request, say(*text, count, **told))
    return redirect("matching")
