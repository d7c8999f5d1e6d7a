"""Canada: the consolidated list of autonomous sanctions (SEMA, XML); it names no days of listing.

`Country` is the regulation, not a nationality; Schedule and Item are no unique key: the name is a part of it.
"""

from collections.abc import Sequence
from datetime import date

from lxml import etree

from konvoi.align.births import births
from konvoi.align.elements import line, text
from konvoi.align.listing import Kind, Listing, Measure, Name, NameKind, Order, joined
from konvoi.align.names import names
from konvoi.align.regime import Found, Opened, Regime, doubts, strange
from konvoi.kit.text import fold, tidy
from konvoi.model.finding import Place

_TITLE = "Canada"
_FRENCH = r"/(?=[^/()]*\s)(?![^(]*\))"
"""Separator of the English name of an entity from the French one."""

# Schedules 2 and 3 of the Russian regulations (SOR/2014-58) forbid new debt and equity, no other dealing. So
# do sections 3.1 and 3.2 of the Belarusian ones (SOR/2020-214), which name banks outside of any schedule.
_DEALING = {("russia", "2"), ("russia", "3"), ("belarus", "")}


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each record that is not word for word another."""
    found: list[Listing] = []
    records = 0
    for file in files:
        if file.root is None or file.root.tag != "data-set":
            tag = "" if file.root is None else str(file.root.tag)
            return strange(_TITLE, file.name, f"<{tag}>" if tag else "no XML")
        for record in file.root.iterfind("record"):
            records += 1
            found.append(_listing(record, Place(file.name, "", line(record))))
    listings = joined(found)
    return Found(listings, doubts(listings), facts={"records": records})


def _listing(record: etree._Element, place: Place) -> Listing:
    regulation = text(record, "Country")
    schedule = text(record, "Schedule")
    item = text(record, "Item")
    entity = text(record, "Entity")
    own = _names(record, entity)
    # The key is of the whole field, so that what people decided about it stays.
    whole = _entity(entity)[0] if entity else own[0]
    key = ":".join(fold(part) for part in (regulation.split("/")[0], schedule, item, whole.text))
    return Listing(
        id=f"ca:sema:{key}",
        kind=Kind.ENTITY if entity else Kind.PERSON,
        names=tuple(dict.fromkeys((*own, *names(text(record, "Aliases"), NameKind.ALSO)))),
        place=place,
        list="sema",
        reference=f"{regulation} {schedule} {item}".strip(),
        programme=regulation,
        births=() if entity else births(text(record, "DateOfBirth")),
        measures=(_measure(regulation, schedule, item),),
    )


def _entity(text: str) -> tuple[Name, ...]:
    return names(text, NameKind.PRIMARY) or (Name(text),)


def _names(record: etree._Element, entity: str) -> tuple[Name, ...]:
    if entity:
        return tuple(
            dict.fromkeys(
                one for name in _entity(entity) for one in names(name.text, name.kind, also=_FRENCH)
            )
        )
    family = text(record, "LastName")
    given = text(record, "GivenName")
    return (Name(tidy(f"{given} {family}"), NameKind.PRIMARY, family, given),)


def _measure(regulation: str, schedule: str, item: str) -> Measure:
    law = fold(regulation.split("/")[0])
    dealing = (law, fold(schedule).split(" ")[0]) in _DEALING
    act = ", ".join(
        part
        for part in (regulation, f"Schedule {schedule}" if schedule else "", f"item {item}" if item else "")
        if part
    )
    text = "new debt and equity prohibited" if dealing else "dealings prohibited"
    return Measure(Order.DEALING_BAN if dealing else Order.ASSET_FREEZE, text, act)


CA = Regime("ca", _TITLE, _read)
