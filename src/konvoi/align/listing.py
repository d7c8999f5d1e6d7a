"""Listings: one party on one list, with its identifying values and the measures ordered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from konvoi.kit.days import Days
from konvoi.model.finding import Place

Value = TypeVar("Value")


class Kind(StrEnum):
    """Kind of a listed party."""

    PERSON = "person"
    ENTITY = "entity"
    SHIP = "ship"
    AIRCRAFT = "aircraft"
    ASSET = "asset"


class NameKind(StrEnum):
    """Kind of a name on a list; WEAK: a name that the list itself says identifies badly."""

    PRIMARY = "primary"
    ALSO = "also known as"
    FORMERLY = "formerly"
    WEAK = "weak"
    VARIATION = "variation"
    ORIGINAL = "original script"


class Since(StrEnum):
    """Source of the day since when a party is listed.

    GIVEN: a field of the list. PROSE: read out of a sentence. SNAPSHOT: between two days of the list, the
    later of which is the first that names the party. UNKNOWN: not at all.
    """

    GIVEN = "given"
    PROSE = "prose"
    SNAPSHOT = "snapshot"
    UNKNOWN = "unknown"


class Order(StrEnum):
    """Order of a measure, in one vocabulary for all regimes."""

    ASSET_FREEZE = "asset freeze"
    ENTRY_BAN = "entry ban"
    DEALING_BAN = "dealing ban"
    EXPORT_CONTROL = "export control"
    TRANSPORT_BAN = "transport ban"
    SERVICES_BAN = "services ban"
    INVESTMENT_BAN = "investment ban"
    PROCUREMENT_BAN = "procurement ban"
    OTHER = "other"


class Tie(StrEnum):
    """Relation of a party to another on a list; LINKED is association and says nothing of ownership."""

    OWNER = "owner"
    MANAGER = "manager"
    PARENT = "parent"
    SUBSIDIARY = "subsidiary"
    LINKED = "linked to"


@dataclass(frozen=True)
class Name:
    """One name. family, given: its parts where the list separates them."""

    text: str
    kind: NameKind = NameKind.PRIMARY
    family: str = ""
    given: str = ""


@dataclass(frozen=True)
class Birth:
    """One day of birth that a list names; days: None where only a place or unreadable words are given.

    about: the list says "circa": the true day may lie somewhat outside of `days`.
    """

    days: Days | None = None
    about: bool = False
    place: str = ""
    text: str = ""


@dataclass(frozen=True)
class Identifier:
    """A number that identifies: its type of konvoi.align.identifiers, the issuing country where it is known.

    value: folded for comparing. valid: of types with check digits whether they hold; else None.
    """

    type: str
    value: str
    country: str = ""
    valid: bool | None = None
    text: str = ""


@dataclass(frozen=True)
class Measure:
    """One order, with the list's own words; since and until as far as stated.

    row: where in the file it stands. act: the act that orders it.
    """

    order: Order
    text: str
    act: str = ""
    since: Days | None = None
    known: Since = Since.UNKNOWN
    until: date | None = None
    row: int = 0


@dataclass(frozen=True)
class Link:
    """Another party that the list names with this one."""

    tie: Tie
    name: str


@dataclass(frozen=True)
class Listing:
    """One party on one list. id: regime, list and the list's own key, the same in each version of the list.

    reference: as the authority cites it. nationalities: as written.
    """

    id: str
    kind: Kind
    names: tuple[Name, ...]
    place: Place
    list: str = ""
    reference: str = ""
    programme: str = ""
    births: tuple[Birth, ...] = ()
    nationalities: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    measures: tuple[Measure, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        """The primary name; where none is called so, the first."""
        primary = (name.text for name in self.names if name.kind == NameKind.PRIMARY)
        return next(primary, self.names[0].text if self.names else "")

    @property
    def since(self) -> Days | None:
        """Return the earliest first day of all measures, as a span; None if no measure states one."""
        known = [measure.since for measure in self.measures if measure.since]
        return min(known, default=None)

    @property
    def known(self) -> Since:
        """Source of `since`."""
        first = self.since
        return next((m.known for m in self.measures if m.since == first and first), Since.UNKNOWN)

    @property
    def until(self) -> date | None:
        """The last day of the last measure; None where one has no end."""
        ends = [measure.until for measure in self.measures]
        return max((end for end in ends if end), default=None) if all(ends) else None


def joined(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return one listing for each id, in the order of the first, with the values of its rows, each once."""
    rows: dict[str, list[Listing]] = {}
    for listing in listings:
        rows.setdefault(listing.id, []).append(listing)
    return tuple(_one(same) for same in rows.values())


def _one(same: list[Listing]) -> Listing:
    first = same[0]
    if len(same) == 1:
        return first
    return replace(
        first,
        names=_each(one.names for one in same),
        reference=next((one.reference for one in same if one.reference), ""),
        programme="; ".join(dict.fromkeys(one.programme for one in same if one.programme)),
        births=_each(one.births for one in same),
        nationalities=_each(one.nationalities for one in same),
        identifiers=_each(one.identifiers for one in same),
        measures=_each(one.measures for one in same),
        links=_each(one.links for one in same),
    )


def _each(several: Iterable[tuple[Value, ...]]) -> tuple[Value, ...]:
    """Return the values of several rows, each once, in order."""
    return tuple(dict.fromkeys(value for values in several for value in values))
