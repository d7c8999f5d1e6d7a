"""Views of funding: a programme, a condition with its assessment, payments against need, a project."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from konvoi.flow.snapshots import CONTRACTS_FILE, PROJECTS_FILE
from konvoi.fund.calendar import MONEY
from konvoi.fund.monthly_need import Month, by_month
from konvoi.gateways.refusal import Refused
from konvoi.model.naming import localized
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.funds import VERDICTS
from konvoi.report.language import Language
from konvoi.report.money_columns import major
from konvoi.report.svg import element, percent, picture, text
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view, view_of
from konvoi.web.form_rows.actions import confirm, discard
from konvoi.web.form_rows.models import FormRow
from konvoi.web.form_rows.shown import rows_about
from konvoi.web.funding.actions import assess
from konvoi.web.funding.condition import AssessmentForm, OfCondition, condition_of, filled
from konvoi.web.lists.found import Found
from konvoi.web.pages.attachments import attachment, kind_of
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.refusals import tell_refusal
from konvoi.web.pages.texts import say

FILES = {"projects-oc4ids.json": PROJECTS_FILE, "contracts-ocds.json": CONTRACTS_FILE}
MOST = 2_000


def funding(request: HttpRequest) -> HttpResponse:
    """Go to the programmes, with which funding begins."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("programmes") + (f"?{query}" if query else ""))


def programme_page(request: HttpRequest, programme: str) -> HttpResponse:
    """Show a programme: its amounts, tranches, conditions, and what holds money back."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    where = {"programme": programme}
    rows = opened.rows("programme_standing", where=where, limit=1).rows
    if not rows:
        raise Http404
    payments = opened.rows("money", where=where, order=("day", "tranche"), limit=MOST).rows
    names = ("committed", "decided", "disbursed", "left")
    values = {
        "row": rows[0],
        "amounts": [(localized("column", one, code()), amount(rows[0], one)) for one in names],
        "tranches": [
            {
                **row,
                "shown": amount(row, "expected"),
                "may_be_paid": amount(row, "estimate"),
                "steps": (row["steps"] or 0) + (row["late"] or 0),
            }
            for row in opened.rows("tranche_standing", where=where, order=("tranche",), limit=MOST).rows
        ],
        "conditions": [
            {**row, "shown": amount(row, "amount")}
            for row in opened.rows(
                "step_standing", where=where, order=("tranche", "condition"), limit=MOST
            ).rows
        ],
        "held": [
            {**row, "shown": amount(row, "amount")}
            for row in payments
            if row["what"] in ("suspended", "lost")
        ],
    }
    return shown_in(request, "funding/programme.html", values, opened)


def amount(row: Mapping[str, object], name: str) -> str:
    """Return an amount of a row in words; words for none."""
    minor, currency = row.get(name), str(row.get("currency") or "")
    return Language(code()).exact(major(minor, currency), currency) if isinstance(minor, int) else "–"


def _condition(request: HttpRequest, name: str) -> OfCondition | None:
    opened = view_of(request)
    if opened is None:
        return None
    found = condition_of(viewer_of(request), opened, name)
    if found is None:
        raise Http404
    return found


def condition_page(request: HttpRequest, condition: str) -> HttpResponse:
    """Show a condition with its assessments; show what one more changes, and record it."""
    found = _condition(request, condition)
    if found is None:
        return to_overview(request)
    if request.method != "POST":
        return _page(request, found, AssessmentForm({"verdict": "", "source": "", "words": ""}), uuid.uuid4())
    if not found.may_assess:
        raise Http404
    form = filled(found, request.POST.dict())
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404 from None
    if form.faults or request.POST.get("step") != "record":
        return _page(request, found, form, key, checked=not form.faults)
    try:
        if request.POST.get("seen") != found.state():
            raise Refused(say("The condition was assessed in the meantime. Look at it again."))
        one = assess(found=found, form=form, key=key)
        if one.state == FormRow.State.ASKED:
            messages.success(request, say("Recorded. A second person of the authority has to confirm it."))
        else:
            messages.success(request, say("Recorded."))
    except Refused as error:
        tell_refusal(request, error)
    return redirect("condition", condition=condition)


def _page(
    request: HttpRequest, found: OfCondition, form: AssessmentForm, key: uuid.UUID, *, checked: bool = False
) -> HttpResponse:
    values = {
        "condition": found,
        "weight": amount(found.row, "amount"),
        "form": form,
        "key": key,
        "checked": checked,
        "changes": found.with_assessment(form.row(found, key)) if checked else [],
        "verdicts": [(one, localized("choice", one, code())) for one in VERDICTS],
        "statements": found.statements() if found.may_assess else [],
        "seen": found.state(),
        "entered": rows_about(found.viewer, found.about, Right.SUBMIT),
        "row_address": "assessment-decide",
    }
    response = shown_in(request, "funding/condition.html", values, found.opened)
    response.status_code = 400 if form.faults else 200
    return response


def decide_assessment(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """Confirm an assessment as a second person, or discard it."""
    change = confirm if request.POST.get("step") == "confirm" else discard
    one = FormRow.objects.filter(pk=row, table="assessments").first()
    if one is None:
        raise Http404
    try:
        change(viewer=viewer_of(request), right=Right.SUBMIT, row=row)
        messages.success(request, say("Recorded."))
    except Refused as error:
        tell_refusal(request, error)
    return redirect("condition", condition=one.about.partition("/")[2])


def need_by_month(request: HttpRequest, found: Found) -> dict[str, object]:
    """Return the state's need by month against payments, with its picture, for the page of payments."""
    opened = view(viewer_of(request))
    months = [] if opened is None else list(months_of(opened))
    return {"months": [_shown(one) for one in months], "picture": _picture(months)}


def months_of(opened: Opened) -> tuple[Month, ...]:
    """Return the months of a view with a need or a payment."""
    needs, money = opened.frame("financing_needs"), opened.frame("money")
    return by_month(
        BY_NAME["financing_needs"].empty() if needs is None else needs,
        pl.DataFrame(schema=MONEY) if money is None else money,
        opened.day,
    )


def _shown(one: Month) -> dict[str, str]:
    names = {"need": one.need, "paid": one.paid, "coming": one.coming, "lacks": one.lacks}
    row = {**names, "currency": one.currency}
    return {"month": Language(code()).month(one.first), **{name: amount(row, name) for name in names}}


def _picture(months: list[Month]) -> str:
    """Return bars by month in the currency of the largest need: an outline, and payments within it."""
    known = [one for one in months if one.need is not None]
    if not known:
        return ""
    currency = max(known, key=lambda one: one.need or 0).currency
    shown = [one for one in months if one.currency == currency]
    most = Decimal(max(max(one.need or 0, one.paid + one.coming) for one in shown) or 1)
    language, parts, y = Language(code()), [], 0.0
    told = []
    for one in shown:
        words = say(
            "{month}: need {need}, paid {paid}, to come {coming}",
            month=language.month(one.first),
            **{name: text_ for name, text_ in _shown(one).items() if name not in ("month", "lacks")},
        )
        told.append(words)
        parts.append(text(words, "0", y + 13, class_="name"))
        if one.need is not None:
            width = percent(Decimal(one.need), most)
            parts.append(element("rect", x=0, y=f"{y + 18:g}", width=width, height=14, class_="gap"))
        both = percent(Decimal(one.paid + one.coming), most)
        parts.append(element("rect", x=0, y=f"{y + 18:g}", width=both, height=14, class_="s1"))
        paid = percent(Decimal(one.paid), most)
        parts.append(element("rect", x=0, y=f"{y + 18:g}", width=paid, height=14, class_="s4"))
        y += 42
    title = say("Need of money from outside and payments by month ({currency})", currency=currency)
    return picture(
        "".join(parts), id="need-by-month", title=title, words="; ".join(told), height=y, class_="bars"
    )


def project_page(request: HttpRequest, project: str) -> HttpResponse:
    """Show a project: its money, what each principle answers, and projects that may be the same."""
    opened = view_of(request)
    if opened is None:
        return to_overview(request)
    rows = opened.rows("project_standing", where={"project": project}, limit=1).rows
    if not rows:
        raise Http404
    names = ("cost", "committed", "contracted", "paid", "left")
    twice = [
        row
        for side in ("left", "right")
        for row in opened.rows("project_twice", where={side: project}, limit=MOST).rows
    ]
    answers = opened.rows(
        "project_answers", where={"project": project}, order=("principle",), limit=MOST
    ).rows
    values = {
        "row": rows[0],
        "amounts": [(localized("column", one, code()), amount(rows[0], one)) for one in names],
        "answers": [
            {**row, "because": say(row["reason"], value=row["value"] or "") if row["reason"] else ""}
            for row in answers
        ],
        "twice": [
            {
                **row,
                "other": row["right"] if row["left"] == project else row["left"],
                "likely": Language(code()).chance(row["probability"]),
                "shown": amount(row, "amount"),
            }
            for row in twice
        ],
    }
    return shown_in(request, "funding/project.html", values, opened)


def open_data(request: HttpRequest, published: str) -> HttpResponse:
    """Give projects or contracts in a standard of open contracting, as far as the reader may see them."""
    opened = view_of(request)
    place = FILES.get(published)
    content = None if opened is None or place is None else opened.file(place)
    if content is None:
        raise Http404
    return take(request, published) or attachment(content, published, kind_of(published))
