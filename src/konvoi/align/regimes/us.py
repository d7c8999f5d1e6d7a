"""United States: OFAC's list of specially designated nationals (SDN) and its non-SDN lists, as CSV.

They name no days of listing but for some in remarks. "Linked To" is association, not ownership.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from konvoi.align.list_findings import told
from konvoi.align.listing import (
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
from konvoi.align.regime import Found, Opened, Regime, doubts, refused
from konvoi.align.us.files import CUT, REMARKS, Cells, Part, astray, continued, parts_of
from konvoi.align.us.remarks import Remarks, remarks
from konvoi.kit.text import tidy
from konvoi.model.finding import Finding, Place

_TITLE = "United States"
_KINDS = {"individual": Kind.PERSON, "vessel": Kind.SHIP, "aircraft": Kind.AIRCRAFT}
_ALIASES = {"aka": NameKind.ALSO, "fka": NameKind.FORMERLY, "nka": NameKind.ALSO}
# Measures of OFAC's non-SDN programmes; those of the SDN list block all property.
_NON_SDN = (
    ("CMIC", Order.INVESTMENT_BAN),
    ("UKRAINE-EO13662", Order.DEALING_BAN),
    ("RUSSIA-EO14024", Order.DEALING_BAN),
    ("NS-PLC", Order.DEALING_BAN),
    ("561-Related", Order.DEALING_BAN),
)
_SDN = "sdn"
_PROGRAMMES = "] ["


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each entity of each list; files of different days are refused."""
    lists = parts_of(files)
    if isinstance(lists, Place):
        return refused(told("list-unknown", lists, read="rows of other columns", regime=_TITLE))
    found: list[Listing] = []
    findings: list[Finding] = []
    for part in lists:
        if lost := astray(part):
            return _of_other_days(*lost)
        whole, other = continued(part)
        found += _listings(whole)
        findings += [_cut(row) for row in whole.primary if row.longest >= CUT]
        if other:
            place = Place(other[0].file, "", other[0].number)
            findings.append(told("list-comments-other", place, read=other[0].entity, count=str(len(other))))
    facts = {part.name: len(part.primary) for part in lists}
    listings = joined(found)
    return Found(listings, (*findings, *doubts(listings)), facts=facts)


def _of_other_days(row: Cells, entity: str) -> Found:
    place = Place(row.file, "", row.number)
    return refused(told("list-days-differ", place, read=f"entity {entity}"))


def _cut(row: Cells) -> Finding:
    place = Place(row.file, "", row.number, "remarks")
    return told(
        "list-text-cut", place, read=row.cells[REMARKS].rstrip()[-40:], most=str(CUT), name=row.cells[1]
    )


def _listings(part: Part) -> Iterator[Listing]:
    aliases: dict[str, list[Cells]] = {}
    for row in part.aliases or ():
        aliases.setdefault(row.entity, []).append(row)
    countries: dict[str, set[str]] = {}
    for row in part.addresses or ():
        countries.setdefault(row.entity, set()).add(row.cells[4])
    for row in part.primary:
        russian = bool(countries.get(row.entity, set()) & {"Russia", "Ukraine"})
        yield _listing(part.name, row, aliases.get(row.entity, []), russian=russian)


def _listing(name: str, row: Cells, aliases: Sequence[Cells], *, russian: bool) -> Listing:
    kind = _KINDS.get(row.cells[2], Kind.ENTITY)
    told = remarks(row.cells[REMARKS], kind, russian=russian)
    named = [_name(row.cells[1], NameKind.PRIMARY, kind)]
    named += [_name(a.cells[3], _ALIASES.get(a.cells[2], NameKind.ALSO), kind) for a in aliases if a.cells[3]]
    owner = row.cells[10] if len(row.cells) > 10 else ""
    links = ([Link(Tie.OWNER, owner)] if owner else []) + told.links
    programmes = tuple(dict.fromkeys(part.strip() for part in row.cells[3].split(_PROGRAMMES)))
    return Listing(
        id=f"us:{name}:{row.entity}",
        kind=kind,
        names=tuple(dict.fromkeys((*named, *told.names))),
        place=Place(row.file, "", row.number),
        list=name,
        reference=row.entity,
        programme="; ".join(programmes),
        births=tuple(dict.fromkeys(told.births)) if kind == Kind.PERSON else (),
        nationalities=tuple(dict.fromkeys(told.nationalities)),
        identifiers=tuple(dict.fromkeys(told.identifiers)),
        measures=tuple(_measures(name, programmes, told)),
        links=tuple(dict.fromkeys(links)),
    )


def _name(text: str, kind: NameKind, of: Kind) -> Name:
    """Return a name in spoken order: OFAC writes the family name of persons before a comma."""
    family, comma, given = text.partition(",")
    if of != Kind.PERSON or not comma:
        return Name(tidy(text), kind)
    return Name(tidy(f"{given} {family}"), kind, tidy(family), tidy(given))


def _measures(name: str, programmes: Sequence[str], told: Remarks) -> Iterator[Measure]:
    since = told.listed
    known = Since.PROSE if told.listed else Since.UNKNOWN
    if name == _SDN:
        act = "; ".join(programmes)
        yield Measure(Order.ASSET_FREEZE, "specially designated nationals", act, since, known)
        return
    ordered: dict[Order, list[str]] = {}
    for programme in programmes:
        found = next((order for prefix, order in _NON_SDN if programme.startswith(prefix)), None)
        ordered.setdefault(found or Order.OTHER, []).append(programme)
    for order, acts in ordered.items():
        yield Measure(order, "non-SDN: " + "; ".join(acts), "; ".join(acts), since, known)


US = Regime("us", _TITLE, _read)
