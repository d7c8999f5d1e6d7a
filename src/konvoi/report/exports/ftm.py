"""A dossier as FollowTheMoney JSON: one entity a line, the party first, then what each regime orders.

The schemas and properties are those of followthemoney (MIT, https://followthemoney.tech).
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from konvoi.align.citing import BESIDE, cited
from konvoi.align.countries import country
from konvoi.align.dossier import Dossier
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
    PASSPORT,
    REGISTRATION,
    RNOKPP,
    SWIFT,
    TAX,
)
from konvoi.align.listing import Kind, NameKind
from konvoi.align.span_text import span_text
from konvoi.kit.digest import key
from konvoi.report.page import Message
from konvoi.report.sanctions.listed import regime

SCHEMA = {
    Kind.PERSON: "Person",
    Kind.ENTITY: "LegalEntity",
    Kind.SHIP: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.ASSET: "Asset",
}
_NAMES = {NameKind.PRIMARY: "name", NameKind.ORIGINAL: "name", NameKind.FORMERLY: "previousName"}
_PEOPLE = {
    INN: "innCode",
    OGRN: "ogrnCode",
    LEI: "leiCode",
    OKPO: "okpoCode",
    SWIFT: "swiftBic",
    RNOKPP: "taxNumber",
    TAX: "taxNumber",
    NATIONAL: "idNumber",
    EDRPOU: "registrationNumber",
    REGISTRATION: "registrationNumber",
    IMO_COMPANY: "registrationNumber",
    KPP: "registrationNumber",
    PASSPORT: "passportNumber",
}
_LONGEST_ID = 64
_LONGEST_NAME = 384
"""Most letters that followthemoney 4 allows in an identifier and in a name; a longer one is left out."""
_THINGS = {
    "Vessel": {IMO_SHIP: "imoNumber", MMSI: "mmsi", REGISTRATION: "registrationNumber"},
    "Airplane": {REGISTRATION: "registrationNumber"},
    "Asset": {},
}


def ftm(found: Dossier, id: str) -> bytes:
    """The entities of a dossier as JSON lines; id: of the party."""
    return ftm_lines({id: found})


def ftm_lines(found: Mapping[str, Dossier]) -> bytes:
    """The entities of several dossiers as JSON lines: id of the party to its dossier, in their order."""
    lines = [one for id, of in found.items() for one in (_party(of, id), *_sanctions(of, id))]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode()


def party_id(party: str) -> str:
    """Return the id of a party as entities have it: short, and of letters and digits alone."""
    return f"konvoi-{key(party)[:20]}"


def _party(found: Dossier, id: str) -> dict[str, object]:
    schema = SCHEMA[Kind(found.kind)]
    values: dict[str, list[str]] = {"name": [found.name]}
    for row in found.identity.iter_rows(named=True):
        for name, value in _property(schema, row["what"], row["value"]):
            held = values.setdefault(name, [])
            if value not in held:
                held.append(value)
    return {"id": id, "schema": schema, "properties": dict(sorted(values.items()))}


def _property(schema: str, what: str, value: str) -> Iterator[tuple[str, str]]:
    """The property that a value is of; nothing where the schema has none."""
    person = schema == "Person"
    if what in set(NameKind):
        if len(value) <= _LONGEST_NAME:
            yield _NAMES.get(NameKind(what), "alias"), value
    elif what == "birth":
        days, _, place = value.partition(", ")
        if person and (born := _partial(days)):
            yield "birthDate", born
        if person and place:
            yield "birthPlace", place
    elif what == "nationality":
        if code := country(value):
            yield ("nationality" if person else "country"), code.lower()
    else:
        known = _THINGS.get(schema, _PEOPLE)
        name = known.get(what, "")
        if name and (person or name != "passportNumber"):
            yield name, value.partition(" (")[0]


def _partial(days: str) -> str:
    """A day, month or year as ISO 8601; empty for any other span.

    >>> _partial("1968-01-01 – 1968-12-31"), _partial("1968-02-01 – 1968-02-29"), _partial("1968-09-03")
    ('1968', '1968-02', '1968-09-03')
    """
    first, _, last = days.partition(" – ")
    try:
        begin = date.fromisoformat(first)
        end = date.fromisoformat(last or first)
    except ValueError:
        return ""
    if begin == end:
        return first
    after = end + timedelta(days=1)
    if begin.day != 1 or after.day != 1:
        return ""
    if begin.month == 1 and (after.year, after.month) == (begin.year + 1, 1):
        return first[:4]
    months = 12 * (after.year - begin.year) + after.month - begin.month
    return first[:7] if months == 1 else ""


def _sanctions(found: Dossier, id: str) -> Iterator[dict[str, object]]:
    known: set[str] = set()
    for row in found.sources.iter_rows(named=True):
        named = regime(row["regime"])
        authority = named.id if isinstance(named, Message) else named.en
        begun = span_text(row["since_first"], row["since_last"])
        said = {
            "entity": id,
            "authority": authority,
            "authorityId": row["reference"] if len(row["reference"]) <= _LONGEST_ID else "",
            "program": _acts(row["regime"], row["act"] or ""),
            "provisions": row["order"],
            "sourceUrl": _links(row["regime"], row["act"] or ""),
            "startDate": begun if "–" not in begun else "",
            "endDate": row["until"] and row["until"].isoformat(),
            "recordId": row["listing"],
        }
        values = {
            name: value if isinstance(value, list) else [value]
            for name, value in sorted(said.items())
            if value
        }
        own = key(row["listing"], row["order"], row["act"])
        if own in known:
            # Entities of one id are one: the days tell apart what an act ordered twice.
            own = key(own, row["since_first"], row["since_last"], row["until"])
        if own in known:
            continue
        known.add(own)
        yield {
            "id": f"{id}-{own[:10]}",
            "schema": "Sanction",
            "properties": values,
        }


def _acts(regime: str, acts: str) -> list[str]:
    """The acts, each a value of its own, without the marks that pages set for readers."""
    found = (one for act in acts.split(BESIDE) for one in cited(regime, act))
    return list(dict.fromkeys(one.plain for one in found))


def _links(regime: str, acts: str) -> list[str]:
    found = (one.act.link for act in acts.split(BESIDE) for one in cited(regime, act) if one.act)
    return list(dict.fromkeys(found))
