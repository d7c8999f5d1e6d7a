"""Parties of a workspace to be screened: suppliers, carriers, hulls, consignees, with their places in its
tables.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.births import births
from konvoi.align.identifiers import IMO_SHIP, MMSI
from konvoi.align.list_findings import told
from konvoi.align.listing import Birth, Identifier, Kind, Listing, Name, NameKind
from konvoi.align.numbers import own_ids
from konvoi.align.roles import Role
from konvoi.align.tabled import births_told
from konvoi.flow.gathered import Gathered
from konvoi.flow.parties import spellings_of
from konvoi.kit.text import script, tidy
from konvoi.model.finding import Finding, Place
from konvoi.model.party import party_name, states

_STANDS: Mapping[Role, tuple[tuple[str, str], ...]] = {
    Role.SUPPLIER: (("contracts", "supplier"), ("budgets", "supplier")),
    Role.CARRIER: (("lanes", "carrier"), ("movements", "carrier"), ("hulls", "carrier")),
    Role.HULL: (("hulls", "hull"),),
    Role.CONSIGNEE: (("needs", "recipient"), ("packages", "counterparty"), ("projects", "owner")),
}
"""Where a party of each role stands; besides, in entries as who receives or implements."""

_KINDS = {
    "supplier": Role.SUPPLIER,
    "carrier": Role.CARRIER,
    "implementer": Role.CONSIGNEE,
    "recipient": Role.CONSIGNEE,
}
"""What a party is said to be in the table of parties, whether anything names it yet or not."""

_PERSON = "born"

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]


def workspace_parties(gathered: Gathered) -> tuple[tuple[Asked, ...], tuple[Finding, ...]]:
    """The parties of a workspace that are screened, by id, and what of their numbers cannot be read.

    States are not: lists of sanctions name persons, organisations and ships. A hull that is named only where
    it is blocked by hand is screened by that name.
    """
    tables = gathered.tables
    roles = _roles(gathered)
    rows = {row["party"]: row for row in _rows(tables, "parties")}
    known, findings = _identities(tables)
    hulls = {str(row["hull"]): row for row in _rows(tables, "hulls")}
    found = []
    for id, held in sorted(roles.items()):
        if Role.HULL in held:
            continue
        named = tuple(_names(id, rows.get(id)))
        kind = Kind.PERSON if id in known and known[id][0] else Kind.ENTITY
        born, numbers = known.get(id, ((), ()))
        one = Listing(id, kind, named, _place(rows.get(id)), births=born, identifiers=numbers)
        found.append(Asked(id, one, kind, held))
    ships = [_hull(id, hulls.get(id)) for id, held in sorted(roles.items()) if Role.HULL in held]
    return (*found, *ships), findings


def _roles(gathered: Gathered) -> dict[str, frozenset[Role]]:
    """Every party with a part in this, without states."""
    held: dict[str, set[Role]] = {}
    for role, places in _STANDS.items():
        for table, column in places:
            for id in _column(gathered.tables, table, column):
                held.setdefault(id, set()).add(role)
    for row in _rows(gathered.tables, "blocked"):
        if row["kind"] == Role.HULL and row["value"]:
            held.setdefault(str(row["value"]), set()).add(Role.HULL)
    for row in _rows(gathered.tables, "parties"):
        if role_ := _KINDS.get(str(row["kind"])):
            held.setdefault(str(row["party"]), set()).add(role_)
    for column in ("counterparty", "implementer"):
        for id in gathered.ledger.entries[column].drop_nulls().unique():
            # Suppliers and carriers stand there, too, and receive nothing.
            held.setdefault(str(id), {Role.CONSIGNEE})
    bare = {*states(), *_states(gathered.tables)}
    return {id: frozenset(roles) for id, roles in held.items() if id not in bare}


def _states(tables: Tables) -> Iterator[str]:
    """The states of the table of parties; the recipient of an exercise is one, too."""
    for row in _rows(tables, "parties"):
        if row["kind"] == "state" or (row["kind"] == "recipient" and row.get("role") == "recipient"):
            yield str(row["party"])


def _names(id: str, row: Row | None) -> Iterator[Name]:
    """The English name first, then the others and the aliases; without a row what the id is called."""
    texts = [tidy(one) for one in spellings_of(row)] if row else []
    for at, text in enumerate(dict.fromkeys(texts or [party_name(id, "en")])):
        foreign = script(text) not in ("", "Latin")
        yield Name(text, NameKind.PRIMARY if not at else NameKind.ORIGINAL if foreign else NameKind.ALSO)


def _place(row: Row | None) -> Place:
    number = row.get("_row") if row else None
    at = number if isinstance(number, int) else 0
    return Place(str((row or {}).get("_file") or ""), str((row or {}).get("_sheet") or ""), at)


Known = dict[str, tuple[tuple[Birth, ...], tuple[Identifier, ...]]]


def _identities(tables: Tables) -> tuple[Known, tuple[Finding, ...]]:
    """Return the births and numbers of each party; those that cannot be read are findings."""
    found: Known = {}
    findings: list[Finding] = []
    for row in _rows(tables, "identities"):
        id, type, text = (str(row[name] or "") for name in ("party", "type", "value"))
        born, numbers = found.get(id, ((), ()))
        wrong, what = [], ""
        if type == _PERSON:
            born += tuple(one for one in births(text) if one.days)
        else:
            country = str(row.get("country") or "")
            read_ = own_ids(type, text, russian=country == "RU", kind=Kind.ENTITY)
            more = tuple(_of(one, country) for one in read_)
            numbers += more
            wrong = [one.text for one in more if one.valid is False] or ([] if more else [text])
            what = f"a number of type {type} whose check digits hold"
        found[id] = born, numbers
        place = _place(row)
        at = Place(place.file, place.sheet or "identities", place.row, "value")
        if type == _PERSON:
            findings += births_told((text,), at)
        findings += [told("screened-cell", at, read=one, what=what) for one in wrong]
    return found, tuple(findings)


def _of(one: Identifier, country: str) -> Identifier:
    return Identifier(one.type, one.value, one.country or country, one.valid, one.text)


def _hull(id: str, row: Row | None) -> Asked:
    """A ship with its numbers, owner and manager."""
    if row is None:
        return Asked(id, Listing(id, Kind.SHIP, (Name(id),), Place()), Kind.SHIP, frozenset({Role.HULL}))
    typed = ((IMO_SHIP, row.get("imo")), (MMSI, row.get("mmsi")))
    numbers = tuple(
        chain.from_iterable(own_ids(type, str(text), kind=Kind.SHIP) for type, text in typed if text)
    )
    owners = tuple((tidy(str(row[tie])), tie) for tie in ("owner", "manager") if row.get(tie))
    named = (Name(tidy(str(row["name"]))),)
    one = Listing(id, Kind.SHIP, named, _place(row), identifiers=numbers)
    return Asked(id, one, Kind.SHIP, frozenset({Role.HULL}), owners)


def _rows(tables: Tables, name: str) -> list[dict[str, object]]:
    return tables[name].to_dicts() if name in tables else []


def _column(tables: Tables, table: str, column: str) -> Iterator[str]:
    frame = tables.get(table)
    if frame is not None and column in frame.columns:
        yield from (str(one) for one in frame[column].drop_nulls().unique().sort() if str(one))
