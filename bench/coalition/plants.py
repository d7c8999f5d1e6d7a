"""What a fault leaves in the submissions, and what a careful person would count."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from bench.coalition.words import GOODS
from bench.coalition.world import WAVES, Document, Gift, Partner, Row, World, wave


class Place(NamedTuple):
    """A planted row, by the document that holds it, its table and its key; no key: the whole sheet."""

    source: str
    document: str
    table: str
    key: str


class Slot(NamedTuple):
    """A row that goes into the regular submission of a source: the number of the submission, table, row."""

    source: str
    wave: int
    table: str
    row: Row


@dataclass
class Plant:
    """One planted fault.

    gifts: what counts, once each. excess: EUR, by partner and kind, by which figures may differ from the
    truth where a finding names the rows: too much where a value is wrong in scale or currency, too little
    where a row cannot be read without asking. places: rows that must have a finding. rows, documents:
    submissions.
    """

    fault: str
    gifts: list[Gift] = field(default_factory=list)
    excess: list[tuple[str, str, Decimal]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    rows: list[Slot] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def state(self, gift: Gift, *, at: int | None = None, tables: bool = True, **package: object) -> None:
        """Let the partner state a gift in a regular submission, by default the first after its day."""
        self.say(gift.partner, wave(gift.day) if at is None else at, "packages", gift.package(**package))
        if tables and gift.good:
            self.say(gift.partner, wave(gift.day) if at is None else at, "lines", gift.line())

    def say(self, source: str, at: int, table: str, *rows: Row) -> None:
        """Put rows into a regular submission."""
        self.rows += [Slot(source, at, table, row) for row in rows]

    def count(self, *gifts: Gift) -> None:
        """Count gifts in the truth."""
        self.gifts += gifts

    def point(self, source: str, at: int, table: str, key: str) -> None:
        """Expect a finding at a row of a regular submission."""
        self.places.append(Place(source, regular(source, at), table, key))


def regular(source: str, at: int) -> str:
    """Return the name of a regular submission.

    >>> regular("PL", 0)
    'PL-2024-09'
    """
    return f"{source}-{WAVES[at]:%Y-%m}"


def extra(
    plant: Plant, partner: Partner, gifts: Sequence[Gift], name: str, day: date, **other: object
) -> Document:
    """Add a document of its own that states gifts, and return it."""
    document = Document(partner.id, name, day, partner.dialect)
    document = replace(document, **other)  # type: ignore[arg-type]
    document.tables = {}
    for gift in gifts:
        document.add("packages", gift.package())
    for gift in gifts:
        if gift.good:
            document.add("lines", gift.line())
    plant.documents.append(document)
    return document


def later(gift: Gift, days: int) -> date:
    """Return a day some days after a gift's, not after the last submission."""
    return min(gift.day + timedelta(days=days), WAVES[-1])


def good_name(gift: Gift) -> str:
    """Return the English name of a gift's good."""
    return GOODS[gift.good].en


def goods_gift(world: World, partner: Partner, **other: object) -> Gift:
    """Return a gift of goods (not money) of a partner."""
    kind = world.chance.choice(["humanitarian", "military", "energy", "reconstruction"])
    return world.gift(partner, **({"kind": kind if partner.tables else "humanitarian"} | other))  # type: ignore[arg-type]


def rounded(amount: Decimal, digits: int) -> Decimal:
    """Return an amount to so many significant digits.

    >>> rounded(Decimal(4_837_200), 2)
    Decimal('4800000')
    """
    exponent = amount.adjusted() - digits + 1
    return amount.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN).quantize(Decimal(1))
