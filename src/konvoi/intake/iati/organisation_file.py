"""Organisation files: budgets and expenditure by period and recipient, and documents; nothing is posted."""

from lxml import etree

from konvoi.intake.iati.activity import Activity, day, remember
from konvoi.intake.iati.batch import Row, Spot, Work, spot
from konvoi.intake.iati.money import value
from konvoi.intake.iati.organisations import Organisation, narrative, organisation
from konvoi.kit.text import tidy
from konvoi.model.country import three_letters
from konvoi.model.finding import Severity

BUDGETS = (
    *("total-budget", "recipient-org-budget", "recipient-country-budget", "recipient-region-budget"),
    "total-expenditure",
)
_LINES = ("budget-line", "expense-line")


def organisation_record(element: etree._Element, work: Work, number: int) -> None:
    """Keep budgets, expenditure and documents of one organisation."""
    at = spot(element, f"iati-organisation[{number}]")
    ref = tidy(element.findtext("organisation-identifier") or "")
    if not ref:
        words = ("the identifier of the organisation", "Ask the publisher for it; its budgets have no owner.")
        work.find(Severity.WARNING, "iati-identifier-missing", at.at("organisation-identifier"), "", words)
    one = Organisation(ref, narrative(element.find("name")))
    remember(work, one)
    within = Activity(ref, at, currency=(element.get("default-currency") or "").strip())
    owner: Row = {"party": one.party, "organisation": ref or None}
    work.seen[ref] += 1
    for name in BUDGETS:
        for position, child in enumerate(element.iterfind(name), start=1):
            _budget(child, owner, within, work, f"{at.path}/{name}[{position}]")
    for position, child in enumerate(element.iterfind("document-link"), start=1):
        _document(child, owner, work, spot(child, f"{at.path}/document-link[{position}]"))


def _budget(element: etree._Element, owner: Row, within: Activity, work: Work, path: str) -> None:
    """Keep a budget and each of its lines; the lines are parts of it, never added to it."""
    at = spot(element, path)
    first, last = (element.find(name) for name in ("period-start", "period-end"))
    row: Row = {
        **owner,
        "budget": str(element.tag),
        "status": element.get("status"),
        "day_from": day(first.get("iso-date")) if first is not None else None,
        "day_to": day(last.get("iso-date")) if last is not None else None,
        **_recipient(element, work, at),
    }
    work.add("iati_organisation_budgets", at, {**row, **_money(element, within, work, at)})
    number = 0
    for child in element:
        if child.tag in _LINES:
            number += 1
            line = spot(child, f"{path}/{child.tag}[{number}]")
            told: Row = {
                "line": tidy(child.get("ref") or "") or str(number),
                "text": narrative(child) or None,
            }
            work.add("iati_organisation_budgets", line, {**row, **told, **_money(child, within, work, line)})


def _money(element: etree._Element, within: Activity, work: Work, at: Spot) -> Row:
    sum_ = value(element.find("value"), within, work, at)
    return {"amount_minor": sum_.minor, "currency": sum_.currency, "value_day": sum_.day}


def _recipient(element: etree._Element, work: Work, at: Spot) -> Row:
    """Return the party, country or region that a budget is for."""
    if (child := element.find("recipient-org")) is not None:
        one = organisation(child)
        remember(work, one)
        return {"recipient": one.party, "recipient_name": one.name or None}
    if (child := element.find("recipient-country")) is not None:
        code = tidy(child.get("code") or "")
        three = three_letters(code.upper())
        if three is None:
            words = ("the ISO 3166 code of a country", "correct the code; until then the place is not known")
            work.find(Severity.NOTE, "iati-country-unknown", at.at("recipient-country"), code, words)
        return {"country": three, "recipient_name": narrative(child) or None}
    if (child := element.find("recipient-region")) is not None:
        code = "/".join(filter(None, (child.get("vocabulary"), tidy(child.get("code") or ""))))
        return {"region": code or None, "recipient_name": narrative(child) or None}
    return {}


def _document(element: etree._Element, owner: Row, work: Work, at: Spot) -> None:
    dated = element.find("document-date")
    row: Row = {
        **owner,
        "address": element.get("url"),
        "format": element.get("format"),
        "title": narrative(element.find("title")) or None,
        "categories": _codes(element, "category"),
        "languages": _codes(element, "language"),
        "countries": _codes(element, "recipient-country"),
        "day": day(dated.get("iso-date")) if dated is not None else None,
    }
    work.add("iati_documents", at, row)


def _codes(element: etree._Element, name: str) -> str | None:
    return ";".join(tidy(one.get("code") or "") for one in element.iterfind(name)) or None
