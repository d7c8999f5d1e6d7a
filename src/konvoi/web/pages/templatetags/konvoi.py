"""Tags of the templates: texts, days and numbers in the reader's language."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from konvoi.flow.subject_pages import FOLDER
from konvoi.report.language import Language
from konvoi.report.localized_refusal import localized_refusal
from konvoi.web.access.view import view_of
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text, party_texts
from konvoi.web.pages.texts import say

register = template.Library()


register.simple_tag(say)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Return a day as it is written in the reader's language."""
    if value in (None, ""):
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return Language(code()).day(value)


@register.filter
def moment(value: datetime | str | None) -> SafeString:
    """Return a moment with its minute, in UTC."""
    if not value:
        return mark_safe("")
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    text = f"{Language(code()).day(when.date())}, {when:%H:%M} UTC"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(timespec="seconds"), text)


@register.filter
def party(value: str | None) -> str:
    """Return the name of a party; the id itself where nothing names it."""
    return party_text(value) if value else ""


@register.filter
def parties(values: str | Iterable[str] | None) -> list[str]:
    """Return the names of parties (`party`); values: ids, or a text of ids separated by semicolons."""
    return party_texts(values)


@register.filter
def figure(value: Decimal | int | str | None) -> str:
    """Return a number with the separators of the reader's language."""
    if value in (None, ""):
        return "–"
    return Language(code()).decimal(Decimal(str(value)))


@register.filter
def percent(share: Decimal) -> str:
    """Return a share in whole per cent; what is nearly all or nearly nothing is not rounded to it."""
    return Language(code()).percent(share)


@register.filter
def with_query(address: str, query: str) -> str:
    """Return an address with further parameters; query: they with their question mark, or nothing."""
    return f"{address}&{query[1:]}" if query and "?" in address else f"{address}{query}"


@register.filter
def refusal(text: str) -> str:
    """Return a refusal, which may hold its values already, in the reader's language."""
    said = Language(code()).say(text)
    return said if said != text else localized_refusal(text, code())


@register.inclusion_tag("subjects/answer.html", takes_context=True)
def answer_of(context: Context, subject: str) -> dict[str, object]:
    """Show the answer of a subject, a sentence of each of its sections, from the results of the reader."""
    opened = view_of(context["request"])
    text = "" if opened is None else opened.text(f"{FOLDER}/{subject}/answer", code())
    return {"lines": json.loads(text) if text else []}


@register.filter
def words(text: object) -> str:
    """Return a message id that comes as a value in the reader's language."""
    return conditional_escape(Language(code()).say(str(text))) if text else ""
