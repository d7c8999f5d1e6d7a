"""Build a coalition by seed: documents to hand in, and the truth."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bench.coalition.faults_cells import CELLS
from bench.coalition.faults_duplicates import ANNOUNCED, REPORTED
from bench.coalition.faults_versions import VERSIONS
from bench.coalition.faults_wholes import WHOLES
from bench.coalition.plants import Plant, regular
from bench.coalition.world import (
    AGENCY,
    DIGEST,
    FUND,
    PARTNERS,
    WAVES,
    WIRE,
    Document,
    Gift,
    Partner,
    Row,
    World,
    reference_document,
    wave,
)

_ALL = (*VERSIONS, *ANNOUNCED, *WHOLES, *REPORTED, *CELLS)
FAULTS: dict[str, Callable[[World], Plant]] = {
    function.__name__.replace("_", "-"): function for function in _ALL
}
"""All classes of faults by name."""

_SOURCES = {WIRE: "csv-press", DIGEST: "csv-press", AGENCY: "xlsx-en", FUND: "xlsx-fund"}
_DIALECTS = _SOURCES | {partner.id: partner.dialect for partner in PARTNERS}


@dataclass
class Truth:
    """What a careful person would count: total, sums by partner and kind in EUR, quantities by good.

    partners, kinds: from least to most, because nobody can tell the shares of a joint gift.
    """

    total: Decimal = Decimal(0)
    partners: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    kinds: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    goods: dict[str, Decimal] = field(default_factory=dict)


def truth(gifts: Sequence[Gift], doubts: Sequence[tuple[str, str, Decimal]] = ()) -> Truth:
    """Return the truth of gifts that count once each.

    doubts: partner, kind and EUR by which rows that were asked about may change sums of partners and kinds.
    """
    found = Truth()
    none = Decimal(0)
    for gift in gifts:
        found.total += gift.eur
        _widen(found.kinds, gift.kind, gift.eur, gift.eur)
        for partner in gift.joint or (gift.partner,):
            _widen(found.partners, partner, none if gift.joint else gift.eur, gift.eur)
        if gift.good and gift.quantity is not None and _counted(gift):
            found.goods[gift.good] = found.goods.get(gift.good, none) + gift.quantity
    for partner, kind, excess in doubts:
        _widen(found.partners, partner, min(excess, none), max(excess, none))
        _widen(found.kinds, kind, min(excess, none), max(excess, none))
    return found


def _widen(sums: dict[str, tuple[Decimal, Decimal]], key: str, least: Decimal, most: Decimal) -> None:
    """Add an amount between two bounds to a sum between two bounds."""
    low, high = sums.get(key, (Decimal(0), Decimal(0)))
    sums[key] = (low + least, high + most)


def _counted(gift: Gift) -> bool:
    """Return True if the partner's dialect has line items, so that quantities are stated."""
    return all(partner.tables for partner in PARTNERS if partner.id == gift.partner)


@dataclass
class Coalition:
    """Documents in the order of their days, and what is true: clean gifts and planted faults."""

    seed: int
    documents: list[Document]
    clean: list[Gift]
    plants: list[Plant]

    @property
    def gifts(self) -> list[Gift]:
        """All gifts that count."""
        return [*self.clean, *(gift for plant in self.plants for gift in plant.gifts)]


def build(seed: int, *, faults: Sequence[str] = tuple(FAULTS), rounds: int = 2, gifts: int = 8) -> Coalition:
    """Return a coalition: `gifts` clean gifts of each partner, each fault planted `rounds` times."""
    world = World(random.Random(seed), PARTNERS)
    clean = background(world, gifts)
    plants = [FAULTS[fault](world) for _ in range(rounds) for fault in faults]
    return Coalition(seed, _documents(clean, plants), clean, plants)


def small(seed: int, partners: int = 9, gifts: int = 5) -> tuple[World, Coalition]:
    """Return a small clean coalition, and the world from which single faults are drawn."""
    world = World(random.Random(seed), PARTNERS[:partners])
    clean = background(world, gifts)
    return world, Coalition(seed, _documents(clean, []), clean, [])


def fault_documents(plants: Sequence[Plant]) -> list[Document]:
    """Return documents that hold nothing but what some faults need."""
    return _documents([], plants, "-f")


def background(world: World, gifts: int) -> list[Gift]:
    """Return gifts of every partner without any fault."""
    return [world.gift(partner) for partner in world.partners for _ in range(gifts)]


def _documents(clean: Sequence[Gift], plants: Sequence[Plant], suffix: str = "") -> list[Document]:
    """Return the catalogue (beside clean gifts), regular submissions, and documents of their own."""
    regulars: dict[tuple[str, int], Document] = {}

    def at(source: str, number: int) -> Document:
        name = regular(source, number) + suffix
        usual = Document(source, name, WAVES[number], _DIALECTS[source])
        return regulars.setdefault((source, number), usual)

    for gift in clean:
        document = at(gift.partner, wave(gift.day))
        document.add("packages", gift.package())
        if _counted(gift):
            document.add("lines", gift.line())
    for plant in plants:
        for slot in plant.rows:
            at(slot.source, slot.wave).add(slot.table, slot.row)
    _cumulate([document for document in regulars.values() if document.dialect == "fts"])
    found = [*regulars.values(), *(document for plant in plants for document in plant.documents)]
    first = [reference_document()] if clean else []
    return [*first, *sorted(found, key=_order)]


def _cumulate(pages: Sequence[Document]) -> None:
    """Let a later page of flows repeat those of earlier pages of its years, as a search shows them."""
    known: dict[tuple[str, int], dict[object, Row]] = {}
    for page in sorted(pages, key=_order):
        for row in page.tables["packages"]:
            known.setdefault((page.source, _year(row)), {})[row["package"]] = row | {"updated": page.day}
        years = sorted({_year(row) for row in page.tables["packages"]})
        page.tables["packages"] = [row for year in years for row in known[page.source, year].values()]


def _year(row: Row) -> int:
    """Return the year of a row's day."""
    day = row["day"]
    assert isinstance(day, date)
    return day.year


def _order(document: Document) -> tuple[date, str, str]:
    """Return the order in which documents are handed in."""
    return document.day, document.source, document.name


def partner(code: str) -> Partner:
    """Return a partner by its code."""
    return next(partner for partner in PARTNERS if partner.id == code)
