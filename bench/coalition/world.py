"""Partners, gifts, documents: a synthetic coalition before any fault is planted.

All figures are made up. Codes of real states are used because their names, currencies and languages are what
is to be read; no row is a statement about a state.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from bench.coalition.words import GOODS, PLACES, TITLES, USES, Good

Row = dict[str, object]

FIRST, LAST = date(2024, 1, 8), date(2025, 12, 12)
WAVES = (date(2024, 9, 30), date(2025, 5, 30), date(2025, 12, 19))
"""Days of the three submissions of each partner; a gift stands in the first one after its day."""

PER_EUR = {
    "EUR": Decimal(1),
    "USD": Decimal("1.085"),
    "GBP": Decimal("0.853"),
    "SEK": Decimal("11.42"),
    "NOK": Decimal("11.63"),
    "DKK": Decimal("7.459"),
    "PLN": Decimal("4.31"),
    "CZK": Decimal("25.1"),
    "RON": Decimal("4.975"),
    "CAD": Decimal("1.487"),
    "JPY": Decimal("163.4"),
    "UAH": Decimal("44.3"),
}
"""Units of each currency for one euro: one rate for both years, so that the truth does not depend on days."""

CELL, FUND, WIRE, DIGEST, AGENCY = "CELL", "BLRF", "WIRE", "DIGEST", "UNICEF"
"""Coordination cell, the fictitious fund, two press monitors, an implementing agency."""

FUND_NAME = "Borderland Relief Fund"


@dataclass(frozen=True)
class Partner:
    """A partner: code, name, dialect of its submissions, currency, language of its titles."""

    id: str
    name: str
    dialect: str
    currency: str
    language: str = "en"

    @property
    def tables(self) -> bool:
        """True if its dialect has packages and line items (not a register of flows)."""
        return self.dialect not in ("iati", "fts")


PARTNERS = (
    Partner("PL", "Poland", "xlsx-en", "PLN"),
    Partner("DE", "Germany", "xlsx-de", "EUR", "de"),
    Partner("SE", "Sweden", "xlsx-own", "SEK"),
    Partner("FR", "France", "csv-semicolon", "EUR"),
    Partner("GB", "United Kingdom", "csv-comma", "GBP"),
    Partner("EE", "Estonia", "xlsx-uk", "EUR", "uk"),
    Partner("NL", "Netherlands", "iati", "EUR"),
    Partner("CA", "Canada", "fts", "CAD"),
    Partner(FUND, FUND_NAME, "xlsx-fund", "EUR"),
    Partner("NO", "Norway", "csv-windows", "NOK"),
    Partner("DK", "Denmark", "csv-tab", "DKK"),
    Partner("LT", "Lithuania", "xlsx-uk", "EUR", "uk"),
    Partner("FI", "Finland", "xlsx-en", "EUR"),
    Partner("CZ", "Czechia", "csv-two-files", "CZK"),
    Partner("RO", "Romania", "xlsx-own", "RON"),
    Partner("ES", "Spain", "csv-comma", "EUR"),
    Partner("IT", "Italy", "csv-two-files", "EUR"),
    Partner("AT", "Austria", "csv-semicolon", "EUR", "de"),
    Partner("JP", "Japan", "fts", "JPY"),
    Partner("US", "United States", "iati", "USD"),
)
"""Twenty partners. The first nine cover most dialects, so that a small coalition has them too."""


def eur(amount: Decimal, currency: str) -> Decimal:
    """Return an amount in EUR, to the cent."""
    return (amount / PER_EUR[currency]).quantize(Decimal("0.01"))


def own(amount: Decimal, currency: str) -> Decimal:
    """Return an amount of EUR in a currency, to the hundred, as desks write it."""
    return (amount * PER_EUR[currency]).quantize(Decimal(1)) // 100 * 100


@dataclass(frozen=True)
class Gift:
    """Something that a partner gives: what it counts for, once, in the truth.

    amount: in the partner's currency; None where nobody states it. quantity: of `good`; None without one.
    joint: partners that may have given it where nobody can tell their shares; `partner` is then one of them.
    """

    partner: str
    kind: str
    day: date
    title: str
    amount: Decimal | None
    currency: str
    good: str = ""
    quantity: Decimal | None = None
    reference: str = ""
    place: str = ""
    joint: tuple[str, ...] = ()

    @property
    def eur(self) -> Decimal:
        """The amount in EUR; 0 where it is not known."""
        return Decimal(0) if self.amount is None else eur(self.amount, self.currency)

    def package(self, **other: object) -> Row:
        """Return the row of packages that states the gift, with what is stated otherwise."""
        row: Row = {
            "package": self.reference,
            "party": self.partner,
            "day": self.day,
            "kind": self.kind,
            "title": self.title,
            "amount": self.amount,
            "currency": self.currency if self.amount is not None else None,
        }
        return row | other

    def line(self, **other: object) -> Row:
        """Return the row of line items that states good and quantity of the gift."""
        row: Row = {
            "line": f"{self.reference}/1",
            "package": self.reference,
            "good": self.good or None,
            "quantity": self.quantity,
            "unit": GOODS[self.good].unit if self.good else None,
            "amount": self.amount,
            "currency": self.currency if self.amount is not None else None,
            "route": "from stock" if self.good else "money",
        }
        return row | other


@dataclass
class Document:
    """A submission: who hands it in, its name without suffix, day, dialect, and its tables.

    sheets: names of sheets that differ from the usual ones, by table.
    """

    source: str
    name: str
    day: date
    dialect: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    supersedes: str = ""
    sheets: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, *rows: Row) -> None:
        """Append rows to a table."""
        self.tables.setdefault(table, []).extend(rows)


@dataclass
class World:
    """What a coalition is drawn from: random numbers, partners, and the references that are given out."""

    chance: random.Random
    partners: tuple[Partner, ...]
    numbers: dict[str, int] = field(default_factory=dict)
    used: set[tuple[str, str, str]] = field(default_factory=set)
    busy: list[str] = field(default_factory=list)

    def reference(self, partner: str) -> str:
        """Return the next reference of a partner, such as PL-24-0007."""
        self.numbers[partner] = self.numbers.get(partner, 0) + 1
        return f"{partner}-A{self.numbers[partner]:04d}"

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        """Return a working day."""
        found = first + timedelta(days=self.chance.randrange((last - first).days))
        return found - timedelta(days=max(found.weekday() - 4, 0))

    def partner(self, *, tables: bool = True, but: tuple[str, ...] = ()) -> Partner:
        """Return a partner, those first that bear no fault yet; the fund is never drawn."""
        fit = [p for p in self.partners if p.tables == tables and p.id not in but and p.id != FUND]
        least = min(self.busy.count(p.id) for p in fit)
        found = self.chance.choice([p for p in fit if self.busy.count(p.id) == least])
        self.busy.append(found.id)
        return found

    def by_dialect(self, *dialects: str) -> Partner:
        """Return a partner that writes one of some dialects."""
        found = self.chance.choice([p for p in self.partners if p.dialect in dialects])
        self.busy.append(found.id)
        return found

    def gift(self, partner: Partner, *, kind: str = "", size: float = 0, **other: object) -> Gift:
        """Return a gift that no other gift of the coalition resembles in good and place.

        size: about how many EUR; 0: some.
        """
        kinds = ["humanitarian"] * 3 + ["military"] * 3 + ["energy"] * 2 + ["reconstruction", "financial"]
        kind = kind or self.chance.choice(kinds if partner.tables else ["humanitarian"])
        size = size or 10 ** self.chance.gauss(6.6, 0.35)
        drawn = self._money(partner, size) if kind == "financial" else self._goods(partner, kind, size)
        return replace(drawn, reference=self.reference(partner.id), **other)  # type: ignore[arg-type]

    def _goods(self, partner: Partner, kind: str, size: float) -> Gift:
        """Return a gift of goods, worth about `size` EUR at a price near the usual one."""
        fit = [good for good in GOODS.values() if good.kind == kind and float(good.price) < 1.4 * size]
        good, place = self._free(partner.id, fit)
        price = float(good.price) * self.chance.uniform(0.88, 1.12)
        quantity = max(Decimal(round(size / price)), Decimal(1))
        if quantity > 60:
            quantity = quantity // 10 * 10
        words = self.chance.choice(TITLES[partner.language])
        title = words.format(
            n=quantity, good=good.name(partner.language), place=PLACES[place].name(partner.language)
        )
        amount = own(quantity * Decimal(round(price, 2)), partner.currency)
        day = self.day()
        return Gift(
            partner.id, kind, day, title, amount, partner.currency, good.id, quantity, place=PLACES[place].en
        )

    def _free(self, partner: str, goods: list[Good]) -> tuple[Good, int]:
        """Return a good and a place that nobody uses together yet, and that are new to the partner."""
        choices = [(good, place) for good in goods for place in range(len(PLACES))]
        self.chance.shuffle(choices)
        free = [(good, place) for good, place in choices if ("", good.id, PLACES[place].en) not in self.used]
        new = [(good, place) for good, place in free if (partner, good.id, "") not in self.used]
        good, place = (new or free or choices)[0]
        self.used |= {(partner, good.id, ""), ("", good.id, PLACES[place].en)}
        return good, place

    def _money(self, partner: Partner, size: float) -> Gift:
        """Return financial support for a use that the partner has not supported yet."""
        free = [n for n in range(8) if (partner.id, "use", str(n)) not in self.used] or list(range(8))
        use = self.chance.choice(free)
        self.used.add((partner.id, "use", str(use)))
        lead = {"en": "Budget grant: {}", "de": "Haushaltszuschuss: {}", "uk": "Грант до бюджету: {}"}
        title = lead[partner.language].format(USES[partner.language][use])
        amount = own(Decimal(round(2.3 * size)), partner.currency)
        return Gift(partner.id, "financial", self.day(), title, amount, partner.currency)


def wave(day: date) -> int:
    """Return the number of the first regular submission on or after a day.

    >>> wave(date(2024, 9, 30)), wave(date(2024, 10, 1))
    (0, 1)
    """
    return next(at for at, last in enumerate(WAVES) if day <= last)


def reference_document(currencies: Mapping[str, Decimal] = PER_EUR) -> Document:
    """Return what the coordination cell hands in: goods, rates, and the fund as a party."""
    document = Document(CELL, "catalogue", date(2024, 1, 2), "xlsx-en")
    for good in GOODS.values():
        names: Row = {"name": good.en, "name_de": good.de, "name_uk": good.uk}
        document.add("goods", {"good": good.id, "unit": good.unit} | names)
    for currency, rate in currencies.items():
        if currency != "EUR":
            document.add(
                "rates",
                {"currency": currency, "day": date(2024, 1, 2), "per_eur": rate, "source": "synthetic"},
            )
    document.add(
        "parties",
        {"party": FUND, "name": FUND_NAME, "kind": "fund", "role": "member"},
        {"party": CELL, "name": "Coordination cell", "kind": "institution", "role": "none"},
        {"party": WIRE, "name": "Wire monitor", "kind": "institution", "role": "none"},
        {"party": DIGEST, "name": "Digest monitor", "kind": "institution", "role": "none"},
        {"party": "OCHA", "name": "OCHA", "kind": "institution", "role": "none"},
        {"party": AGENCY, "name": "UNICEF", "kind": "implementer", "role": "none"},
    )
    return document
