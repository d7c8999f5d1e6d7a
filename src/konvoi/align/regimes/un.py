"""United Nations: the consolidated list of the Security Council (XML)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml import etree

from konvoi.align.births import births
from konvoi.align.countries import country
from konvoi.align.days import day_in
from konvoi.align.elements import line, text
from konvoi.align.identifiers import NATIONAL, OTHER, PASSPORT
from konvoi.align.listing import (
    Birth,
    Identifier,
    Kind,
    Listing,
    Measure,
    Name,
    NameKind,
    Order,
    Since,
    joined,
)
from konvoi.align.numbers import ids, imo, labelled_ids
from konvoi.align.regime import Found, Opened, Regime, doubts, strange
from konvoi.kit.days import Days
from konvoi.kit.text import tidy
from konvoi.model.finding import Place

_TITLE = "United Nations"
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ALIASES = {"Low": NameKind.WEAK, "f.k.a.": NameKind.FORMERLY}
# The resolutions that order the measures of each list, and whether they bar individuals from entry.
_LISTS = {
    "Al-Qaida": ("S/RES/1267 (1999)", True),
    "Taliban": ("S/RES/1988 (2011)", True),
    "DPRK": ("S/RES/1718 (2006)", True),
    "Iran": ("S/RES/1737 (2006)", True),
    "Iraq": ("S/RES/1483 (2003)", False),
    "DRC": ("S/RES/1596 (2005)", True),
    "Libya": ("S/RES/1970 (2011)", True),
    "Somalia": ("S/RES/1844 (2008)", True),
    "CAR": ("S/RES/2134 (2014)", True),
    "Haiti": ("S/RES/2653 (2022)", True),
    "Yemen": ("S/RES/2140 (2014)", True),
    "Sudan": ("S/RES/1591 (2005)", True),
    "SouthSudan": ("S/RES/2206 (2015)", True),
}
_GUINEA_BISSAU = "GB"
_IMO = re.compile(r"IMO\)?(?: number)?[:\s]*(\d{7})", re.IGNORECASE)


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each individual and entity."""
    found: list[Listing] = []
    own = None
    for file in files:
        root = file.root
        if root is None or root.tag != "CONSOLIDATED_LIST":
            return strange(_TITLE, file.name, "no XML" if root is None else f"<{root.tag}>")
        made = day_in(root.get("dateGenerated", ""))
        own = made.first if made else None
        found += [_listing(one, Kind.PERSON, file.name) for one in root.iterfind("INDIVIDUALS/INDIVIDUAL")]
        found += [_listing(one, Kind.ENTITY, file.name) for one in root.iterfind("ENTITIES/ENTITY")]
    listings = joined(found)
    return Found(listings, doubts(listings), day=own, facts={"listings": len(found)})


def _listing(one: etree._Element, kind: Kind, file: str) -> Listing:
    reference = text(one, "REFERENCE_NUMBER")
    values = (tidy(value.text or "") for value in one.iterfind("NATIONALITY/VALUE"))
    return Listing(
        id=f"un:consolidated:{reference or text(one, 'DATAID')}",
        kind=kind,
        names=tuple(dict.fromkeys(_names(one))),
        place=Place(file, "", line(one)),
        list="consolidated",
        reference=reference,
        programme=text(one, "UN_LIST_TYPE"),
        births=tuple(dict.fromkeys(_births(one))),
        nationalities=tuple(dict.fromkeys(value for value in values if value)),
        identifiers=tuple(dict.fromkeys(_identifiers(one, kind))),
        measures=tuple(_measures(one, kind)),
    )


def _names(one: etree._Element) -> Iterator[Name]:
    whole = [part for name in _PARTS if (part := text(one, name))]
    yield Name(" ".join(whole), NameKind.PRIMARY)
    if original := text(one, "NAME_ORIGINAL_SCRIPT"):
        yield Name(original, NameKind.ORIGINAL)
    for alias in (*one.iterfind("INDIVIDUAL_ALIAS"), *one.iterfind("ENTITY_ALIAS")):
        if name := text(alias, "ALIAS_NAME"):
            yield Name(name, _ALIASES.get(text(alias, "QUALITY"), NameKind.ALSO))


def _births(one: etree._Element) -> Iterator[Birth]:
    places = [
        place
        for p in one.iterfind("INDIVIDUAL_PLACE_OF_BIRTH")
        if (place := ", ".join(t for n in ("CITY", "STATE_PROVINCE", "COUNTRY") if (t := text(p, n))))
    ]
    place = "; ".join(places)
    for birth in one.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        about = text(birth, "TYPE_OF_DATE") == "APPROXIMATELY"
        yield from (Birth(b.days, b.about or about, b.place, b.text) for b in _born(birth, place))
    for alias in one.iterfind("INDIVIDUAL_ALIAS"):
        yield from births(text(alias, "DATE_OF_BIRTH"))


def _born(birth: etree._Element, place: str) -> tuple[Birth, ...]:
    years = text(birth, "FROM_YEAR"), text(birth, "TO_YEAR")
    if all(year.isdecimal() and 1000 <= int(year) <= 9999 for year in years):
        first, last = sorted(int(year) for year in years)
        return (Birth(Days(date(first, 1, 1), date(last, 12, 31)), False, place, f"{first}-{last}"),)
    return births(text(birth, "DATE") or text(birth, "YEAR") or text(birth, "NOTE"), place)


def _identifiers(one: etree._Element, kind: Kind) -> Iterator[Identifier]:
    for document in one.iterfind("INDIVIDUAL_DOCUMENT"):
        named = f"{text(document, 'TYPE_OF_DOCUMENT')} {text(document, 'TYPE_OF_DOCUMENT2')}".casefold()
        passport = any(word in named for word in ("passport", "passeport", "pasaporte"))
        type = PASSPORT if passport else NATIONAL if "national" in named else OTHER
        issued = (text(document, name) for name in ("ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "NOTE"))
        where = next((found for told in issued if (found := country(told))), "")
        for i in ids(type, text(document, "NUMBER")):
            yield Identifier(i.type, i.value, i.country or where, i.valid, i.text)
    told = text(one, "COMMENTS1")
    yield from labelled_ids(told)
    # A text on an entity names ships, too: only what holds as the number of a company is the entity's.
    numbers = [i for number in _IMO.findall(told) for i in imo(number, kind)]
    yield from (i for i in numbers if kind == Kind.ENTITY and i.valid)


def _measures(one: etree._Element, kind: Kind) -> Iterator[Measure]:
    listed = text(one, "UN_LIST_TYPE")
    act, entry = _LISTS.get(listed, ("", False))
    since = day_in(text(one, "LISTED_ON"))
    known = Since.GIVEN if since else Since.UNKNOWN
    if listed == _GUINEA_BISSAU:
        yield Measure(Order.ENTRY_BAN, "list of Guinea-Bissau: travel ban", "S/RES/2048 (2012)", since, known)
        return
    yield Measure(Order.ASSET_FREEZE, f"list {listed}: asset freeze", act, since, known)
    if kind == Kind.PERSON and entry:
        yield Measure(Order.ENTRY_BAN, f"list {listed}: travel ban", act, since, known)


UN = Regime("un", _TITLE, _read)
