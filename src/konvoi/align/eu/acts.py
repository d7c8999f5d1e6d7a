"""Acts of the Official Journal as CSV, one party a row, and the acts that amend them.

An amending act adds rows or takes the place of some, never strikes out, each row from its own startDate on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from konvoi.align.births import births
from konvoi.align.days import day_in, is_unread
from konvoi.align.identifiers import (
    EDRPOU,
    INN,
    KPP,
    LEI,
    MMSI,
    NATIONAL,
    OGRN,
    OKPO,
    PASSPORT,
    REGISTRATION,
    SWIFT,
    TAX,
)
from konvoi.align.list_findings import told
from konvoi.align.listing import Identifier, Kind, Listing, Measure, Name, NameKind, Since, joined
from konvoi.align.names import names
from konvoi.align.numbers import ids, imo
from konvoi.align.orders import order
from konvoi.align.parts import parts
from konvoi.align.regime import Opened
from konvoi.align.table import Row
from konvoi.kit.text import fold
from konvoi.model.finding import Finding, Place

ACT = "celex"
AMENDING = "amendedCelex"
"""The first column of an act's CSV, and of an amending act's."""

_NEEDED = {"recordId", "annex", "measure", "startDate", "schema", "name"}
_KINDS = {
    "Person": Kind.PERSON,
    "Vessel": Kind.SHIP,
    "Asset": Kind.ASSET,
    "Company": Kind.ENTITY,
    "LegalEntity": Kind.ENTITY,
    "Organization": Kind.ENTITY,
}
_NAMED = (
    ("name", NameKind.PRIMARY),
    ("alias", NameKind.ALSO),
    ("weakAlias", NameKind.WEAK),
    ("previousName", NameKind.FORMERLY),
)
_SO_CALLED = "so called"
_LABEL = re.compile(
    r"text of image|(arabic|belarusian|chinese|farsi|korean|persian|russian|ukrainian):?", re.IGNORECASE
)
"""Labels that stand among names: they state the script of the next one, or how it was printed."""
_NUMBERED = (
    ("passportNumber", PASSPORT),
    ("idNumber", NATIONAL),
    ("registrationNumber", REGISTRATION),
    ("taxNumber", TAX),
    ("innCode", INN),
    ("ogrnCode", OGRN),
    ("kppCode", KPP),
    ("okpoCode", OKPO),
    ("leiCode", LEI),
    ("swiftBic", SWIFT),
    ("mmsi", MMSI),
)
# Numbers that a field calls Russian and that are of Ukraine: eight digits with the check digit of an EDRPOU.
_UKRAINIAN = ("Ukraine", "Crimea", "Sevastopol", "Donetsk", "Luhansk", "Lugansk")
_RUSSIAN = ("Russia", "Moscow", "Petersburg", *_UKRAINIAN)
_WHERE = ("country", "nationality", "jurisdiction", "address", "birthPlace")


class JournalFile(NamedTuple):
    """A file of acts, its head and its rows."""

    file: Opened
    head: Sequence[str]
    rows: Sequence[Row]


class JournalRow(NamedTuple):
    """A row of an act, and the name of its file."""

    file: str
    row: Row


@dataclass(frozen=True)
class Amended:
    """The rows in force on a day. added, replaced, there: what amending rows did; later: not yet in force."""

    rows: tuple[JournalRow, ...]
    added: int = 0
    replaced: int = 0
    there: int = 0
    later: int = 0


@dataclass
class _Force:
    """Rows by their key while acts are read; each with its file."""

    rows: dict[tuple[str, str, str], list[JournalRow]] = field(default_factory=dict)
    added: int = 0
    replaced: int = 0
    there: int = 0
    later: int = 0


def is_act(head: Sequence[str]) -> bool:
    """Return True if a CSV's head is that of an act or an amending act."""
    return bool(head) and head[0] in (ACT, AMENDING) and set(head) >= _NEEDED


def in_force(files: Iterable[JournalFile], day: date) -> Amended:
    """The rows of all acts on a day, amending acts in the order of their numbers; twice changes nothing."""
    force = _Force()
    amending: list[tuple[str, str, Row]] = []
    for file, head, rows in files:
        for row in rows:
            if head[0] == ACT:
                force.rows.setdefault(_key(row, row.text(ACT)), []).append(JournalRow(file.name, row))
            else:
                amending.append((row.text("amendmentCelex"), file.name, row))
    for _, name, row in sorted(amending, key=lambda one: (one[0], one[1], one[2].number)):
        _amend(force, name, row, day)
    kept = tuple(one for same in force.rows.values() for one in same)
    return Amended(kept, force.added, force.replaced, force.there, force.later)


def _amend(force: _Force, name: str, row: Row, day: date) -> None:
    start = day_in(row.text("startDate"))
    if start and start.first > day:
        force.later += 1
        return
    key = _key(row, row.text(AMENDING))
    before = force.rows.get(key)
    if before is None:
        force.added += 1
    elif any(_same(one, row) for _, one in before):
        force.there += 1
        return
    else:
        force.replaced += 1
    force.rows[key] = [JournalRow(name, row)]


def _same(left: Row, right: Row) -> bool:
    ours = {ACT, AMENDING, "amendmentCelex"}
    return all(left.text(name) == right.text(name) for name in {*left.cells, *right.cells} - ours)


def _key(row: Row, act: str) -> tuple[str, str, str]:
    """Act, annex, and the row's number there; where it has none (550 rows), its name without case."""
    return act, row.text("annex"), row.text("recordId") or fold(row.text("name"))


def listings(rows: Iterable[JournalRow]) -> tuple[Listing, ...]:
    """One listing for each key; rows that repeat one (two do) are drawn together."""
    return joined(_listing(file, row) for file, row in rows)


def _listing(file: str, row: Row) -> Listing:
    act = row.text(ACT) or row.text(AMENDING)
    kind = _KINDS.get(row.text("schema"), Kind.ENTITY)
    act_, annex, record = _key(row, act)
    nationality = parts(row.text("nationality")) or parts(row.text("country"))
    return Listing(
        id=f"eu:journal:{act_}:{annex}:{record}",
        kind=kind,
        names=_names(row),
        place=Place(file, "", row.number),
        list="journal",
        reference=f"{act} {annex} {row.text('recordId')}".strip(),
        programme=row.text("programKey"),
        births=births(row.text("birthDate"), row.text("birthPlace")) if kind == Kind.PERSON else (),
        nationalities=nationality,
        identifiers=_identifiers(row, kind),
        measures=(_measure(row, act),),
    )


def _names(row: Row) -> tuple[Name, ...]:
    every = [one for column, kind in _NAMED for one in names(row.text(column), kind)]
    told = [one for one in every if not _LABEL.fullmatch(one.text)]
    # The words before a name in quotes stand in the field for the name where the name went into the next one.
    found = [one for one in told if fold(one.text) != _SO_CALLED] or told
    first = [one for one in found if one.kind == NameKind.PRIMARY][1:]
    # Of several names in the field for the name, the first is the primary one.
    return tuple(dict.fromkeys(Name(one.text, NameKind.ALSO) if one in first else one for one in found))


def _measure(row: Row, act: str) -> Measure:
    since = day_in(row.text("startDate"))
    return Measure(
        order=order(row.text("measure")),
        text=row.text("measure"),
        act=row.text("amendmentCelex") or act,
        since=since,
        known=Since.GIVEN if since else Since.UNKNOWN,
        row=row.number,
    )


def _identifiers(row: Row, kind: Kind) -> tuple[Identifier, ...]:
    where = " ".join(row.text(name) for name in _WHERE)
    russian = any(word in where for word in _RUSSIAN)
    found = [one for column, type in _NUMBERED for one in ids(type, row.text(column), russian=russian)]
    found += imo(row.text("imoNumber"), kind)
    ukrainian = any(word in where for word in _UKRAINIAN)
    return tuple(dict.fromkeys(found)) + tuple(_edrpou(found) if ukrainian else ())


def _edrpou(found: Sequence[Identifier]) -> Iterator[Identifier]:
    """Registration numbers of a party in Ukraine that have the shape and check digit of an EDRPOU."""
    for one in found:
        if one.type == REGISTRATION:
            yield from (made for made in ids(EDRPOU, one.text) if made.valid)


def unread_days(rows: Iterable[JournalRow]) -> tuple[Finding, ...]:
    """Return a warning for each row whose day of entry into force cannot be read."""
    return tuple(
        told("listed-since-unread", Place(file, "", row.number, "startDate"), read=row.text("startDate"))
        for file, row in rows
        if is_unread(row.text("startDate"))
    )


def undated(listings: Iterable[Listing]) -> Finding | None:
    """Return a note on the number of rows without a day of entry into force; None if there are none."""
    bare = [one for one in listings if any(measure.since is None for measure in one.measures)]
    if not bare:
        return None
    rows = sum(measure.since is None for one in bare for measure in one.measures)
    return told("listed-since-unknown", bare[0].place, read=str(rows), count=str(rows))
