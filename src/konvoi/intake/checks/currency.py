"""Currencies of amounts against the currency in which a party states its others."""

from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, plain
from konvoi.intake.checks.scale import Unit, unit_of, units_with_odd_price
from konvoi.intake.comparable import home_currency, in_euro, once_each, per_eur, rounded
from konvoi.model.finding import Finding, Severity, told

_OTHERS = 2
_NUMBERS_ALIKE = 3.0
_WORTH_APART = 5.0
_ALL = 4
"""With so many others, all in the party's own currency, a single exception need not be that large."""
_BEYOND = 2.0
_WORDS = (
    "{own}, as in the other amounts of this party, which are of the order of {usual} {own}",
    "Check the currency: the number is like the others, in {currency} it is worth {times} times as "
    "much. It is used unchanged.",
)


def currency_out_of_place(whole: Whole) -> tuple[Finding, ...]:
    """An amount in a foreign currency must not look like one in the party's own currency.

    It does if its number is like the numbers of the party's other packages, which are in its own currency,
    while it is worth more than five times the largest of all its others, or less than a fifth of the
    smallest. A single exception beside at least four amounts in the party's own currency is also asked about
    if its number is of the size of theirs while it is worth more or less than each of them. Amounts in the
    currency in which a document states all its totals are left out: they are conversions of the document's
    author. A package whose unit price is asked about is not asked about again.
    """
    rates = per_eur(whole)
    packages = in_euro(once_each(whole.entries.filter(pl.col("line").is_null())), rates)
    common = {one.document: one.currency for one in whole.readings if one.currency}
    parties = packages.drop_nulls("party").group_by("party", "source", maintain_order=True)
    found = [one for (party, _), rows in parties for one in _of(str(party), rows, rates, common)]
    priced = units_with_odd_price(whole) if found else set()
    return by_place(finding for unit, finding in found if unit not in priced)


def _of(
    party: str, rows: pl.DataFrame, rates: dict[str, float], common: dict[str, str]
) -> Iterator[tuple[Unit, Finding]]:
    usual = dict(rows.group_by("currency").agg(pl.col("nominal").median()).iter_rows())
    counts = dict(rows["currency"].value_counts().iter_rows())
    worth = sorted(rows["euro"])
    for row in rows.iter_rows(named=True) if len(usual) > 1 else ():
        currency = row["currency"]
        euro = row["euro"]
        own = home_currency(party, row["day_from"], rows["currency"])
        if own == currency or counts.get(own, 0) < _OTHERS or common.get(row["submission"]) == currency:
            continue
        alone = counts[currency] == 1 and counts[own] >= _ALL and counts[own] == rows.height - 1
        if alone and _is_like_those_in(own, rates, row, rows):
            yield unit_of(row), _finding(row, own, usual[own], rates)
            continue
        # The row itself is the first or last of all if it is far from the others.
        above = euro == worth[-1] and euro >= _WORTH_APART * worth[-2]
        below = euro == worth[0] and euro * _WORTH_APART <= worth[1]
        if 1 / _NUMBERS_ALIKE <= row["nominal"] / usual[own] <= _NUMBERS_ALIKE and (above or below):
            yield unit_of(row), _finding(row, own, usual[own], rates)


def _is_like_those_in(own: str, rates: dict[str, float], row: dict[str, object], rows: pl.DataFrame) -> bool:
    """Return True if the number of a row is of the size of those in a currency, and its worth is not."""
    nominal = float(str(row["nominal"]))
    euro = float(str(row["euro"]))
    rate = rates[own] / rates[str(row["currency"])]
    others = rows.filter(pl.col("currency") == own)
    least, *_, most = sorted(others["nominal"])
    low, *_, high = sorted(others["euro"])
    apart = max(rate, 1 / rate) >= _WORTH_APART
    return apart and least / _BEYOND <= nominal <= most * _BEYOND and not low <= euro <= high


def _finding(row: dict[str, object], own: str, usual: float, rates: dict[str, float]) -> Finding:
    times = float(str(row["euro"])) / (usual / rates[own])
    values = {
        "own": own,
        "usual": rounded(usual),
        "currency": str(row["currency"]),
        "times": rounded(times),
    }
    read = f"{plain(Decimal(str(row['nominal'])), 2)} {row['currency']}"
    at = row | {"column": "currency"}
    return told(Severity.WARNING, "currency-implausible", at, _WORDS, read=read, values=values)
