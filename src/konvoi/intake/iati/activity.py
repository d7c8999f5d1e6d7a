"""One IATI activity: its own values, participants, places, and lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from konvoi.intake.iati.batch import Spot, Work, spot
from konvoi.intake.iati.organisations import Organisation, narrative, organisation
from konvoi.kit.days import iso
from konvoi.kit.digest import key
from konvoi.kit.text import tidy
from konvoi.model.country import three_letters
from konvoi.model.finding import Severity

_DATES = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}
_YES = ("1", "true")


@dataclass
class Activity:
    """Values that the transactions and plans of an activity inherit from it."""

    id: str
    at: Spot
    title: str = ""
    reporting: Organisation = field(default_factory=Organisation)
    secondary: bool = False
    currency: str = ""
    humanitarian: str = ""
    updated: date | None = None
    countries: tuple[str, ...] = ()
    sectors: tuple[etree._Element, ...] = ()
    participants: tuple[tuple[str, Organisation], ...] = ()

    def sole(self, role: str) -> Organisation:
        """Return the one participant in a role; an empty one if there are several or none."""
        found = {organisation_ for role_, organisation_ in self.participants if role_ == role}
        return next(iter(found)) if len(found) == 1 else Organisation()


def activity(element: etree._Element, work: Work, number: int) -> Activity:
    """Read an activity's own values, and keep its lines in the tables."""
    at = spot(element, f"iati-activity[{number}]")
    name = tidy(element.findtext("iati-identifier") or "")
    found = Activity(name, at)
    if not name:
        found.id = f"iati-unnamed:{key(etree.tostring(element, encoding='unicode'))}"
        sentences = (
            "the identifier of the activity",
            "ask the publisher for it; nothing can refer to this one",
        )
        work.find(Severity.WARNING, "iati-identifier-missing", at.at("iati-identifier"), "", sentences)
    work.seen[found.id] += 1
    if work.seen[found.id] == 2:
        sentences = ("each activity once", "keep the newest; all that the file has is read")
        work.find(Severity.WARNING, "iati-activity-twice", at.at("iati-identifier"), found.id, sentences)
    found.title = narrative(element.find("title"))
    found.currency = (element.get("default-currency") or "").strip()
    found.humanitarian = "true" if element.get("humanitarian") in _YES else ""
    updated = element.get("last-updated-datetime") or work.head.generated
    found.updated = day(updated[:10])
    found.sectors = tuple(element.iterfind("sector"))
    _reporter(found, element, work)
    _participants(found, element, work)
    found.countries = countries(element, work, at)
    _keep(found, element, work)
    return found


def day(text: str | None) -> date | None:
    """An ISO day; None for a month, a year, and what is no day. A time zone behind it is left out."""
    found = iso((text or "").strip()[:10])
    return found.first if found and found.exact else None


def countries(element: etree._Element, work: Work, at: Spot) -> tuple[str, ...]:
    """The three-letter codes of the recipient countries that stand in an element."""
    found = []
    for child in element.iterfind("recipient-country"):
        code = tidy(child.get("code") or "")
        three = three_letters(code.upper())
        if three is None:
            sentences = (
                "the ISO 3166 code of a country",
                "correct the code; until then the place is not known",
            )
            work.find(Severity.NOTE, "iati-country-unknown", at.at("recipient-country"), code, sentences)
        else:
            found.append(three)
    return tuple(sorted(set(found)))


def shares(elements: Sequence[etree._Element]) -> str | None:
    """Codes as written, with their vocabulary and percentage where given, joined by semicolons."""
    texts = []
    for element in elements:
        vocabulary = element.get("vocabulary")
        percentage = element.get("percentage")
        text = f"{vocabulary}/" if vocabulary else ""
        text += tidy(element.get("code") or "")
        texts.append(f"{text} {percentage} %" if percentage else text)
    return ";".join(texts) or None


def _reporter(found: Activity, element: etree._Element, work: Work) -> None:
    """Read the reporting organisation; note a secondary reporter, as the activity's own may report it too."""
    reporting = element.find("reporting-org")
    found.reporting = organisation(reporting)
    found.secondary = reporting is not None and reporting.get("secondary-reporter") in _YES
    remember(work, found.reporting)
    if found.secondary:
        at = found.at.at("secondary-reporter")
        sentences = (
            "a report by the organisation that owns the activity",
            "no action; these figures are shown separately because another party may have reported them",
        )
        work.find(Severity.NOTE, "iati-secondary-reporter", at, found.reporting.ref, sentences)


def _participants(found: Activity, element: etree._Element, work: Work) -> None:
    participants = []
    for number, child in enumerate(element.iterfind("participating-org"), start=1):
        one = organisation(child)
        remember(work, one)
        role = tidy(child.get("role") or "")
        participants.append((role, one))
        at = spot(child, f"{found.at.path}/participating-org[{number}]")
        row: dict[str, object] = {
            "activity": found.id,
            "party": one.party,
            "ref": one.ref or None,
            "name": one.name or None,
            "role": role or None,
            "type": one.type or None,
            "its_activity": one.activity or None,
            "channel": child.get("crs-channel-code"),
        }
        work.add("iati_organisations", at, row)
    found.participants = tuple(participants)


def remember(work: Work, one: Organisation) -> None:
    """Keep the name of a party that is only known from this file."""
    party = one.party
    if party and not one.known and one.name:
        work.parties.setdefault(party, one.name)


def _keep(found: Activity, element: etree._Element, work: Work) -> None:
    days = {
        _DATES[kind]: day(child.get("iso-date"))
        for child in element.iterfind("activity-date")
        if (kind := child.get("type") or "") in _DATES
    }
    row: dict[str, object] = {
        "activity": found.id,
        "title": found.title or None,
        "reporting": found.reporting.party,
        "reporting_ref": found.reporting.ref or None,
        "reporting_name": found.reporting.name or None,
        "secondary_reporter": found.secondary,
        "status": _code(element, "activity-status"),
        "hierarchy": element.get("hierarchy"),
        "humanitarian": found.humanitarian or None,
        "currency": found.currency or None,
        "scope": _code(element, "activity-scope"),
        "countries": shares(list(element.iterfind("recipient-country"))),
        "regions": shares(list(element.iterfind("recipient-region"))),
        "updated": found.updated,
    }
    work.add("iati_activities", found.at, row | days)


def _code(element: etree._Element, name: str) -> str | None:
    child = element.find(name)
    return child.get("code") if child is not None else None
