"""United Kingdom: the UK Sanctions List, and the consolidated list of financial sanctions targets (ConList).

The consolidated list has a row for each alias and address of a party; the Group ID is the key. Its authority
ended it on 28 January 2026: since then the UK Sanctions List alone is kept up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from konvoi.align.births import births
from konvoi.align.countries import country
from konvoi.align.days import day_in
from konvoi.align.declared import known
from konvoi.align.declared_listings import read
from konvoi.align.identifiers import NATIONAL, OTHER, PASSPORT, REGISTRATION
from konvoi.align.listing import (
    Birth,
    Identifier,
    Kind,
    Link,
    Listing,
    Measure,
    Name,
    NameKind,
    Order,
    Since,
    Tie,
    joined,
)
from konvoi.align.numbers import ids, imo, labelled_ids
from konvoi.align.parts import labelled, parts
from konvoi.align.regime import Found, Opened, Regime, doubts, strange
from konvoi.align.table import Row, sheet_rows
from konvoi.align.uk.sanctions_list import FORM
from konvoi.kit.text import tidy
from konvoi.model.finding import Place

_TITLE = "United Kingdom"
_NEEDED = ("Name 6", "Group Type", "Alias Type", "Group ID", "Regime")
_KINDS = {"Individual": Kind.PERSON, "Ship": Kind.SHIP}
_NAMES = {
    "Primary name": NameKind.PRIMARY,
    "Primary name variation": NameKind.VARIATION,
    "FKA": NameKind.FORMERLY,
}
_GIVEN = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5")
_TIES = {"Parent company": Tie.PARENT, "Subsidiaries": Tie.SUBSIDIARY, "Current owners": Tie.OWNER}
# Numbers in the reasons may be those of others that are named there.
_REASONS = "UK Statement of Reasons"
_TEXT = "consolidated list of financial sanctions targets"


def _read(files: Sequence[Opened], day: date) -> Found:
    """Both lists, each with its own files: whichever there is, or the two side by side."""
    new = [file for file in files if known(file, FORM)]
    old = [file for file in files if file not in new]
    parts_ = [found for found in (_consolidated(old) if old else None, _sanctions_list(new)) if found]
    if bad := next((one for one in parts_ if one.refused), None):
        return bad
    days = [one.day for one in parts_ if one.day]
    return Found(
        tuple(one for part in parts_ for one in part.listings),
        tuple(one for part in parts_ for one in part.findings),
        day=min(days, default=None),
        facts={name: count for part in parts_ for name, count in part.facts.items()},
    )


def _sanctions_list(files: Sequence[Opened]) -> Found | None:
    found = read("uk", _TITLE, files, FORM) if files else None
    return found and replace(found, facts={f"{FORM.list} {name}": of for name, of in found.facts.items()})


def _consolidated(files: Sequence[Opened]) -> Found:
    """One listing for each Group ID; the list's own day stands in its first row."""
    found: list[Listing] = []
    own = None
    rows_read = 0
    for file in files:
        # Sheets beside the list are left aside; a workbook without it is another file.
        known = False
        for name, rows in file.sheets.items():
            head, body = sheet_rows(rows, *_NEEDED)
            if not head:
                continue
            known = True
            rows_read = rows_read + len(body)
            own = own or _own_day(rows)
            found += [
                _listing(Place(file.name, name, row.number), row) for row in body if row.text("Group ID")
            ]
        if not known:
            return strange(_TITLE, file.name, ", ".join(file.sheets)[:60] or "no workbook")
    listings = joined(found)
    return Found(listings, doubts(listings), day=own, facts={"rows": rows_read, "groups": len(listings)})


def _own_day(rows: Sequence[tuple[int, tuple[object, ...]]]) -> date | None:
    """The day in the title row: `Last Updated` and a date beside it."""
    for _, cells in rows[:1]:
        days = [day for cell in cells if cell is not None and (day := _day(cell))]
        return days[0] if days else None
    return None


def _day(value: object) -> date | None:
    found = value if isinstance(value, date) else day_in(str(value))
    return found if found is None or isinstance(found, date) else found.first


def _listing(place: Place, row: Row) -> Listing:
    group = row.text("Group ID")
    kind = _KINDS.get(row.text("Group Type"), Kind.ENTITY)
    told = labelled(row.text("Other Information"))
    return Listing(
        id=f"uk:conlist:{group}",
        kind=kind,
        names=tuple(_names(row, kind)),
        place=place,
        list="conlist",
        reference=dict(told).get("UK Sanctions List Ref", "").split(" ")[0] or group,
        programme=row.text("Regime"),
        births=_births(row) if kind == Kind.PERSON else (),
        nationalities=parts(row.text("Nationality")),
        identifiers=tuple(dict.fromkeys(_identifiers(row, kind, told))),
        measures=(_measure(row),),
        links=tuple(_links(told)),
    )


def _names(row: Row, of: Kind) -> Iterator[Name]:
    """The name of the row, Name 6 last, and the one in its own script."""
    family = tidy(row.text("Name 6"))
    given = tidy(" ".join(row.text(name) for name in _GIVEN))
    weak = row.text("Alias Quality") == "Low quality"
    kind = NameKind.WEAK if weak else _NAMES.get(row.text("Alias Type"), NameKind.ALSO)
    if family or given:
        parted = (family, given) if of == Kind.PERSON else ("", "")
        yield Name(tidy(f"{given} {family}"), kind, *parted)
    if original := tidy(row.text("Name Non-Latin Script")):
        yield Name(original, NameKind.ORIGINAL)


def _births(row: Row) -> tuple[Birth, ...]:
    """Return births; a day of 00 is a month or a year, and one of zeros only is ignored."""
    places = ", ".join(row.text(name) for name in ("Town of Birth", "Country of Birth") if row.text(name))
    born = row.text("DOB")
    return births("" if not born.strip("0/ ") else born, places)


def _identifiers(row: Row, kind: Kind, told: Sequence[tuple[str, str]]) -> Iterator[Identifier]:
    for number, details, type in (
        ("Passport Number", "Passport Details", PASSPORT),
        ("National Identification Number", "National Identification Details", NATIONAL),
    ):
        yield from _numbered(row.text(number), row.text(details), type)
    for label, value in told:
        if label == "IMO number":
            yield from imo(value, kind)
        elif label == "Business Reg No":
            yield from ids(REGISTRATION, value, russian=row.text("Regime") == "Russia")
        elif label == "Tax reference number":
            yield from ids(OTHER, value)
        elif label != _REASONS:
            yield from labelled_ids(value)


def _numbered(text: str, details: str, type: str) -> Iterator[Identifier]:
    """Yield the numbers and the details of each, `(1) … (2) …` in both."""
    numbers = parts(text)
    told = parts(details)
    for at, number in enumerate(numbers):
        beside = told[at] if len(told) == len(numbers) else details if len(numbers) == 1 else ""
        where = country(beside)
        yield from (
            Identifier(i.type, i.value, i.country or where, i.valid, i.text) for i in ids(type, number)
        )


def _links(told: Sequence[tuple[str, str]]) -> Iterator[Link]:
    for label, value in told:
        if label in _TIES:
            several = parts(value, also=r"\.\s+(?=[A-Z(])") if label == "Subsidiaries" else parts(value)
            yield from (Link(_TIES[label], tidy(name.rstrip("."))) for name in several)


def _measure(row: Row) -> Measure:
    since = day_in(row.text("Listed On"))
    regime = row.text("Regime")
    known = Since.GIVEN if since else Since.UNKNOWN
    return Measure(Order.ASSET_FREEZE, _TEXT, f"UK regime {regime}", since, known)


UK = Regime("uk", _TITLE, _read, ended={"conlist": date(2026, 1, 28)})
