"""Agreements in the API: a round with its matrix, clauses traded together, and positions of parties."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.accord.clause_groups import Distance
from konvoi.model.tables.positions import STANCES
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements import actions
from konvoi.web.agreements.position_form import MARKINGS, PositionForm, filled, parties_for
from konvoi.web.agreements.rounds import OfRound, round_of
from konvoi.web.api.calls import Call
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import (
    Subject,
    entered,
    is_day,
    new_key,
    query_texts,
    recorded,
    results_of,
    stated,
    tag_from,
    unfit_query,
)
from konvoi.web.api.problems import refused_by, unfit
from konvoi.web.api.received import is_line, members_of, refuse_unseen, texts
from konvoi.web.api.schema_parts import (
    DAY,
    TEXT,
    WHOLE,
    YES,
    line,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    texts_of,
)
from konvoi.web.form_rows.actions import LONGEST
from konvoi.web.form_rows.shown import rows_about
from konvoi.web.pages.texts import say

SHORT = 100
MOST_CLAUSES = 100
OF_POSITION = {
    **dict.fromkeys(("party", "clause", "stance", "amendment", "lifts", "marking"), SHORT),
    "words": LONGEST,
}
"""Members of a position, with the characters of each at most."""


def round_state(request: HttpRequest, round: str) -> HttpResponse:
    """Return a round: its clauses with positions, its distance, and that of clauses traded together."""
    viewer = viewer_of(request)
    shown = _round(viewer, round)
    chosen = request.GET.getlist("clause")
    if len(chosen) > MOST_CLAUSES or not all(is_line(one, SHORT) for one in chosen):
        raise unfit_query("clause")
    if set(chosen) - {clause for clause, _ in shown.asked()}:
        raise refused_by({"clause": say("Choose a clause of the text.")})
    day = shown.opened.day
    values = {
        "round": shown.name,
        "document": shown.document,
        "title": shown.title,
        "deadline": shown.row["deadline"].isoformat(),
        "running": day is not None and shown.row["deadline"] >= day,
        "silence_accepts": shown.silence_accepts,
        "parties": list(shown.parties),
        "may_speak_for": parties_for(viewer, shown),
        "counts": shown.counts(),
        "distance": _distance(shown.distance()),
        "package": _distance(shown.distance(chosen)) if chosen else None,
        "clauses": _clauses(shown),
        "amendments": [{"position": name, "title": title} for name, title in sorted(shown.amendments())],
        "entered": entered(rows_about(viewer, shown.about, Right.NEGOTIATE)),
    }
    return stated(values, tag=_tag(viewer, shown))


def position_effect(request: HttpRequest, round: str) -> HttpResponse:
    """Return what a position would change in a round; nothing is recorded."""
    viewer = viewer_of(request)
    shown = _speaking(viewer, round)
    given = query_texts(request, OF_POSITION, needed=["stance"])
    if (misfit := _misfit(given)) is not None:
        raise unfit_query(misfit[0])
    form = _filled(viewer, shown, given)
    effect = shown.with_positions([form.row(shown, new_key())])
    moved = [
        {
            "clause": one.clause,
            "state_before": one.before,
            "state_after": one.after,
            "distance_before": one.distance,
            "distance_after": one.then,
        }
        for one in effect.moved
    ]
    return stated({"moved": moved, "before": _distance(effect.before), "after": _distance(effect.after)})


def take_position(request: HttpRequest, round: str) -> HttpResponse:
    """Record a position of a party on a clause or the whole text, on the round as the program has seen it."""
    viewer = viewer_of(request)
    # What is not there for a viewer is told before anything about what was sent.
    shown = _speaking(viewer, round)
    given = texts(members_of(request), OF_POSITION, needed=["stance"])
    if (misfit := _misfit(given)) is not None:
        raise unfit(*misfit)

    def act() -> HttpResponse:
        refuse_unseen(request, [_tag(viewer, shown)], needed=True)
        form, key = _filled(viewer, shown, given), new_key()
        marking, row = form.values["marking"], form.row(shown, key)
        party = form.party
        return recorded(
            actions.take_position(viewer=viewer, shown=shown, party=party, row=row, key=key, marking=marking)
        )

    return once(request, act, content=given, needed=True)


def _round(viewer: Viewer, name: str) -> OfRound:
    found = round_of(viewer, results_of(viewer), name)
    if found is None:
        raise Http404
    return found


def _speaking(viewer: Viewer, name: str) -> OfRound:
    """Return a round in which a viewer may take a position."""
    shown = _round(viewer, name)
    if not parties_for(viewer, shown):
        raise Http404
    return shown


def _misfit(given: Mapping[str, str]) -> tuple[str, str] | None:
    """Return a member whose value it cannot have in any round, with what is needed; None for none."""
    for name, values in _CHOICES.items():
        if name in given and given[name] not in values:
            return name, f"One of these is needed: {', '.join(values)}."
    if "lifts" in given and not is_day(given["lifts"]):
        return "lifts", "A day is written as 2026-03-31."
    return None


def _filled(viewer: Viewer, shown: OfRound, given: Mapping[str, str]) -> PositionForm:
    """Return a position that fits the round; stop with what is wrong."""
    if viewer.party and given.get("party") and given["party"] not in parties_for(viewer, shown):
        # The form of the page would take the viewer's own party without a word.
        raise refused_by({"party": _OTHER})
    form = filled(viewer, shown, {name: given.get(name, "") for name in OF_POSITION})
    if form.faults:
        raise refused_by(form.faults)
    return form


_OTHER = "The token is for another party."
_CHOICES: Mapping[str, tuple[str, ...]] = {"stance": STANCES, "marking": MARKINGS}


def _tag(viewer: Viewer, shown: OfRound) -> str:
    """Return the entity tag of a round: another one where a party has spoken."""
    return tag_from(shown.name, viewer.reader, *(f"{one} {shown.state_of(one)}" for one in shown.parties))


def _distance(found: Distance) -> dict[str, Any]:
    return {
        "parties_to_move": found.distance,
        "open_positions": found.points,
        "clauses": list(found.clauses),
        "parties": [{"party": party, "clauses": list(clauses)} for party, clauses in found.parties],
    }


def _clauses(shown: OfRound) -> list[dict[str, Any]]:
    positions: dict[str, list[dict[str, Any]]] = {}
    for row in shown.stands.iter_rows(named=True):
        one = {name: row[name] for name in ("party", "stance", "how", "open", "words", "amendment")}
        one |= {name: row[name] and row[name].isoformat() for name in ("since", "lifts")}
        positions.setdefault(row["clause"], []).append(one)
    names = ("clause", "text", "state", "distance", "best", "closes", "opens", "unsaid")
    return [
        {**{name: row[name] for name in names}, "positions": positions.get(row["clause"], [])}
        for row in shown.clauses.iter_rows(named=True)
    ]


_POSITION = {
    "stance": one_of(STANCES),
    "party": line(SHORT),
    "clause": line(SHORT),
    "amendment": line(SHORT),
    "words": line(LONGEST),
    "lifts": DAY,
    "marking": one_of(MARKINGS),
}
_IN_QUERY = {name: {**one, "minLength": 1} if "maxLength" in one else one for name, one in _POSITION.items()}
_SCHEMAS: dict[str, Any] = {
    "RoundState": object_of(
        {
            **texts_of("round", "document", "title"),
            "deadline": DAY,
            "running": YES,
            "silence_accepts": YES,
            "parties": list_of(TEXT),
            "may_speak_for": list_of(TEXT),
            "counts": object_of(dict.fromkeys(("settled", "open", "waiting"), WHOLE)),
            "distance": ref("ClauseDistance"),
            "package": or_null(ref("ClauseDistance")),
            "clauses": list_of(ref("RoundClause")),
            "amendments": list_of(object_of(texts_of("position", "title"))),
            "entered": list_of(ref("RecordedRow")),
        }
    ),
    "RoundClause": object_of(
        {
            "clause": TEXT,
            "text": or_null(TEXT),
            "state": TEXT,
            "distance": WHOLE,
            "best": or_null(TEXT),
            **dict.fromkeys(("closes", "opens", "unsaid"), or_null(WHOLE)),
            "positions": list_of(ref("ClausePosition")),
        }
    ),
    "ClausePosition": object_of(
        {
            "party": TEXT,
            "stance": or_null(TEXT),
            "how": TEXT,
            "open": YES,
            **dict.fromkeys(("words", "amendment"), or_null(TEXT)),
            **dict.fromkeys(("since", "lifts"), or_null(DAY)),
        }
    ),
    "ClauseDistance": object_of(
        {
            "parties_to_move": WHOLE,
            "open_positions": WHOLE,
            "clauses": list_of(TEXT),
            "parties": list_of(object_of({"party": TEXT, "clauses": list_of(TEXT)})),
        }
    ),
    "PositionEffect": object_of(
        {
            "moved": list_of(
                object_of(
                    {
                        **texts_of("clause", "state_before", "state_after"),
                        "distance_before": WHOLE,
                        "distance_after": WHOLE,
                    }
                )
            ),
            "before": ref("ClauseDistance"),
            "after": ref("ClauseDistance"),
        }
    ),
    "PositionToTake": object_of(
        {"stance": _POSITION["stance"]},
        {name: one for name, one in _POSITION.items() if name != "stance"},
        closed=True,
    ),
}
_OF_ROUND = {"round": "$response.body#/round"}
_round_call = partial(Call, right=Right.PUBLIC, needs_results=True)
SUBJECT = Subject(
    calls=(
        _round_call(
            "rounds/{round}",
            operation=round_state,
            summary="A round of a text: clauses, positions and distance",
            query=("clause",),
            kinds={"clause": list_of(line(SHORT, 1), least=1, most=MOST_CLAUSES)},
            answer="RoundState",
            tagged=True,
        ),
        _round_call(
            "rounds/{round}/effect",
            right=Right.NEGOTIATE,
            operation=position_effect,
            summary="Changes that a position would make",
            query=tuple(OF_POSITION),
            kinds=_IN_QUERY,
            needed=("stance",),
            answer="PositionEffect",
        ),
        _round_call(
            "rounds/{round}/positions",
            right=Right.NEGOTIATE,
            operation=take_position,
            summary="Record a position of a party",
            query=(),
            answer="RecordedRow",
            status=202,
            writes=True,
            body="PositionToTake",
            keyed=True,
            seen=True,
        ),
    ),
    schemas=_SCHEMAS,
    links={
        "RoundState": {
            "take_position": _OF_ROUND | {"header.If-Match": "$response.header.ETag"},
            "position_effect": _OF_ROUND,
        },
        "PositionsList": {"round_state": {"round": "$response.body#/rows/0/round"}},
    },
)
"""Operations of agreements."""
