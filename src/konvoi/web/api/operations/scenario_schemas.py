"""Schemas of planning in the OpenAPI document: decisions on needs and offers, and scenarios."""

from typing import Any

from konvoi.web.api.schema_parts import (
    DAY,
    ID,
    MOMENT,
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
from konvoi.web.planning.actions import DECISIONS
from konvoi.web.planning.adoption import KINDS
from konvoi.web.planning.models import ScenarioStep
from konvoi.web.planning.scenario_form import LISTED

SHORT = LONGEST_NAME = 200
MOST_CHOSEN = 100
MOST_PARTIES = 200
ADDED = {
    "offer": (
        "offer_",
        ("party", "good", "quantity", "site", "ready"),
        ("party", "good", "quantity", "site"),
    ),
    "need": ("", ("need", "due"), ("need", "due")),
    "capacity": ("", ("on", "tonnes"), ("on", "tonnes")),
}
"""Rows that a scenario can add: prefix of the fields of the form, members, and those that are needed."""
_STEPS = tuple(ScenarioStep.Step.values)
_SUMMARY = ("before", "close", "independent", "bound")
_COUNTS = ("lost", "gained", "kept", "kept_independent", "all")

SCHEMAS: dict[str, Any] = {
    "NeedDecision": object_of(
        {"state": one_of(DECISIONS["needs"])},
        {name: line(SHORT) for name in ("quantity", "due")},
        closed=True,
    ),
    "OfferDecision": object_of(
        {"state": one_of(DECISIONS["offers"])},
        {**{name: line(SHORT) for name in ("quantity", "until")}, "reason": line(500)},
        closed=True,
    ),
    "ScenarioToAnswer": object_of(
        {},
        {
            "name": line(LONGEST_NAME),
            **dict.fromkeys(("first", "last"), DAY),
            **{name: list_of(line(SHORT, 1), most=MOST_CHOSEN) for name in LISTED},
            "weeks": {"type": "integer", "minimum": -520, "maximum": 520},
            "as_submitted": YES,
            **{
                name: object_of(
                    {one: line(SHORT, 1) for one in needed},
                    {one: line(SHORT) for one in members if one not in needed},
                    closed=True,
                )
                for name, (_, members, needed) in ADDED.items()
            },
        },
        closed=True,
    ),
    "ScenarioSummary": object_of(
        {
            **texts_of(*_SUMMARY),
            **dict.fromkeys(_COUNTS, WHOLE),
            "first": or_null(DAY),
            "stale": YES,
        }
    ),
    "ScenarioState": object_of(
        {
            "scenario": ID,
            "name": TEXT,
            "job": or_null(ID),
            "state": one_of(("waiting", "running", "done", "failed", "cancelled")),
            "found": list_of(object_of(texts_of("kind", "value", "bound", "difference"))),
            "summary": or_null(ref("ScenarioSummary")),
            "plans": list_of(one_of(KINDS)),
            "adoption": one_of(("", *_STEPS)),
            "refused": TEXT,
            "may_decide": YES,
            "steps": list_of(object_of({"step": one_of(_STEPS), **texts_of("plan", "reason"), "at": MOMENT})),
            "may_share_with": list_of(TEXT),
            "shared_with": list_of(TEXT),
        }
    ),
    "Scenarios": object_of(
        {
            "answered": list_of(
                object_of(
                    {
                        "scenario": ID,
                        "name": TEXT,
                        "at": MOMENT,
                        "adoption": one_of(("", *_STEPS)),
                        "summary": ref("ScenarioSummary"),
                    }
                )
            ),
            "waiting": list_of(ID),
        }
    ),
    "ScenarioToShare": object_of(
        {"parties": list_of(line(60, 1), least=1, most=MOST_PARTIES), "title": line(SHORT, 1)}, closed=True
    ),
    "PlanProposal": object_of({"plan": one_of(KINDS), "reason": line(500, 1)}, closed=True),
    "PlanDecision": object_of(
        {"step": one_of(tuple(one for one in _STEPS if one != "proposed"))},
        {"reason": line(500)},
        closed=True,
    ),
    "SharedScenarios": object_of(
        {"shared": list_of(object_of({"scenario": ID, "title": TEXT, "at": MOMENT}))}
    ),
    "SharedScenario": object_of(
        {
            "scenario": ID,
            "title": TEXT,
            "at": MOMENT,
            "plans": list_of(
                object_of(
                    {
                        "plan": one_of(KINDS),
                        "changes": list_of({"type": "object", "additionalProperties": or_null(TEXT)}),
                    }
                )
            ),
        }
    ),
}
"""Schemas by name."""
