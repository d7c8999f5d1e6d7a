"""Funding in the API: a condition with its assessments, and one more assessment of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.model.tables.funds import VERDICTS
from konvoi.report.money_columns import major
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.api.calls import Call
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import (
    Subject,
    entered,
    new_key,
    query_texts,
    recorded,
    results_of,
    stated,
    tag_from,
    unfit_query,
)
from konvoi.web.api.problems import refused_by, unfit
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
from konvoi.web.form_rows.actions import LONGEST
from konvoi.web.form_rows.shown import rows_about
from konvoi.web.funding.actions import assess
from konvoi.web.funding.condition import OfCondition, condition_of, filled

OF_ASSESSMENT = {"verdict": 20, "source": 200, "words": LONGEST}
"""Members of an assessment, with the characters of each at most."""


def condition_state(request: HttpRequest, condition: str) -> HttpResponse:
    """Return a condition with its assessments, and the statements that can be evidence of one more."""
    found = _condition(viewer_of(request), condition)
    minor, currency = found.row["amount"], str(found.row["currency"] or "")
    names = ("assessment", "party", "day", "verdict", "words", "source")
    values = {
        "condition": found.name,
        **{name: str(found.row[name] or "") for name in ("programme", "tranche", "title", "verdict")},
        "authority": found.authority,
        "amount": None if minor is None else float(major(minor, currency)),
        "currency": currency,
        "may_assess": found.may_assess,
        "assessments": [
            {name: None if row[name] is None else str(row[name]) for name in names}
            for row in found.assessments()
        ],
        "statements": [
            {"statement": name, "title": title}
            for name, title in (found.statements() if found.may_assess else ())
        ],
        "entered": entered(rows_about(found.viewer, found.about, Right.SUBMIT)),
    }
    return stated(values, tag=_tag(found))


def assess_condition(request: HttpRequest, condition: str) -> HttpResponse:
    """Record an assessment of a condition as the program has seen it.

    Where it lets money be paid, it waits for a second person of the authority.
    """
    viewer = viewer_of(request)
    found = _condition(viewer, condition)
    if not found.may_assess:
        raise Http404
    given = texts(members_of(request), OF_ASSESSMENT, needed=("verdict", "source"))
    if given["verdict"] not in VERDICTS:
        raise unfit("verdict", f"One of these is needed: {', '.join(VERDICTS)}.")

    def act() -> HttpResponse:
        refuse_unseen(request, [_tag(found)], needed=True)
        form, key = filled(found, given), new_key()
        if form.faults:
            raise refused_by(form.faults)
        return recorded(assess(found=found, form=form, key=key))

    return once(request, act, content=given, needed=True)


def assessment_effect(request: HttpRequest, condition: str) -> HttpResponse:
    """Return what an assessment would change in the tranches of a programme; nothing is recorded."""
    found = _condition(viewer_of(request), condition)
    if not found.may_assess:
        raise Http404
    names = ("verdict", "source")
    given = query_texts(request, {name: OF_ASSESSMENT[name] for name in names}, needed=names)
    if given["verdict"] not in VERDICTS:
        raise unfit_query("verdict")
    form = filled(found, given)
    if form.faults:
        raise refused_by(form.faults)
    changes = [
        {
            "tranche": one.tranche,
            "disbursable_before": one.before,
            "disbursable_after": one.after,
            "held_back_before": one.held_before,
            "held_back_after": one.held_after,
        }
        for one in found.with_assessment(form.row(found, new_key()))
    ]
    return stated({"needs_two": form.needs_two, "tranches": changes})


def _condition(viewer: Viewer, name: str) -> OfCondition:
    found = condition_of(viewer, results_of(viewer), name)
    if found is None:
        raise Http404
    return found


def _tag(found: OfCondition) -> str:
    """Return the entity tag of a condition: another one once it is assessed."""
    return tag_from(found.name, found.viewer.reader, found.state())


_SCHEMAS: dict[str, Any] = {
    "ConditionState": object_of(
        {
            **texts_of("condition", "programme", "tranche", "title", "verdict", "authority", "currency"),
            "amount": or_null({"type": "number"}),
            "may_assess": YES,
            "assessments": list_of(
                object_of(
                    {
                        **texts_of("assessment", "party", "verdict"),
                        "day": DAY,
                        **dict.fromkeys(("words", "source"), or_null(TEXT)),
                    }
                )
            ),
            "statements": list_of(object_of(texts_of("statement", "title"))),
            "entered": list_of(ref("RecordedRow")),
        }
    ),
    "AssessmentToRecord": object_of(
        {"verdict": one_of(VERDICTS), "source": line(OF_ASSESSMENT["source"], 1)},
        {"words": line(OF_ASSESSMENT["words"])},
        closed=True,
    ),
    "AssessmentEffect": object_of(
        {
            "needs_two": YES,
            "tranches": list_of(
                object_of(
                    texts_of(
                        *("tranche", "disbursable_before", "disbursable_after"),
                        *("held_back_before", "held_back_after"),
                    )
                )
            ),
        }
    ),
}
_OF_CONDITION = {"condition": "$response.body#/condition"}
SUBJECT = Subject(
    calls=(
        Call(
            "conditions/{condition}",
            Right.PUBLIC,
            condition_state,
            "A condition with its assessments",
            query=(),
            answer="ConditionState",
            tagged=True,
            needs_results=True,
        ),
        Call(
            "conditions/{condition}/effect",
            Right.SUBMIT,
            assessment_effect,
            "Changes that an assessment would make",
            query=("verdict", "source"),
            kinds={"verdict": one_of(VERDICTS), "source": line(OF_ASSESSMENT["source"], 1)},
            needed=("verdict", "source"),
            answer="AssessmentEffect",
            needs_results=True,
        ),
        Call(
            "conditions/{condition}/assessments",
            Right.SUBMIT,
            assess_condition,
            "Record an assessment of a condition",
            query=(),
            answer="RecordedRow",
            status=202,
            writes=True,
            body="AssessmentToRecord",
            keyed=True,
            seen=True,
        ),
    ),
    schemas=_SCHEMAS,
    links={
        "ConditionsList": {"condition_state": {"condition": "$response.body#/rows/0/condition"}},
        "ConditionState": {
            "assess_condition": _OF_CONDITION | {"header.If-Match": "$response.header.ETag"},
            "assessment_effect": _OF_CONDITION,
        },
    },
)
"""Operations of funding."""
