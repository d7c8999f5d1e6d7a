"""Money paid into funds, which does not cross the boundary and is shown beside a total."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from konvoi.kit.union import components
from konvoi.ledger.basis import Basis
from konvoi.ledger.parts import Sum, row_keys
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import summed

Pair = tuple[str, str]
"""A payment and a gift, by unit."""

FUND = "fund"
"""The `place` of an entry whose receiver is a fund."""

_FEES = 15
"""A gift that is less than a payment by more than so many per cent leaves more than fees."""


class FundPayments(NamedTuple):
    """Whole numbers of the smallest part of a total's unit.

    left: what was paid into funds and is in no gift of theirs. disputed: what of it an undecided
    passes_through leaves beside its gift: fees, or money still to be passed on, that may count as given.
    pairs: how many such undecided pairs there are. by_key: what is disputed by row of the total, the payer's.
    """

    left: int = 0
    disputed: int = 0
    pairs: int = 0
    by_key: Mapping[str, int] = {}


def fund_payments(
    base: Basis, inside: Sum, ledger: Ledger, question: Question, groups: Mapping[str, tuple[str, ...]]
) -> FundPayments:
    """Return the payments into funds beside the amounts that count, fund by fund."""
    entries = base.known.filter(pl.col("place") == FUND)
    if entries.is_empty() or question.what != "amount":
        return FundPayments()
    paid = summed(entries, ledger, question)
    fund_of = dict(entries.select("unit", "counterparty").drop_nulls().sort("unit").iter_rows())
    counts = dict(paid.accepted.units.select("unit", "counts").iter_rows())
    gifts = dict(inside.accepted.units.select("unit", "counts").iter_rows())
    by_fund = dict(inside.members.select("unit", "party").iter_rows())
    rests: dict[str, int] = {}
    for unit, amount in counts.items():
        rests[fund_of[unit]] = rests.get(fund_of[unit], 0) + int(amount)
    for unit, amount in gifts.items():
        fund = by_fund.get(unit)
        if fund in rests:
            rests[fund] -= int(amount)
    open_ = _undecided(ledger, entries, base.counting)
    keys = row_keys(paid, question, ledger.tables, groups)
    disputed: dict[str, int] = {}
    rows: dict[tuple[str, str], int] = {}
    pairs = 0
    for payments, ways in _ways(open_, counts, gifts):
        left = max(rest for rest, _ in ways)
        pairs += len({pair for _, some in ways for pair in some})
        fund = fund_of[payments[0]]
        disputed[fund] = disputed.get(fund, 0) + left
        for key in sorted({key for payment in payments for key, _ in keys.get(payment, ())}):
            paid_by = sum(
                int(counts.get(one, 0)) for one in payments if key in {name for name, _ in keys.get(one, ())}
            )
            rows[fund, key] = rows.get((fund, key), 0) + min(left, paid_by)
    by_key: dict[str, int] = {}
    for (fund, key), amount in sorted(rows.items()):
        by_key[key] = by_key.get(key, 0) + max(0, min(amount, rests[fund]))
    return FundPayments(
        sum(max(0, rest) for rest in rests.values()),
        sum(max(0, min(amount, rests[fund])) for fund, amount in disputed.items()),
        pairs,
        by_key,
    )


def _ways(
    open_: Mapping[str, Sequence[str]], counts: Mapping[str, int], gifts: Mapping[str, int]
) -> Iterator[tuple[list[str], list[tuple[int, list[Pair]]]]]:
    """Return payments joined by undecided pairs, with possible rests beside gifts, and the pairs.

    Several payments of one fund are compared together with all of their gifts; if these leave nothing, or
    more than fees, each payment is compared with each of its gifts alone.
    """
    pairs = [(payment, gift) for payment, some in sorted(open_.items()) for gift in some if gift in gifts]
    of: dict[str, str] = components(pairs)
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(of[pair[0]], []).append(pair)
    for some in groups.values():
        payments = sorted({payment for payment, _ in some})
        alone = [(int(counts.get(one, 0)), int(gifts[gift]), [(one, gift)]) for one, gift in some]
        ways = [(paid - given, by) for paid, given, by in alone if _fees(paid, given)]
        paid = sum(int(counts.get(one, 0)) for one in payments)
        given = sum(int(gifts[gift]) for gift in {gift for _, gift in some})
        if len(payments) > 1 and _fees(paid, given):
            yield payments, [(paid - given, some)]
            continue
        for payment in payments:
            own = [way for way in ways if way[1][0][0] == payment]
            if own:
                yield [payment], own


def _fees(paid: int, given: int) -> bool:
    """Return True if a gift leaves a part of the payment, and no more than fees."""
    return paid > given >= paid * (100 - _FEES) // 100


def _undecided(ledger: Ledger, paid: pl.DataFrame, given: pl.DataFrame) -> dict[str, list[str]]:
    """The gifts to which payments pass through by undecided relations, both by unit."""
    pairs = (
        ledger.relations.filter(pl.col("relation") == "passes_through", pl.col("status") == "undecided")
        .join(paid.select(left="entry", payment="unit"), on="left")
        .join(given.select(right="entry", gift="unit"), on="right")
    )
    found: dict[str, list[str]] = {}
    for payment, gift in pairs.select("payment", "gift").unique().sort("payment", "gift").iter_rows():
        found.setdefault(payment, []).append(gift)
    return found
