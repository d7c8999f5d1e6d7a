"""What partners and implementers publish in IATI's standard: commitments, payments, money passed on."""

import numpy as np
from bench.pledges.announced import ENGLISH
from bench.pledges.book import (
    COMMITTED,
    DISBURSED,
    FTS,
    IATI,
    INCOMING,
    PARTY,
    ROLE,
    Book,
    Columns,
    taken,
)  # fmt: skip
from bench.pledges.chance import Whole
from bench.pledges.registered import HUMANITARIAN, MILITARY, OFF, blanked, covered, parts, receiver
from bench.pledges.world import Setting

MONTH = 30
FIRST_PAYMENT, APART = 5, 75


def publish(book: Book, to: Setting, at: Whole) -> None:
    """What is published of undertakings, and of their money on its way."""
    _activities(book, to, at)
    civil = at[book.world.kind[at] == HUMANITARIAN]
    passed = to.chance.happens("hop", len(civil), to.rate.share("fts.passed_on"))
    first = _first_hop(book, to, civil[passed])
    _second_hop(book, to, first)


def _activities(book: Book, to: Setting, at: Whole) -> None:
    """A commitment under the activity of its project, and its payments."""
    on = covered(book, to, "iati", at[book.world.kind[at] != MILITARY], to.rate.share("coverage.iati"))
    n, world = len(on), book.world
    english = to.chance.happens("iati/english", n, to.rate.share("press.in_english"))
    own = to.names.partners.language[world.partner[on]]
    commitment = book.add(
        book.of(
            on, source=IATI, role=ROLE["commitment"], stage=COMMITTED, quantity=0, activity=world.project[on],
            day=world.day[on] + to.chance.below("iati/day", n, 45), language=np.where(english, ENGLISH, own),
            project=blanked(to, "iati/ref", 13 * len(world) + on, "iati.reference_missing"),
            receiver=receiver(book, to, "iati", on, 1 - to.rate.share("iati.implementer_missing")),
        )
    )  # fmt: skip
    paid = np.flatnonzero(to.chance.happens("iati/paid", n, to.rate.share("coverage.paid")))
    count = to.rate.drawn("iati.payments", to.chance, "iati/payments", len(paid))
    most = max(int(value) for value in to.rate.values("iati.payments"))
    count += (count == most) * to.chance.tail("iati/tail", len(paid))
    _paid_at_once(book, to, commitment, paid[count == 1])
    _paid_in_parts(book, to, commitment, paid[count > 1], count[count > 1])


def _repeats(book: Book, to: Setting, stream: str, batch: Columns) -> None:
    """Transactions that stand in a file twice, word for word."""
    again = to.chance.happens(f"{stream}/repeat", len(batch["node"]), to.rate.share("iati.repeated"))
    book.add(taken(batch, np.flatnonzero(again), role=ROLE["repeat"]))


def _paid_at_once(book: Book, to: Setting, commitment: Columns, of: Whole) -> None:
    """The whole sum in one payment: the same undertaking at a later stage."""
    day = commitment["day"][of] + FIRST_PAYMENT + to.chance.below("paid/day", len(of), APART)
    payment = taken(commitment, of, role=ROLE["payment"], stage=DISBURSED, day=day, known=day, project=-1)
    _repeats(book, to, "paid", book.add(payment))


def _paid_in_parts(book: Book, to: Setting, commitment: Columns, of: Whole, count: Whole) -> None:
    """Payments that add up to the commitment: equal month after month as often as counted, else uneven."""
    total = commitment["amount"][of]
    place, rank, uneven = parts(to, "payments", total, count)
    equal = to.chance.happens("payments/equal", len(of), _equal(to))[place]
    even = total[place] // count[place] + (rank == 0) * (total % count)[place]
    amount = np.where(equal, even, uneven)
    apart = to.chance.below("payments/apart", len(of), APART)[place]
    loose = rank * (10 + apart) + to.chance.below("payments/day", len(place), 9)
    day = commitment["day"][of][place] + FIRST_PAYMENT + np.where(equal, rank * MONTH, loose)
    day = np.minimum(day, to.fx.last)
    node = book.fresh(len(place))
    payment = taken(
        commitment, of[place], node=node, role=ROLE["payment"], stage=DISBURSED, day=day, known=day,
        amount=np.maximum(amount, 1),
        project=blanked(to, "payments/ref", 5 * book.nodes + node, "iati.reference_missing"),
    )  # fmt: skip
    _repeats(book, to, "payments", book.add(payment))
    target = commitment["node"][of][place]
    cents = to.fx.cents(np.maximum(amount, 1), book.world.day[target], commitment["currency"][of][place])
    book.relate(node, target, "payment", cents)


def _equal(to: Setting) -> float:
    """The share of commitments in equal payments that makes as many payments follow an equal one as counted.

    Of k equal payments k - 1 do; commitments are among those counted.
    """
    paid, mean = to.rate.share("coverage.paid"), to.rate.mean("iati.payments")
    return to.rate.share("iati.month_after_month") * (1 + paid * mean) / (paid * (mean - 1))


def _passed(
    book: Book, to: Setting, stream: str, above: Columns, total: Whole
) -> tuple[Whole, Whole, Whole, Whole]:
    """Money passed on less a fee, whole or in two or three parts: place above, amount, day, node."""
    n = len(total)
    least, most = (round(to.rate.share(name) * OFF) for name in ("chain.fee_least", "chain.fee_most"))
    fee = to.chance.between(f"{stream}/fee", n, least, most)
    parted = to.chance.happens(f"{stream}/parted", n, to.rate.share("chain.parts"))
    count = 1 + parted * to.chance.between(f"{stream}/count", n, 1, 2)
    place, _, amount = parts(to, stream, total - total * fee // OFF, count)
    lag = 10 + to.chance.below(f"{stream}/lag", len(place), to.rate.whole("chain.lag_days") + 1)
    return place, np.maximum(amount, 1), above["day"][place] + lag, book.fresh(len(place))


def _first_hop(book: Book, to: Setting, at: Whole) -> Columns:
    """The implementer reports what came in from the partner and goes on."""
    world = book.world
    place, amount, day, node = _passed(book, to, "hop1", {"day": world.day[at]}, world.amount[at])
    on = at[place]
    n = len(on)
    published = to.chance.happens("hop1/iati", n, to.rate.share("chain.published"))
    named = to.chance.happens("hop1/named", n, to.rate.share("chain.giver_named"))
    linked = published & to.chance.happens("hop1/linked", n, to.rate.share("iati.linked"))
    implementer = PARTY + world.implementer[on]
    number = 7 * book.nodes + node
    book.relate(on, node, "first_hop", to.fx.cents(amount, world.day[on], world.currency[on]))
    lost = np.where(
        published, to.rate.share("iati.reference_missing"), to.rate.share("fts.reference_missing")
    )
    return book.add(
        book.of(
            on, node=node, source=np.where(published, IATI, FTS), role=ROLE["first hop"], stage=INCOMING,
            day=day,
            amount=amount, quantity=0, publisher=implementer, giver=np.where(named, world.partner[on], -1),
            receiver=implementer, scheme=implementer, activity=np.where(published, number, -1),
            project=np.where(to.chance.happens("hop1/ref", n, lost), -1, number),
            related=np.where(linked, world.project[on], -1), related_scheme=world.partner[on],
            language=to.chance.weighted("hop1/language", n, (8, 0, 1, 3, 0)),
        )
    )  # fmt: skip


def _second_hop(book: Book, to: Setting, first: Columns) -> None:
    """Who got it from the implementer reports in turn; its giver is that implementer, if anybody is named."""
    again = np.flatnonzero(to.chance.happens("hop2", len(first["node"]), to.rate.share("fts.passed_on")))
    place, amount, day, node = _passed(book, to, "hop2", taken(first, again), first["amount"][again])
    of = again[place]
    n, many = len(of), len(to.names.implementers.start)
    other = (
        first["receiver"][of] - PARTY + to.chance.between("hop2/receiver", n, 1, many - 1)
    ) % many + PARTY
    named = to.chance.happens("hop2/named", n, to.rate.share("chain.giver_named"))
    linked = (first["activity"][of] >= 0) & to.chance.happens("hop2/linked", n, to.rate.share("iati.linked"))
    number = 11 * book.nodes + node
    book.add(
        taken(
            first, of, node=node, role=ROLE["second hop"], source=IATI, day=day, known=day, amount=amount,
            publisher=other, receiver=other, giver=np.where(named, first["receiver"][of], -1), scheme=other,
            activity=number, project=blanked(to, "hop2/ref", number, "iati.reference_missing"),
            related=np.where(linked, first["activity"][of], -1), related_scheme=first["receiver"][of],
            language=to.chance.weighted("hop2/language", n, (6, 0, 0, 6, 1)),
        )
    )  # fmt: skip
    book.relate(
        first["node"][of], node, "second_hop", to.fx.cents(amount, first["day"][of], first["currency"][of])
    )
