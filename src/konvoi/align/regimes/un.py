"""United Nations: the consolidated list of the Security Council (XML)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lxml import etree

from konvoi.align.births import births
from konvoi.align.countries import country
from konvoi.align.days import day_in
from konvoi.align.elements import line, text
from konvoi.align.identifiers import IMO_COMPANY, NATIONAL, OTHER, PASSPORT
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
_FREEZE = Order.ASSET_FREEZE
_ENTRY = Order.ENTRY_BAN
_ARMS = Order.EXPORT_CONTROL
_BOTH = (_FREEZE, _ENTRY)
_ALL = (_FREEZE, _ENTRY, _ARMS)
# Measures against the parties of each list, and the resolutions that order them. An arms embargo on a whole
# country, or on armed groups that no list names, is none of these.
_LISTS: Mapping[str, Mapping[Order, str]] = {
    "Al-Qaida": dict.fromkeys(_ALL, "S/RES/2253 (2015)"),
    "Taliban": dict.fromkeys(_ALL, "S/RES/1988 (2011)"),
    "DPRK": dict.fromkeys(_BOTH, "S/RES/1718 (2006)"),
    "Iran": {_FREEZE: "S/RES/1737 (2006)", _ENTRY: "S/RES/1929 (2010)"},
    "Iraq": {_FREEZE: "S/RES/1483 (2003)"},
    "DRC": dict.fromkeys(_BOTH, "S/RES/1596 (2005)"),
    "Libya": dict.fromkeys(_BOTH, "S/RES/1970 (2011)"),
    "Somalia": dict.fromkeys(_ALL, "S/RES/1844 (2008)"),
    "CAR": dict.fromkeys(_BOTH, "S/RES/2134 (2014)"),
    "Haiti": dict.fromkeys(_ALL, "S/RES/2653 (2022)"),
    "Yemen": {**dict.fromkeys(_BOTH, "S/RES/2140 (2014)"), _ARMS: "S/RES/2216 (2015)"},
    "Sudan": dict.fromkeys(_BOTH, "S/RES/1591 (2005)"),
    "SouthSudan": dict.fromkeys(_BOTH, "S/RES/2206 (2015)"),
    "GB": {_ENTRY: "S/RES/2048 (2012)"},
}
_CALLED = {_FREEZE: "asset freeze", _ENTRY: "travel ban", _ARMS: "arms embargo"}
# Comments on some parties, mostly of the Libyan list, name the paragraphs, and so the only measures.
_STATED = re.compile(
    r"(?:listed on (\d{1,2} \w+ \d{4}) pursuant to )?paragraphs? (?:[\d, ]|and)+of resolution (\d{4})"
    r"(?: \((\d{4})\))? \(([^()]*)\)",
    re.IGNORECASE,
)
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
    yield from (i for i in numbers if kind == Kind.ENTITY and i.valid and i.type == IMO_COMPANY)


def _measures(one: etree._Element, kind: Kind) -> Iterator[Measure]:
    """Yield the measures in the comments on this party; without them, those against its whole list."""
    listed = text(one, "UN_LIST_TYPE")
    since = day_in(text(one, "LISTED_ON"))
    known = Since.GIVEN if since else Since.UNKNOWN
    orders = _LISTS.get(listed, {_FREEZE: ""})
    name = "Guinea-Bissau" if listed == "GB" else listed
    stated = tuple(_stated(tidy(text(one, "COMMENTS1")), orders))
    for order, act, own in stated or [(order, act, None) for order, act in orders.items()]:
        if order != _ENTRY or kind == Kind.PERSON:
            days, how = (own, Since.PROSE) if own else (since, known)
            yield Measure(order, f"list {name}: {_CALLED[order]}", act, days, how)


def _stated(told: str, orders: Mapping[Order, str]) -> Iterator[tuple[Order, str, Days | None]]:
    """Measures that a text names in brackets behind their paragraph, with the resolution and a day of their
    own."""
    for day, number, year, named in _STATED.findall(told):
        words = named.casefold().replace("assets freeze", "asset freeze")
        for order, word in _CALLED.items():
            if word in words:
                cited = (act for act in orders.values() if number in act)
                yield order, next(cited, f"S/RES/{number}" + (f" ({year})" if year else "")), day_in(day)


UN = Regime("un", _TITLE, _read)
