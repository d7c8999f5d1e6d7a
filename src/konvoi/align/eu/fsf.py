"""The consolidated list of financial sanctions (FSF, XML 1.1): entities with names, births, documents."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from konvoi.align.days import day_in
from konvoi.align.elements import line
from konvoi.align.identifiers import NATIONAL, OTHER, PASSPORT, REGISTRATION, SWIFT, TAX
from konvoi.align.listing import Birth, Identifier, Kind, Listing, Measure, Name, NameKind, Order, Since
from konvoi.align.numbers import ids
from konvoi.kit.days import Days, iso, month
from konvoi.kit.text import script, tidy
from konvoi.model.finding import Place

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_TYPES = {
    "passport": PASSPORT,
    "id": NATIONAL,
    "ssn": NATIONAL,
    "regnumber": REGISTRATION,
    "fiscalcode": TAX,
    "swiftbic": SWIFT,
}
_UNKNOWN = "00"


def is_fsf(root: etree._Element) -> bool:
    """Return True if an XML is this list."""
    return root.tag == f"{{{NAMESPACE}}}export"


def own_day(root: etree._Element) -> date | None:
    """Return the day on which the list was made, by its own statement."""
    found = day_in(root.get("generationDate", ""))
    return found.first if found else None


def listings(root: etree._Element, file: str) -> tuple[Listing, ...]:
    """One listing for each entity; one that stands twice (twenty do in a feed of 2022) twice with one id."""
    return tuple(_listing(one, file) for one in root.iterfind("{*}sanctionEntity"))


def _listing(one: etree._Element, file: str) -> Listing:
    key = one.get("logicalId", "")
    person = any(child.get("code") == "person" for child in one.iterfind("{*}subjectType"))
    programmes = dict.fromkeys(r.get("programme", "") for r in one.iterfind("{*}regulation"))
    return Listing(
        id=f"eu:fsf:{key}",
        kind=Kind.PERSON if person else Kind.ENTITY,
        names=tuple(dict.fromkeys(_names(one))),
        place=Place(file, "", line(one)),
        list="fsf",
        reference=one.get("euReferenceNumber") or key,
        programme="; ".join(programme for programme in programmes if programme),
        births=tuple(dict.fromkeys(_births(one))),
        nationalities=tuple(
            dict.fromkeys(c.get("countryDescription", "") for c in one.iterfind("{*}citizenship"))
        ),
        identifiers=tuple(dict.fromkeys(i for d in one.iterfind("{*}identification") for i in _ids(d))),
        measures=tuple(dict.fromkeys(_measures(one))),
    )


def _names(one: etree._Element) -> Iterator[Name]:
    first = True
    for alias in one.iterfind("{*}nameAlias"):
        text = tidy(alias.get("wholeName", ""))
        if not text:
            continue
        strong = alias.get("strong") != "false"
        foreign = script(text) not in ("", "Latin")
        kind = NameKind.ORIGINAL if foreign else NameKind.PRIMARY if first else NameKind.ALSO
        given = tidy(f"{alias.get('firstName', '')} {alias.get('middleName', '')}")
        yield Name(text, kind if strong else NameKind.WEAK, tidy(alias.get("lastName", "")), given)
        first = first and not (strong and not foreign)


def _births(one: etree._Element) -> Iterator[Birth]:
    for birth in one.iterfind("{*}birthdate"):
        # Dates in another calendar are kept as a text: their years are not ours.
        ours = birth.get("calendarType", "GREGORIAN") == "GREGORIAN"
        days = _days(birth) if ours else None
        place = ", ".join(
            text
            for name in ("city", "place", "region", "countryDescription")
            if (text := birth.get(name, ""))
        )
        text = birth.get("birthdate") or birth.get("year") or ""
        yield Birth(days, birth.get("circa") == "true", place.removesuffix("UNKNOWN").strip(", "), text)


def _days(birth: etree._Element) -> Days | None:
    if whole := iso(birth.get("birthdate", "")):
        return whole
    years = [birth.get(name, "") for name in ("year", "yearRangeFrom", "yearRangeTo")]
    known = [int(year) for year in years if year.isdecimal() and 1000 <= int(year) <= 9999]
    number = birth.get("monthOfYear", "")
    if len(known) == 1 and number.isdecimal() and 1 <= int(number) <= 12:
        return month(known[0], int(number))
    return Days(date(min(known), 1, 1), date(max(known), 12, 31)) if known else None


def _ids(document: etree._Element) -> tuple[Identifier, ...]:
    code = document.get("countryIso2Code", _UNKNOWN)
    where = "" if code == _UNKNOWN else code
    number = document.get("number") or document.get("latinNumber") or ""
    found = ids(_TYPES.get(document.get("identificationTypeCode", ""), OTHER), number, russian=where == "RU")
    return tuple(Identifier(i.type, i.value, i.country or where, i.valid, i.text) for i in found)


def _measures(one: etree._Element) -> Iterator[Measure]:
    """The list is of those whose assets are frozen; each act that names the entity orders it."""
    for act in one.iterfind("{*}regulation"):
        since = iso(act.get("entryIntoForceDate", "")) or iso(act.get("publicationDate", ""))
        known = Since.GIVEN if since else Since.UNKNOWN
        text = "consolidated list of financial sanctions"
        yield Measure(Order.ASSET_FREEZE, text, act.get("numberTitle", ""), since, known)
