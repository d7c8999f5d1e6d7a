"""Views of one need or offer, and of what its party decides on it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from konvoi.flow.catalogue import CATALOGUE
from konvoi.gateways.refusal import Refused
from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.page import Message
from konvoi.report.planning.causes import cause
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view_of
from konvoi.web.lists.columns import Column, column
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say
from konvoi.web.planning import actions
from konvoi.web.planning.drawn import case_of
from konvoi.web.submissions.views import form_key

SHOWN = {
    "needs": (
        *("good", "quantity", "site", "due", "last_useful", "weight", "whole", "state", "recipient"),
        "marking",
    ),
    "offers": ("party", "good", "quantity", "site", "ready", "until", "line", "state", "reason", "marking"),
}
TITLES = {"needs": "Need {name}", "offers": "Offer {name}"}
MOST = 200


def record_view(table: str) -> Callable[..., HttpResponse]:
    """Return the view of one need or offer."""

    def answered(request: HttpRequest, **given: str) -> HttpResponse:
        return _record(request, table, given[actions.KEYS[table]])

    answered.__name__ = actions.KEYS[table]
    return answered


def decide_view(table: str) -> Callable[..., HttpResponse]:
    """Return the view that hands in a need or an offer with another state."""

    def answered(request: HttpRequest, **given: str) -> HttpResponse:
        record = given[actions.KEYS[table]]
        values = {name: str(value) for name, value in request.POST.items()}
        try:
            upload = actions.decide(
                viewer=viewer_of(request),
                table=table,
                record=record,
                state=values.get("state", ""),
                given=values,
                key=form_key(request),
            )
        except Refused as error:
            tell_refusal(request, error)
            key = actions.KEYS[table]
            return HttpResponseRedirect(reverse(key, kwargs={key: record}))
        return redirect("upload", upload=upload.pk)

    answered.__name__ = f"{actions.KEYS[table]}_decide"
    return answered


def _record(request: HttpRequest, table: str, record: str) -> HttpResponse:
    viewer = viewer_of(request)
    opened = view_of(request)
    row = actions.row_of(viewer, table, record)
    if opened is None or row is None:
        raise Http404
    key = actions.KEYS[table]
    values = {
        "title": say(TITLES[table], name=record),
        "facts": _facts(table, row),
        "movements": _movements(opened, key, record),
        "reasons": _reasons(opened, record) if table == "needs" else [],
        "source": reverse("source", kwargs={"record": f"{table}/{record}"}),
        "is_need": table == "needs",
        "back": reverse(table),
        "may_decide": actions.may_decide(viewer, table, row),
        "states": [
            (one, localized("choice", one, code())) for one in actions.DECISIONS[table] if one != row["state"]
        ],
        "decide": reverse(f"{key}-decide", kwargs={key: record}),
        "key": uuid.uuid4(),
    }
    response = render(request, "planning/record.html", values)
    response["Konvoi-View"] = opened.manifest.digest
    return response


def _facts(table: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    columns = [column(table, name) for name in SHOWN[table]]
    absent = say("not reported")
    return [(one.heading, one.text(row) or absent) for one in columns if one.name in row]


def _movements(opened: Opened, key: str, record: str) -> tuple[list[Column], list[list[str]]]:
    names = [
        one.name for one in CATALOGUE["planned_movements"].columns if one.name not in (key, "lanes", "sites")
    ]
    columns = [column("planned_movements", name) for name in names]
    rows = opened.rows("planned_movements", where={key: record}, order=("departs",), limit=MOST).rows
    return columns, [[one.text(row) or "–" for one in columns] for row in rows]


def _reasons(opened: Opened, need: str) -> list[str]:
    """Return what of a need stays unmet, and why, where the reader sees reasons."""
    case = case_of(opened)
    if case is None or case.plan is None:
        return []
    names, language = Names(case), Language(code())
    unit = names.unit(next((str(one["good"]) for one in opened.rows("needs", where={"need": need}).rows), ""))
    found = []
    for row in case.plan.unmet.filter(case.plan.unmet["need"] == need).iter_rows(named=True):
        why = cause(names, row["cause"], row["parameters"], row["confirmed"])
        amount = f"{language.decimal(row['quantity'])} {language.text(Message(unit))}"
        found.append(say("Not covered: {amount}. {reason}", amount=amount, reason=language.text(why)))
    return found
