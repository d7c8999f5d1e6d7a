"""Parties to be screened out of any table: its columns known by their usual names, in three languages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from konvoi.align.asking import Asked
from konvoi.align.births import births, leaves_out
from konvoi.align.countries import country
from konvoi.align.identifiers import (
    EDRPOU,
    IMO_COMPANY,
    IMO_SHIP,
    INN,
    KPP,
    LEI,
    MMSI,
    NATIONAL,
    OGRN,
    OKPO,
    OTHER,
    PASSPORT,
    REGISTRATION,
    RNOKPP,
    SWIFT,
    TAX,
)
from konvoi.align.list_findings import told
from konvoi.align.listing import Identifier, Kind, Listing, Name, NameKind
from konvoi.align.names import names
from konvoi.align.numbers import own_ids
from konvoi.align.parts import parts
from konvoi.align.roles import Role
from konvoi.align.screening import kind_of
from konvoi.align.span_text import span_text
from konvoi.kit.text import fold, tidy, visible
from konvoi.model.finding import Finding, Place

_NAME = "name; full name; party; party name; company; company name; entity; title; vessel; vessel name; ship"
_USUAL: Mapping[str, str] = {
    "id": "id; party id; reference; ref; no; nummer",
    "name": f"{_NAME}; supplier; carrier; consignee; name en; firma; unternehmen; назва; найменування; піб",
    "given": "first name; given name; given names; forename; vorname",
    "family": "last name; family name; surname; nachname; familienname; прізвище",
    "aliases": "aliases; alias; aka; also known as; other names; names; name uk; name de; name original; "
    "original name; weitere namen; інші назви; інші імена",
    "kind": "kind; type; party type; entity type; art; typ; вид; тип",
    "country": "country; nationality; citizenship; jurisdiction; flag; land; staat; nationalität; країна; "
    "громадянство",
    "births": "birth; births; born; birth date; birthdate; date of birth; dob; year of birth; geburtsdatum; "
    "geboren; дата народження",
    "role": "role; roles; part; rolle; роль",
    "owner": "owner; shipowner; ship owner; registered owner; eigentümer; eigner; власник",
    "manager": "manager; ship manager; operator; betreiber; manager name; оператор",
    OTHER: "identifiers; identifier; ids; id number; id numbers; number; numbers; kennungen; nummern; "
    "ідентифікатори",
    REGISTRATION: "registration; registration number; company number; register number; registernummer; "
    "реєстраційний номер",
    TAX: "tax; tax id; tax number; tin; vat; steuernummer; податковий номер",
    PASSPORT: "passport; passport number; reisepass; паспорт",
    NATIONAL: "national id; national identification number; id card; personalausweis",
    "imo": "imo; imo number; imo no",
    MMSI: "mmsi",
    LEI: "lei",
    INN: "inn; инн",
    OGRN: "ogrn; огрн; psrn",
    KPP: "kpp; кпп",
    OKPO: "okpo; окпо",
    EDRPOU: "edrpou; єдрпоу; usreou",
    RNOKPP: "rnokpp; рнокпп; іпн",
    SWIFT: "swift; bic; swift bic",
}
"""Our names for columns, and what people call them."""

COLUMNS = {fold(name): column for column, names in _USUAL.items() for name in names.split(";")}
_TYPED = (REGISTRATION, TAX, PASSPORT, NATIONAL, MMSI, LEI, INN, OGRN, KPP, OKPO, EDRPOU, RNOKPP, SWIFT)
NUMBERED = ("imo", OTHER, *_TYPED)
"""Columns of numbers: a row that has one is screened also without a name."""
_ROLE_WORDS = {
    Role.SUPPLIER: "supplier; lieferant; постачальник",
    Role.CARRIER: "carrier; spediteur; перевізник",
    Role.HULL: "hull; ship; vessel; schiff; судно",
    Role.CONSIGNEE: "consignee; recipient; implementer; empfänger; одержувач",
}
_JOINED = re.compile(r"\s+(?:and|und|та|&)\s+", re.IGNORECASE)
"""Between the names of two persons in one cell."""

_ROLES = {word: role for role, words in _ROLE_WORDS.items() for word in words.split("; ")}


def headed(names: Sequence[str]) -> dict[str, list[str]]:
    """Return the columns of a table by our names, in their order."""
    found: dict[str, list[str]] = {}
    for name in names:
        if column := COLUMNS.get(fold(name)):
            found.setdefault(column, []).append(name)
    return found


def asked(
    rows: Sequence[Mapping[str, object]], names: Sequence[str], file: str, roles: frozenset[Role]
) -> tuple[tuple[Asked, ...], tuple[Finding, ...]]:
    """Return the parties of a table's rows, the first below its head being row 2; report unreadable values.

    roles: of rows that state none. A row without a name is screened by its numbers alone.
    """
    meant = headed(names)
    found: list[Asked] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows, 2):
        cells = {
            column: [text for name in held if (text := tidy(visible(str(row.get(name) or ""))))]
            for column, held in meant.items()
        }
        named = tuple(_names(cells))
        if not named and not any(cells.get(type) for type in NUMBERED):
            if any(cells.values()):
                findings.append(told("screened-row", Place(file, row=number), read=""))
            continue
        one, wrong = _party(cells, named, Place(file, row=number), roles)
        found.append(one)
        findings += [_as_headed(finding, meant) for finding in wrong]
    return _unique(found), tuple(findings)


def _unique(found: Sequence[Asked]) -> tuple[Asked, ...]:
    """Parties under ids of their own: of two with one id the later one also bears its row."""
    seen: set[str] = set()
    kept: list[Asked] = []
    for one in found:
        id = one.party if one.party not in seen else f"{one.party} (row {one.known.place.row})"
        seen.add(id)
        kept.append(Asked(id, one.known, one.kind, one.roles, one.owners))
    return tuple(kept)


def _party(
    cells: Mapping[str, list[str]], named: tuple[Name, ...], place: Place, roles: frozenset[Role]
) -> tuple[Asked, list[Finding]]:
    findings: list[Finding] = []
    born = tuple(chain.from_iterable(births(text) for text in cells.get("births", ())))
    findings += births_told(cells.get("births", ()), replace(place, column="births"))
    said = next(iter(cells.get("kind", ())), "")
    kind = kind_of(said) or (Kind.PERSON if born else None)
    if said and kind_of(said) is None:
        findings.append(_cell(place, "kind", said, "person, company or ship"))
    numbers = tuple(dict.fromkeys(_identifiers(cells, kind)))
    if kind is None and {one.type for one in numbers} & {IMO_SHIP, IMO_COMPANY} == {IMO_SHIP}:
        kind = Kind.SHIP
    findings += [
        _cell(place, "identifiers", one.text, f"a number of type {one.type} whose check digits hold")
        for one in numbers
        if one.valid is False
    ]
    findings += _unread(cells, kind, place)
    own = frozenset(role for text in cells.get("role", ()) for role in _roles(text))
    id = next(iter(cells.get("id", ())), f"row {place.row}")
    nations = tuple(cells.get("country", ()))
    days = tuple(one for one in born if one.days)
    known = Listing(
        id,
        kind or Kind.ENTITY,
        named,
        place,
        births=days,
        nationalities=nations,
        identifiers=numbers,
    )
    owners = tuple((text, tie) for tie in ("owner", "manager") for text in cells.get(tie, ()))
    return Asked(id, known, kind, own or _usual(kind, roles), owners), findings


def births_told(texts: Iterable[str], place: Place) -> Iterator[Finding]:
    """Yield a finding for each cell of births that cannot be read, or not as a whole."""
    for text in texts:
        read = [one.days for one in births(text) if one.days]
        if not read:
            yield told("screened-cell", place, read=text, what="a day, a month or a year")
        elif leaves_out(text):
            used = ", ".join(span_text(one.first, one.last) for one in read)
            yield told("screened-birth", place, read=text, used=used)


def _usual(kind: Kind | None, roles: frozenset[Role]) -> frozenset[Role]:
    """Return the default roles of a party: all, but a ship is a hull, and no other party is."""
    if roles:
        return roles
    return frozenset({Role.HULL}) if kind == Kind.SHIP else frozenset(Role) - {Role.HULL}


def _roles(text: str) -> Iterator[Role]:
    for word in text.replace(",", ";").split(";"):
        if role := _ROLES.get(word.strip().casefold()):
            yield role


def _names(cells: Mapping[str, list[str]]) -> Iterator[Name]:
    """The names of a row: the first is the primary one; a given and a family name are one.

    A cell that holds several names gives each; two persons in one cell are both screened.
    """
    family, given = (" ".join(cells.get(part, ())) for part in ("family", "given"))
    first = [tidy(f"{given} {family}")] if family else []
    texts = [*first, *cells.get("name", ())]
    for at, text in enumerate(dict.fromkeys(texts)):
        yield Name(text, NameKind.ALSO if at else NameKind.PRIMARY)
    said = kind_of(next(iter(cells.get("kind", ())), ""))
    person = said == Kind.PERSON or (said is None and bool(cells.get("births")))
    for text in texts:
        each = _JOINED.split(text) if person else (text,)
        also = chain.from_iterable(names(part, NameKind.ALSO) for part in each)
        yield from (Name(one.text, NameKind.ALSO) for one in also if one.text not in texts)
    if texts:
        for text in cells.get("aliases", ()):
            yield from (Name(one, NameKind.ALSO) for one in parts(text) if one not in texts)


def _identifiers(cells: Mapping[str, list[str]], kind: Kind | None) -> Iterator[Identifier]:
    """Yield the numbers of columns for one type, and of columns for any type, if a label states the type."""
    russian = any(country(text) == "RU" for text in cells.get("country", ()))
    for type in (*_TYPED, OTHER):
        for text in cells.get(type, ()):
            yield from own_ids(type, text, russian=russian, kind=kind)
    for text in cells.get("imo", ()):
        yield from own_ids(IMO_SHIP, text, kind=kind)


def _unread(cells: Mapping[str, list[str]], kind: Kind | None, place: Place) -> Iterator[Finding]:
    """Yield a finding for each column of numbers that has digits and gives no number."""
    for column in NUMBERED:
        type = IMO_SHIP if column == "imo" else column
        for text in cells.get(column, ()):
            if any(one.isdigit() for one in text) and not own_ids(type, text, kind=kind):
                yield _cell(place, column, text, "an identifier")


def _cell(place: Place, column: str, read: str, what: str) -> Finding:
    return told("screened-cell", replace(place, column=column), read=read, what=what)


def _as_headed(one: Finding, meant: Mapping[str, Sequence[str]]) -> Finding:
    """Return a finding that names the column as the table does, where only one holds such values."""
    numbers = [name for type in NUMBERED for name in meant.get(type, ())]
    held = numbers if one.place.column == "identifiers" else meant.get(one.place.column, ())
    return replace(one, place=replace(one.place, heading=held[0])) if len(held) == 1 else one
