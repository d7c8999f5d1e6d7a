"""Australia: the consolidated list of the Department of Foreign Affairs and Trade (an old workbook).

`2`, `2a`, `2b` are one party. Days of listing stand in sentences only. Name types are spelled in 16 ways.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from konvoi.align.births import births
from konvoi.align.days import day_in, days_in
from konvoi.align.identifiers import NATIONAL, PASSPORT
from konvoi.align.listing import (
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
from konvoi.align.parts import parts
from konvoi.align.regime import Found, Opened, Regime, doubts, strange
from konvoi.align.table import Row, sheet_rows
from konvoi.kit.days import Days
from konvoi.kit.text import fold, script, tidy
from konvoi.model.finding import Place

_TITLE = "Australia"
_NEEDED = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees")
_NAMES = {
    "primary name": NameKind.PRIMARY,
    "aka": NameKind.ALSO,
    "original script": NameKind.ORIGINAL,
    "formerly known as": NameKind.FORMERLY,
    "previously listed as": NameKind.FORMERLY,
}
_KEY = re.compile(r"(\d+)\s*(?:[a-z]+\d*)?")
_LISTED = re.compile(r"first designat\w+|designated|declared|listed|listing|designation", re.IGNORECASE)
_LATER = re.compile(r";|amended|relisted|continue", re.IGNORECASE)
_AHEAD = re.compile(r"\d{1,2}[ /][\w.]+[ /]\d{4}")
_INSTRUMENT = re.compile(
    r"(?:first designation|first listing|^Autonomous Sanctions).*?Instrument (\d{4})", re.IGNORECASE
)
_OWN_IMO = re.compile(r"IMO(?: number)?[:\s]*(\d{7})", re.IGNORECASE)
_PASSPORT = re.compile(r"passports?(?: no\.?| number)?s?:?\s*([^.;]{4,120})", re.IGNORECASE)
_NATIONAL = re.compile(
    r"national (?:identification|id(?:entity)?)[^:.;]{0,20}:\s*([^.;]{4,80})", re.IGNORECASE
)
_ENDS = re.compile(r"cease to have effect on (\d{1,2} \w+ \d{4})", re.IGNORECASE)


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each number; the letters behind it count names."""
    found: list[Listing] = []
    rows_read = 0
    for file in files:
        known = False
        for name, rows in file.sheets.items():
            head, body = sheet_rows(rows, *_NEEDED)
            known |= bool(head)
            rows_read += len(body)
            found += [_listing(Place(file.name, name, row.number), row) for row in body]
        if not known:
            return strange(_TITLE, file.name, ", ".join(file.sheets)[:60] or "no workbook")
    listings = tuple(_first_is_primary(one) for one in joined(found))
    return Found(listings, doubts(listings), facts={"rows": rows_read})


def _first_is_primary(one: Listing) -> Listing:
    """A listing with its primary name ahead, in whatever order its rows stand."""
    ordered = sorted(one.names, key=lambda name: name.kind != NameKind.PRIMARY)
    return replace(one, names=tuple(ordered))


def _listing(place: Place, row: Row) -> Listing:
    reference = row.text("Reference")
    number = _KEY.fullmatch(reference.casefold())
    told = row.text("Additional Information")
    kind = _kind(row, told)
    return Listing(
        id=f"au:consolidated:{number[1] if number else fold(reference)}",
        kind=kind,
        names=(_name(row),),
        place=place,
        list="consolidated",
        reference=number[1] if number else reference,
        programme=tidy(row.text("Committees")),
        births=births(_born(row), row.text("Place of Birth")) if kind == Kind.PERSON else (),
        nationalities=parts(row.text("Citizenship")),
        identifiers=tuple(dict.fromkeys(_identifiers(told, kind))),
        measures=tuple(_measures(row, kind)),
    )


def _kind(row: Row, told: str) -> Kind:
    type = fold(row.text("Type"))
    if type == "individual":
        return Kind.PERSON
    return Kind.SHIP if type in ("vessel", "ship") else Kind.ENTITY


def _name(row: Row) -> Name:
    kind = _NAMES.get(fold(row.text("Name Type")), NameKind.ALSO)
    text = tidy(row.text("Name of Individual or Entity"))
    foreign = script(text) not in ("", "Latin") and kind == NameKind.ALSO
    return Name(text, NameKind.ORIGINAL if foreign else kind)


def _born(row: Row) -> object:
    value = row.cells.get("Date of Birth")
    return value if isinstance(value, date | datetime) else row.text("Date of Birth")


def _identifiers(told: str, kind: Kind) -> Iterator[Identifier]:
    yield from labelled_ids(told)
    for pattern, type in ((_PASSPORT, PASSPORT), (_NATIONAL, NATIONAL)):
        for found in pattern.finditer(told):
            yield from ids(type, found[1])
    # Elsewhere in the text it is the number of a ship that the party has to do with.
    if own := _OWN_IMO.match(told):
        yield from imo(own[1], kind)


def _measures(row: Row, kind: Kind) -> Iterator[Measure]:
    value = row.cells.get("Listing Information")
    told = row.text("Listing Information")
    if isinstance(value, datetime):
        since: Days | None = Days(value.date(), value.date())
    elif isinstance(value, date):
        since = Days(value, value)
    else:
        since = _listed(told)
    known = Since.UNKNOWN if since is None else Since.GIVEN if isinstance(value, date) else Since.PROSE
    ends = _ENDS.search(told)
    until = day_in(ends[1]) if ends else None
    act = tidy(row.text("Committees"))
    last = until.last if until else None
    yield Measure(Order.ASSET_FREEZE, "targeted financial sanctions", act, since, known, last)
    if kind == Kind.PERSON and re.search(r"declaration\b|\bdeclared under", told, re.IGNORECASE):
        yield Measure(Order.ENTRY_BAN, "declaration", act, since, known, last)


def _listed(told: str) -> Days | None:
    """The first day behind a word of listing, before amendments; else the year of the first instrument."""
    if _AHEAD.match(told) and (ahead := day_in(told[:20])):
        return ahead
    for found in _LISTED.finditer(told):
        clause = _LATER.split(told[found.end() : found.end() + 160])[0]
        exact = [one.days for one in days_in(clause) if one.days.exact]
        if exact:
            return exact[0]
    instrument = _INSTRUMENT.search(told)
    return day_in(instrument[1]) if instrument else None


AU = Regime("au", _TITLE, _read)
