"""Plans of an activity: budgets, planned disbursements, and conditions."""

from lxml import etree

from konvoi.intake.iati.activity import Activity, day, remember
from konvoi.intake.iati.batch import Work, spot
from konvoi.intake.iati.money import value
from konvoi.intake.iati.organisations import organisation
from konvoi.kit.text import tidy
from konvoi.model.finding import Severity

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def plans(element: etree._Element, within: Activity, work: Work) -> None:
    """Keep budgets and planned disbursements: intentions for a span of days, never posted."""
    for name in ("budget", "planned-disbursement"):
        for number, child in enumerate(element.iterfind(name), start=1):
            _plan(child, within, work, f"{within.at.path}/{name}[{number}]")


def _plan(element: etree._Element, within: Activity, work: Work, path: str) -> None:
    at = spot(element, path)
    sum_ = value(element.find("value"), within, work, at)
    first, last = (element.find(name) for name in ("period-start", "period-end"))
    day_from = day(first.get("iso-date")) if first is not None else None
    day_to = day(last.get("iso-date")) if last is not None else None
    if day_from and day_to and day_to < day_from:
        sentences = ("a period that ends after it begins", "correct the days of the period")
        work.find(Severity.WARNING, "iati-period-turned", at.at("period-end"), day_to, sentences)
    provider = organisation(element.find("provider-org"), "provider-activity-id")
    receiver = organisation(element.find("receiver-org"), "receiver-activity-id")
    for one in (provider, receiver):
        remember(work, one)
    row: dict[str, object] = {
        "activity": within.id,
        "plan": str(element.tag),
        "type": element.get("type"),
        "status": element.get("status"),
        "day_from": day_from,
        "day_to": day_to,
        "amount_minor": sum_.minor,
        "currency": sum_.currency,
        "value_day": sum_.day,
        "provider": provider.party,
        "provider_activity": provider.activity or None,
        "receiver": receiver.party,
        "receiver_activity": receiver.activity or None,
    }
    work.add("iati_plans", at, row)


def conditions(element: etree._Element, within: Activity, work: Work) -> None:
    """Keep the conditions of an activity, each narrative in its language."""
    for holder in element.iterfind("conditions"):
        attached = "true" if holder.get("attached") in ("1", "true") else "false"
        found = list(holder.iterfind("condition"))
        if not found and attached == "true":
            row: dict[str, object] = {"activity": within.id, "attached": attached}
            work.add("iati_conditions", spot(holder, f"{within.at.path}/conditions"), row)
        for number, child in enumerate(found, start=1):
            at = spot(child, f"{within.at.path}/conditions/condition[{number}]")
            row = {"activity": within.id, "attached": attached, "type": child.get("type")}
            for said in _said(child):
                work.add("iati_conditions", at, row | said)


def _said(condition: etree._Element) -> list[dict[str, object]]:
    """Return text and language of each narrative that is not empty; one empty row if all are."""
    rows: list[dict[str, object]] = [
        {"text": text, "language": one.get(_LANGUAGE)}
        for one in condition.iterfind("narrative")
        if (text := tidy(one.text or ""))
    ]
    return rows or [{}]
