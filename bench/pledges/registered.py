"""What registers hold: a research tracker, the tracking service of the United Nations, contracts."""

import numpy as np
from bench.pledges.book import (
    COMMITTED,
    CONTRACTED,
    CONTRACTS,
    DISBURSED,
    FTS,
    PARTY,
    ROLE,
    TRACKER,
    Book,
    Columns,
    taken,
)  # fmt: skip
from bench.pledges.chance import Whole
from bench.pledges.lexicon import KINDS, UNITS
from bench.pledges.world import Setting

HUMANITARIAN, MILITARY = KINDS.index("humanitarian"), KINDS.index("military")
OFF = 10_000
FIFTH = 200
EARLIEST, LATEST = -60, 300
# Days within which an entry is written anew; the next time comes after.
APART = 90
CONTRACT_AFTER, CONTRACT_WITHIN = 30, 200


def register(book: Book, to: Setting, at: Whole) -> None:
    """What registers hold of undertakings."""
    _tracker(book, to, at)
    _service(book, to, at)
    _contracts(book, to, at)


def blanked(to: Setting, stream: str, values: Whole, share: str) -> Whole:
    """Values, -1 where they are missing as often as was counted."""
    return np.asarray(np.where(to.chance.happens(stream, len(values), to.rate.share(share)), -1, values))


def covered(book: Book, to: Setting, stream: str, at: Whole, share: float) -> Whole:
    """The undertakings that a register holds: all of a project, or none of it."""
    held = to.chance.happens(f"{stream}/covered", len(book.world), share)
    return np.asarray(at[held[book.world.project[at]]])


def receiver(book: Book, to: Setting, stream: str, at: Whole, named: float) -> Whole:
    """Who carries it out, -1 where nobody is named; military goods go to the recipient."""
    told = (book.world.kind[at] != MILITARY) & to.chance.happens(f"{stream}/receiver", len(at), named)
    return np.where(told, PARTY + book.world.implementer[at], -1)


def _versions(book: Book, to: Setting, stream: str, batch: Columns, extra: Whole) -> None:
    """The same entry written anew, so many times more: some with another sum."""
    again = np.repeat(np.arange(len(extra)), extra)
    n = len(again)
    rank = np.arange(n) - np.repeat(np.cumsum(extra) - extra, extra)
    changed = to.chance.happens(f"{stream}/changed", n, to.rate.share("version.new_amount"))
    by = OFF + changed * to.chance.between(f"{stream}/by", n, -10 * FIFTH, 10 * FIFTH)
    amount = batch["amount"][again]
    amount = np.where(amount > 0, np.maximum(amount * by // OFF, 1), amount)
    later = APART * rank + to.chance.between(f"{stream}/later", n, 20, APART)
    book.add(
        taken(
            batch,
            again,
            role=ROLE["version"],
            version=2 + rank,
            amount=amount,
            known=batch["known"][again] + later,
        )
    )


def _extra(to: Setting, stream: str, n: int) -> Whole:
    """How often an FTS flow was written anew: as counted, and beyond the most seen without an end."""
    version = to.rate.drawn("fts.version", to.chance, f"{stream}/version", n)
    most = max(int(value) for value in to.rate.values("fts.version"))
    tail = (version == most) * to.chance.tail(f"{stream}/tail", n)
    return np.asarray(version - 1 + tail)


def _tracker(book: Book, to: Setting, at: Whole) -> None:
    """One row a package, with the tracker's own number; some fall into further rows without a sum."""
    on = covered(book, to, "tracker", at, to.rate.share("coverage.tracker"))
    n, world = len(on), book.world
    until = to.chance.happens("tracker/until", n, to.rate.share("kiel.row_day_not_exact"))
    many = to.chance.happens("tracker/many", n, to.rate.share("kiel.package_of_lines"))
    head = book.add(
        book.of(
            on, source=TRACKER, role=ROLE["row"], stage=COMMITTED, publisher=-1, project=on, scheme=-2,
            amount=np.where(world.silent[on], -1, world.amount[on]), quantity=world.quantity[on],
            span=until * to.chance.between("tracker/span", n, 20, 150), entry=book.entry(n),
            receiver=receiver(book, to, "tracker", on, to.rate.share("kiel.says_implementer")),
        )
    )  # fmt: skip
    revised = to.chance.happens("tracker/revised", n, to.rate.share("kiel.revised"))
    _versions(book, to, "tracker", head, np.asarray(revised * (1 + to.chance.tail("tracker/times", n))))
    _lines(book, to, head, np.flatnonzero(many))


def _lines(book: Book, to: Setting, head: Columns, many: Whole) -> None:
    """The further rows of a package: other goods of its kind, under the package's number."""
    of = np.repeat(many, to.rate.drawn("kiel.lines", to.chance, "lines/size", len(many)) - 1)
    n, goods = len(of), to.names.goods
    order = np.argsort(goods.kind, kind="stable")
    sizes = np.bincount(goods.kind, minlength=len(KINDS))
    kind = head["kind"][of]
    good = order[(np.cumsum(sizes) - sizes)[kind] + to.chance.below("lines/good", n, sizes[kind])]
    quantity = book.world.quantity[to.chance.below("lines/of", n, len(book.world))]
    node = book.fresh(n)
    book.add(
        taken(
            head, of, node=node, role=ROLE["line"], good=good, amount=-1, entry=-1, region=-1, detail=-1,
            quantity=quantity * (goods.unit[good] != UNITS.index("none")),
        )
    )  # fmt: skip
    book.relate(node, head["node"][of], "line")


def _service(book: Book, to: Setting, at: Whole) -> None:
    """Flows of the tracking service, in dollars or the original currency, second reports and children."""
    on = covered(book, to, "fts", at[book.world.kind[at] == HUMANITARIAN], to.rate.share("coverage.fts"))
    n = len(on)
    child = to.rate.share("fts.child")
    parked = to.chance.happens("fts/parked", n, child / (1 - child) / to.rate.mean("fts.children"))
    flow = _flow(book, to, on)
    left = to.chance.happens("fts/empty", n, to.rate.share("fts.parent_empty"))
    kept = np.where(parked, np.where(left, 0, flow["amount"] // 10), flow["amount"])
    _children(book, to, flow, np.flatnonzero(parked), kept)
    head = book.add({**flow, "amount": kept, "role": np.where(parked, ROLE["parent"], flow["role"])})
    _versions(book, to, "fts", head, _extra(to, "fts", n) * ~parked)
    _second_reports(book, to, head, np.flatnonzero(~parked))


def _flow(book: Book, to: Setting, on: Whole) -> Columns:
    """A flow as FTS writes it: a day near the announcement's, a rate near the day's."""
    n, world = len(on), book.world
    lag = np.clip(to.chance.spread("fts/lag", n, to.rate.quantiles("fts.lag")), EARLIEST, LATEST)
    day = world.day[on] + lag
    dollars = to.chance.happens("fts/dollars", n, to.rate.share("fts.original_missing"))
    usd = np.full(n, to.fx.currencies.index("USD"))
    off = OFF + to.chance.spread("fts/rate", n, to.rate.quantiles("fts.rate_off"))
    inside = to.fx.convert(world.amount[on], world.day[on], world.currency[on], usd) * off // OFF
    own = ~dollars | (world.currency[on] == usd)
    paid = to.chance.weighted("fts/status", n, to.rate.counts("fts.status")) == 0
    return book.of(
        on, source=FTS, role=ROLE["row"], stage=np.where(paid, DISBURSED, COMMITTED), day=day,
        known=np.maximum(day, world.day[on]) + 1,
        amount=np.where(own, world.amount[on], np.maximum(inside, 1)),
        currency=np.where(own, world.currency[on], usd), quantity=0, entry=book.entry(n),
        receiver=receiver(book, to, "fts", on, 1 - to.rate.share("fts.receiver_missing")),
        project=blanked(to, "fts/reference", world.project[on], "fts.reference_missing"),
    )  # fmt: skip


def _second_reports(book: Book, to: Setting, flow: Columns, among: Whole) -> None:
    """Further reports of one flow: by the receiver under its own number, or by the giver once more."""
    reports = to.rate.drawn("fts.reports", to.chance, "fts/reports", len(among)) - 1
    of = np.repeat(among, reports)
    n = len(of)
    by_receiver = to.chance.happens("fts/by", n, to.rate.share("fts.reports_of_two")) & (
        flow["receiver"][of] >= 0
    )
    own = book.nodes + flow["node"][of]
    shift = to.chance.between("fts/second", n, -20, 20)
    number = np.where(by_receiver, own, flow["project"][of])
    book.add(
        taken(
            flow, of, role=ROLE["second report"],
            publisher=np.where(by_receiver, flow["receiver"][of], flow["giver"][of]),
            scheme=np.where(by_receiver, flow["receiver"][of], flow["scheme"][of]),
            day=flow["day"][of] + shift,
            project=blanked(to, "fts/second reference", number, "fts.reference_missing"), entry=-1,
        )
    )  # fmt: skip


def parts(to: Setting, stream: str, total: Whole, count: Whole) -> tuple[Whole, Whole, Whole]:
    """Whole parts that add up to totals: place of the total, rank, and amount of each part, uneven."""
    of = np.repeat(np.arange(len(total)), count)
    rank = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    weight = to.chance.between(f"{stream}/weight", len(of), 10, 100)
    heavy = np.zeros(len(total), dtype=np.int64)
    np.add.at(heavy, of, weight)
    amount = np.floor(total[of] * (weight / heavy[of])).astype(np.int64)
    given = np.zeros(len(total), dtype=np.int64)
    np.add.at(given, of, amount)
    amount += np.where(rank == 0, (total - given)[of], 0)
    return of, rank, amount


def _children(book: Book, to: Setting, flow: Columns, parked: Whole, kept: Whole) -> None:
    """What a parent parted with: flows of their own to implementers; the parent keeps what is left."""
    total = flow["amount"][parked] - kept[parked]
    count = to.rate.drawn("fts.children", to.chance, "children/count", len(parked))
    place, _, amount = parts(to, "children", total, count)
    of = parked[place]
    n = len(of)
    node = book.fresh(n)
    receivers = PARTY + to.chance.below("children/receiver", n, len(to.names.implementers.start))
    day = flow["day"][of] + to.chance.below("children/day", n, 90)
    book.add(
        taken(
            flow, of, node=node, role=ROLE["child"], amount=np.maximum(amount, 1), receiver=receivers,
            day=day,
            known=day, entry=-1,
            project=blanked(to, "children/ref", book.nodes * 2 + node, "fts.reference_missing"),
            region=to.chance.below("children/region", n, len(to.names.regions.start)), detail=-1,
        )
    )  # fmt: skip
    cents = to.fx.cents(np.maximum(amount, 1), flow["day"][of], flow["currency"][of])
    book.relate(node, flow["node"][of], "child", cents)


def _contracts(book: Book, to: Setting, at: Whole) -> None:
    """Published contracts for goods: the supplier, a sum near the pledge's, the buyer's own number."""
    goods = at[to.names.goods.unit[book.world.good[at]] != UNITS.index("none")]
    on = covered(book, to, "contract", goods, to.rate.share("coverage.contract"))
    n, world = len(on), book.world
    within = round(to.rate.share("contract.off") * OFF)
    off = OFF + to.chance.between("contract/off", n, -within, within)
    node = book.fresh(n)
    day = world.day[on] + CONTRACT_AFTER + to.chance.below("contract/day", n, CONTRACT_WITHIN)
    book.add(
        book.of(
            on, node=node, source=CONTRACTS, role=ROLE["contract"], stage=CONTRACTED, day=day,
            project=3 * book.nodes + on,
            amount=np.maximum((world.amount[on] * (off / OFF)).astype(np.int64), 1), scheme=-3,
            language=to.names.partners.language[world.partner[on]], receiver=PARTY + world.implementer[on],
        )
    )  # fmt: skip
    book.relate(node, on, "contract", world.eur[on])
