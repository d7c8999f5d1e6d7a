"""Campaigns: who gives what through whom, in which instalments; the commitments that are true.

A partner runs campaigns. Each has a kind of good or two, a few places and carriers, a usual amount, and lasts
some months to two years; its commitments follow one another at uneven intervals, often with the same round
amount. Some commitments are members of a joint package, and some are gifts of a fund that members pay into.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl
from bench.pledges.campaigns.draw import Draw
from bench.pledges.exchange import EXPONENT, Exchange, exchange
from bench.pledges.lexicon import split_of
from bench.pledges.vocabulary import Good, Half, half

FIRST, DAYS = date(2022, 3, 1), 1000
PARTNERS = (
    ("US", "USD", "en", 60), ("DE", "EUR", "de", 48), ("GB", "GBP", "en", 36), ("FR", "EUR", "fr", 25),
    ("PL", "PLN", "pl", 25), ("NL", "EUR", "nl", 22), ("IT", "EUR", "it", 18), ("SE", "SEK", "en", 18),
    ("NO", "NOK", "en", 18), ("DK", "DKK", "en", 16), ("CA", "CAD", "en", 16), ("EU", "EUR", "en", 30),
    ("JP", "JPY", "en", 10), ("ES", "EUR", "es", 10), ("FI", "EUR", "en", 10), ("CZ", "CZK", "en", 9),
    ("AU", "AUD", "en", 8), ("LT", "EUR", "en", 7), ("BE", "EUR", "fr", 7), ("AT", "EUR", "de", 6),
    ("CH", "CHF", "de", 6), ("LV", "EUR", "en", 5), ("EE", "EUR", "en", 5), ("PT", "EUR", "en", 4),
)  # fmt: skip
"""Code, currency, own language, weight."""
WEAK = {"JPY": 100, "CZK": 20, "SEK": 10, "NOK": 10, "DKK": 10, "PLN": 5}
_SIZES = ((4, 2), (5, 12), (6, 34), (7, 34), (8, 15), (9, 3))
_CAMPAIGN = 12


def minor_units(currency: str) -> int:
    """Return how many minor units a unit of a currency has."""
    return 1 if EXPONENT.get(currency, 2) == 0 else 100


@dataclass(frozen=True)
class Fund:
    """A pooled fund: code, name, kind of its goods."""

    code: str
    name: str
    kind: str


@dataclass
class Commitment:
    """One commitment. amount: in minor units of `currency`, the value that is right in the end.

    before: the amount stated first where it was corrected later; joint: the package that it is a share of.
    """

    number: int
    party: str
    currency: str
    language: str
    good: Good
    place: int
    detail: tuple[int, int] | None
    carrier: int
    day: date
    amount: int
    quantity: int
    campaign: int
    before: int | None = None
    joint: int = -1
    withdrawn: bool = False

    @property
    def cluster(self) -> str:
        """The name of what its records report."""
        return f"c{self.number}"


@dataclass
class World:
    """All commitments of a seed, and the joint packages (lists of shares) among them."""

    seed: int
    names: Half
    fx: Exchange
    commitments: list[Commitment] = field(default_factory=list)
    joints: list[list[Commitment]] = field(default_factory=list)
    funds: tuple[Fund, ...] = ()
    carriers: tuple[tuple[str, ...], ...] = ()

    @property
    def rates(self) -> pl.DataFrame:
        """The rates of exchange: day, currency, per_euro."""
        return self.fx.frame()

    @classmethod
    def of(cls, seed: int, commitments: int) -> "World":
        """Return the world of a seed with so many commitments."""
        names = half("dev" if split_of(seed) != "test" else "test")
        words = names.implementers
        funds = tuple(
            Fund(f"FUND{n + 1}", f"{words['first'][n]} {title}", kind)
            for n, (title, kind) in enumerate((("Facility", "humanitarian"), ("Pool", "military")))
        )
        made = cls(seed, names, exchange(), funds=funds, carriers=_carriers(names))
        number = 0
        while len(made.commitments) < commitments:
            _campaign(made, Draw(seed, f"campaign {number}"), number)
            number += 1
        del made.commitments[commitments:]
        _join(made, Draw(seed, "joint"))
        _fault(made, Draw(seed, "faults"))
        return made

    def eur_minor(self, amount: int, currency: str, day: date) -> int:
        """Return an amount in euro cents at a day's rate."""
        at = float(self.fx.table[self._row(day), self.fx.currencies.index(currency)])
        return round(amount / minor_units(currency) / at * 100)

    def converted(self, amount: int, currency: str, into: str, day: date) -> int:
        """Return minor units of another currency at a day's rate."""
        row, known = self._row(day), self.fx.currencies
        rate = float(self.fx.table[row, known.index(into)]) / float(self.fx.table[row, known.index(currency)])
        return round(amount / minor_units(currency) * rate * minor_units(into))

    def _row(self, day: date) -> int:
        number = (day - date(1970, 1, 1)).days
        return min(max(number, self.fx.first), self.fx.last) - self.fx.first


def _carriers(names: Half) -> tuple[tuple[str, ...], ...]:
    """Return implementers, each with its spellings: organisations, then companies."""
    parts, found = names.implementers, list(names.organisations)
    for n, first in enumerate(parts["first"]):
        for m, second in enumerate(parts["second"]):
            form = parts["form"][(n + m) % len(parts["form"])]
            found.append((f"{first} {second} {form}", f"{first} {second}", f"{first} {second}, {form}"))
    return tuple(found)


def _amount(draw: Draw, currency: str) -> int:
    """Return an amount in minor units: round as often as not, exact to the unit now and then."""
    size = draw.weighted(_SIZES)
    digits = draw.weighted(((1, 14), (2, 24), (3, 24), (4, 16), (9, 22)))
    if digits == 9:
        whole = draw.between(10**size, 10 ** (size + 1) - 1)
    else:
        whole = draw.between(10 ** (digits - 1), 10**digits - 1) * 10 ** max(size + 1 - digits, 0)
    return whole * WEAK.get(currency, 1) * minor_units(currency)


def _campaign(world: World, draw: Draw, number: int) -> None:
    """Add the commitments of one campaign."""
    names = world.names
    party, currency, language, _ = draw.weighted([(one, one[3]) for one in PARTNERS])
    fund = draw.one(world.funds) if draw.happens(0.04) else None
    kind = fund.kind if fund else draw.weighted((("humanitarian", 50), ("military", 38), ("financial", 12)))
    if fund:
        party, currency, language = fund.code, "EUR", "en"
    goods = draw.some([good for good in names.goods if good.kind == kind], draw.between(1, 2))
    places = draw.some(range(len(names.places)), draw.between(1, 4))
    carriers = draw.some(range(len(world.carriers)), draw.between(1, 3))
    details = [n for n, (of, _) in enumerate(names.details) if of == kind]
    day = draw.below(DAYS - 60)
    usual = _amount(draw, currency)
    detailed = draw.happens(0.6)
    for _ in range(draw.between(2, 2 * _CAMPAIGN)):
        amount = usual if draw.happens(0.12) else _amount(draw, currency)
        good = draw.one(goods)
        counted = good.unit != "none" and draw.happens(0.55)
        quantity = draw.between(1, 99) * 10 ** draw.between(0, 3) if counted else 0
        world.commitments.append(
            Commitment(
                len(world.commitments), party, currency, language, good, draw.one(places),
                (draw.one(details), draw.between(1, 60)) if detailed else None,
                draw.one(carriers), FIRST + timedelta(days=day), amount, quantity, number,
            )
        )  # fmt: skip
        day += draw.between(3, 75)
        if day >= DAYS:
            break


def _join(world: World, draw: Draw) -> None:
    """Make joint packages: shares of one good for one place within a week, by two to five partners."""
    free = [one for one in world.commitments if not one.party.startswith("FUND")]
    for lead in free:
        if lead.joint >= 0 or not draw.happens(0.005):
            continue
        others = draw.some([one for one in PARTNERS if one[0] != lead.party], draw.between(1, 4))
        package = [lead]
        for party, currency, language, _ in others:
            share = Commitment(
                len(world.commitments), party, currency, language, lead.good, lead.place, lead.detail,
                lead.carrier, lead.day + timedelta(days=draw.below(6)), _amount(draw, currency), 0,
                lead.campaign,
            )  # fmt: skip
            world.commitments.append(share)
            package.append(share)
        lead.quantity = 0
        for one in package:
            one.joint = len(world.joints)
        world.joints.append(package)


def _fault(world: World, draw: Draw) -> None:
    """Correct and withdraw some commitments that are no share of a joint package."""
    for one in world.commitments:
        if one.joint >= 0:
            continue
        if draw.happens(0.07):
            one.before = one.amount
            one.amount = one.amount * draw.between(70, 130) // 100
        elif draw.happens(0.015):
            one.withdrawn = True
