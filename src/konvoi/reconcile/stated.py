"""Stated shares of participants in a joint package, and their contributions."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from math import ceil, floor

import polars as pl

from konvoi.kit.shares import above_whole
from konvoi.model.entries import SHARE
from konvoi.reconcile.donors import giver
from konvoi.reconcile.records import unit_key

Shares = Mapping[str, Decimal]
"""The share of each participant, above 0."""

SAYS = {
    True: "the sum is the share that is stated",
    False: "the sum is another than the share that is stated",
}


def shares(scopes: pl.DataFrame, entries: pl.DataFrame) -> dict[str, dict[str, Decimal]]:
    """Return the stated shares of participants by unit (konvoi.reconcile.records.unit_key).

    A participant with two stated shares has none: which one holds is unknown. So have all of a
    unit whose shares are together more than the whole.
    """
    told = scopes.filter(pl.col("dimension") == SHARE).join(
        entries.select("entry", unit=unit_key()), on="entry"
    )
    every: dict[str, dict[str, set[Decimal]]] = {}
    for unit, value in told.select("unit", "value").iter_rows():
        party, _, figure = str(value).rpartition("=")
        try:
            share = Decimal(figure)
        except InvalidOperation:
            continue
        if share > 0:
            every.setdefault(unit, {}).setdefault(giver(party) or party, set()).add(share)
    return {unit: _sound(each) for unit, each in sorted(every.items())}


def _sound(each: Mapping[str, set[Decimal]]) -> dict[str, Decimal]:
    """Return the shares of participants with one stated share; none if they exceed the whole."""
    if above_whole([min(found) for found in each.values()]):
        return {}
    return {party: min(found) for party, found in sorted(each.items()) if len(found) == 1}


def expected(stated: Shares, amount: int, slack: int) -> dict[str, tuple[int, int]]:
    """Return the range of each participant's contribution by its share of a whole, in minor units.

    slack: how far the whole may be off. A share is as exact as it is written: 0.33 is from 0.325 to 0.335.

    >>> expected({"DE": Decimal("0.25")}, 1000, 4)
    {'DE': (244, 256)}
    """
    found = {}
    for party, share in stated.items():
        exponent = share.as_tuple().exponent
        half = Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) else Decimal(0)
        off = abs(amount) * half + share * slack
        found[party] = (floor(amount * share - off), ceil(amount * share + off))
    return found
