"""What really was undertaken: one row an undertaking, before anybody reports it."""

from dataclasses import dataclass, fields, replace

import numpy as np
from bench.pledges.chance import Chance, Flag, Whole
from bench.pledges.exchange import Exchange, exchange, number
from bench.pledges.figures import amounts, quantities
from bench.pledges.lexicon import KINDS, UNITS, Lexicon
from bench.pledges.rates import Rates, rates

MONTHS = 36
MONTH_STARTS = tuple(
    number(day)
    for day in (np.datetime64("2022-02", "M") + np.arange(MONTHS)).astype("datetime64[D]").tolist()
)
FILLED = 0.4
SPAN = 28


@dataclass(frozen=True)
class World:
    """Undertakings by column.

    `programme` is one recipient, partner and good (or a joint package); `amount` stands in whole units
    of `currency`; `eur` in euro cents at the day's rate; `quantity` in pieces, kits or tonnes, 0 where
    nobody says one. `joint`, `replaces`, `twin` and `run` number the package, the undertaking replaced,
    the one that this one equals and the head of its run of months, -1 for none; several may share a
    `project`, the partner's own number.
    """

    programme: Whole
    recipient: Whole
    partner: Whole
    good: Whole
    kind: Whole
    region: Whole
    detail: Whole
    implementer: Whole
    project: Whole
    amount: Whole
    currency: Whole
    day: Whole
    eur: Whole
    quantity: Whole
    silent: Flag
    joint: Whole
    replaces: Whole
    twin: Whole
    run: Whole

    def __len__(self) -> int:
        """How many undertakings."""
        return len(self.day)

    def at(self, places: Whole) -> "World":
        """The undertakings at these places, in this order."""
        return World(**{f.name: getattr(self, f.name)[places] for f in fields(self)})

    def put(self, places: Whole, **columns: Whole) -> "World":
        """The same with these columns overwritten at these places."""
        changed = {}
        for name, values in columns.items():
            column = getattr(self, name).copy()
            column[places] = values
            changed[name] = column
        return replace(self, **changed)


@dataclass(frozen=True)
class Setting:
    """What every step of the generator is given."""

    seed: int
    density: float
    names: Lexicon
    chance: Chance
    rate: Rates
    fx: Exchange

    @classmethod
    def of(cls, seed: int, density: float, names: Lexicon) -> "Setting":
        """The setting of a seed."""
        return cls(seed, density, names, Chance(seed), rates(), exchange())


def _programmes(to: Setting, count: int) -> tuple[Whole, Whole, Whole]:
    """Recipient, partner and good of each programme, no two the same."""
    kinds = {"Humanitarian": 0, "Military": 1, "Financial": 2}
    weights = dict(zip(to.rate.values("kiel.kinds"), to.rate.counts("kiel.kinds"), strict=True))
    goods, partners = to.names.goods, to.names.partners
    within = [np.flatnonzero(goods.kind == place) for place in range(len(KINDS))]
    by_good = np.zeros(len(goods.concepts), dtype=np.int64)
    for name, place in kinds.items():
        ranks = 2520 // np.arange(1, len(within[place]) + 1)
        by_good[within[place]] = weights[name] * 100 * ranks // int(ranks.sum())
    recipients = max(1, round(count / (FILLED * len(partners.codes) * len(goods.concepts)) + 0.499))
    wide = 6 * count + 1000
    recipient = to.chance.below("programme/recipient", wide, recipients)
    partner = to.chance.weighted("programme/partner", wide, partners.weight)
    good = to.chance.weighted("programme/good", wide, by_good)
    key = (recipient * len(partners.codes) + partner) * len(goods.concepts) + good
    _, first = np.unique(key, return_index=True)
    kept = np.sort(first)[:count]
    return recipient[kept], partner[kept], good[kept]


def _cells(to: Setting, n: int) -> tuple[Whole, Whole, int]:
    """Programme and month of each of n undertakings: each cell filled as FTS fills one, times the density."""
    mean = to.rate.mean("fts.per_cell") * to.density
    cells = max(1, int(n / mean * 1.3) + 20)
    full = to.rate.drawn("fts.per_cell", to.chance, "cell/size", cells)
    size = np.maximum(1, np.rint(full * to.density).astype(np.int64))
    used = int(np.searchsorted(np.cumsum(size), n)) + 1
    programmes = -(-used // MONTHS)
    cell = np.repeat(np.arange(len(size)), size)[:n]
    return cell % programmes, cell // programmes, programmes


def base(to: Setting, n: int) -> World:
    """Undertakings that have nothing to do with each other."""
    chance, rate = to.chance, to.rate
    programme, month, count = _cells(to, n)
    recipients, partners, goods = _programmes(to, count)
    programme %= len(recipients)
    partner, good = partners[programme], goods[programme]
    day = np.array(MONTH_STARTS, dtype=np.int64)[month] + chance.below("day", n, SPAN)
    dollars = (to.names.partners.currency[partner] == 0) & chance.happens(
        "dollars", n, rate.share("amount.in_dollars")
    )
    currency = np.where(dollars, to.fx.currencies.index("USD"), to.names.partners.currency[partner])
    amount = amounts(to.chance, rate, to.fx.at(day, currency))
    ranks = np.ones(_implementers(to), dtype=np.int64)
    by_rank = rate.counts("fts.receivers")
    ranks[: len(by_rank)] = by_rank
    kind, nothing = to.names.goods.kind[good], np.full(n, -1, dtype=np.int64)
    silent = chance.happens("silent", n, rate.share("kiel.amount_missing"))
    told = np.where(silent, rate.share("kiel.numbered_if_silent"), rate.share("kiel.numbered_if_priced"))
    counted = (to.names.goods.unit[good] != UNITS.index("none")) & chance.happens("quantity/told", n, told)
    return World(
        programme, recipients[programme], partner, good, kind,
        chance.below("region", n, len(to.names.regions.start)), _details(to, kind),
        chance.weighted("implementer", n, ranks),
        np.arange(n, dtype=np.int64), amount, currency, day, to.fx.cents(amount, day, currency),
        quantities(chance, rate, n) * counted, silent,
        nothing, nothing, nothing, nothing,
    )  # fmt: skip


def _details(to: Setting, kind: Whole) -> Whole:
    """What tells an undertaking from others of its kind, -1 for those that nothing does."""
    n, of_kind = len(kind), to.names.of_kind
    order = np.argsort(of_kind, kind="stable")
    sizes = np.bincount(of_kind, minlength=len(KINDS))
    place = (np.cumsum(sizes) - sizes)[kind] + to.chance.below("detail", n, sizes[kind])
    own = to.chance.happens("detail/own", n, 1 - to.rate.share("fts.description_shared"))
    return np.asarray(np.where(own, order[place], -1))


def _implementers(to: Setting) -> int:
    """How many implementers the lists hold."""
    return len(to.names.implementers.start)
