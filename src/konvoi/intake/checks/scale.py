"""Unit prices and amounts against comparable ones: wrong scale, or another currency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, plain
from konvoi.intake.comparable import home_currency, in_euro, once_each, per_eur, rounded
from konvoi.model.finding import Finding, Severity, told

_FAR = 300.0
"""A ratio to comparable values from which a wrong scale (thousands, millions) explains it best."""

_OTHERS_OF_GOOD, _OTHERS_OF_PARTY = 2, 3
_ALIKE = {"price": 30.0, "amount": 100.0}
"""Largest ratio among the comparable values themselves; where they differ more, none is unusual."""

_CLOSE = 3.0
_RATE_NEAR = 1.6
_RATE_FROM = 5.0 / _RATE_NEAR
_RATE_TOLD_APART = 5.0

_PRICE = (
    "about {usual} {currency} for one {unit}, as {count} other entries of {good} state",
    "Check the scale of amount and quantity. Both are used as they stand.",
)
_AMOUNT = (
    "an amount of the order of {usual} {currency}, as {count} others of this party and kind",
    "Check the scale of the amount. It is used as it stands.",
)
_CURRENCY = (
    "about {usual} {currency} for one {unit}, as {count} other entries of {good} state; in {own} it fits",
    "Check the currency: is it {own}? The amount is used as it stands.",
)


@dataclass(frozen=True)
class _Others:
    """The values besides one of a group: how many, their middle, the smallest and the largest."""

    count: int
    middle: float
    least: float
    most: float

    @property
    def spread(self) -> float:
        return self.most / self.least


def _others(values: Sequence[float]) -> Iterator[tuple[int, float, _Others]]:
    """Return for each of several positive values its index, itself and those besides it."""
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    sorted_values = [values[at] for at in order]
    count = len(values) - 1
    for place, at in enumerate(order if count else ()):

        def besides(n: int, place: int = place) -> float:
            return sorted_values[n if n < place else n + 1]

        middle = (besides((count - 1) // 2) + besides(count // 2)) / 2
        yield at, values[at], _Others(count, middle, besides(0), besides(count - 1))


def amounts_out_of_scale(whole: Whole) -> tuple[Finding, ...]:
    """A unit price or an amount must be of the order of magnitude of comparable ones.

    Unit prices are compared with those of the same good in the same unit, amounts of packages with those of
    the same party and kind, if these agree among themselves. A unit price that is off by the rate of the
    party's own currency is asked about as a currency.
    """
    rates = per_eur(whole)
    known = in_euro(once_each(whole.entries), rates)
    home = dict(known.group_by("party").agg(pl.col("currency")).drop_nulls("party").iter_rows())
    return by_place([*_prices(known, rates, home), *_amounts(known)])


def _prices(known: pl.DataFrame, rates: dict[str, float], home: dict[str, list[str]]) -> Iterator[Finding]:
    lines = known.filter(pl.col("line").is_not_null(), pl.col("good").is_not_null(), pl.col("quantity") > 0)
    priced = lines.with_columns(price=pl.col("euro") / pl.col("quantity").cast(pl.Float64))
    for _, rows in priced.group_by("good", "unit", maintain_order=True):
        for at, value, others in _others(rows["price"].to_list()):
            if others.count < _OTHERS_OF_GOOD:
                continue
            ratio = value / others.middle
            if not 1 / _FAR < ratio < _FAR and others.spread <= _ALIKE["price"]:
                yield _price(rows.row(at, named=True), "amount-out-of-scale", _PRICE, others, rates)
            elif not 1 / _RATE_FROM < ratio < _RATE_FROM and others.spread <= _CLOSE:
                row = rows.row(at, named=True)
                if own := _explained(row, ratio, rates, home):
                    yield _price(row, "currency-implausible", _CURRENCY, others, rates, own=own)


def _amounts(known: pl.DataFrame) -> Iterator[Finding]:
    packages = known.filter(pl.col("line").is_null() & pl.col("party").is_not_null())
    for _, rows in packages.group_by("party", "kind", "variant", maintain_order=True):
        for at, value, others in _others(rows["euro"].to_list()):
            if others.count < _OTHERS_OF_PARTY or others.spread > _ALIKE["amount"]:
                continue
            if value >= _FAR * others.most or value * _FAR <= others.least:
                row = rows.row(at, named=True)
                values = {"usual": rounded(others.middle), "currency": "EUR", "count": str(others.count)}
                at_amount = row | {"column": "amount"}
                yield told(
                    Severity.WARNING,
                    "amount-out-of-scale",
                    at_amount,
                    _AMOUNT,
                    read=_number(row),
                    values=values,
                )


def _explained(
    row: dict[str, object], ratio: float, rates: dict[str, float], home: dict[str, list[str]]
) -> str:
    """The party's own currency, if an amount in it would be near the others and in the stated one is not."""
    party, day, stated = str(row["party"]), row["day_from"], str(row["currency"])
    own = home_currency(party, day if isinstance(day, date) else None, home.get(party, []))
    if not own or own == stated or own not in rates:
        return ""
    rate = rates[own] / rates[stated]
    apart = max(rate, 1 / rate) >= _RATE_TOLD_APART
    return own if apart and 1 / _RATE_NEAR <= ratio / rate <= _RATE_NEAR else ""


def _price(
    row: dict[str, object],
    code: str,
    words: tuple[str, str],
    others: _Others,
    rates: dict[str, float],
    *,
    own: str = "",
) -> Finding:
    """A finding on a unit price, at the currency where that explains it, else at the amount."""
    currency, unit = str(row["currency"]), str(row["unit"] or "unit")
    values = {
        "usual": rounded(others.middle * rates[currency]),
        "currency": currency,
        "count": str(others.count),
        "unit": unit,
        "good": str(row["good"]),
        "own": own,
    }
    read = f"{_number(row)} / {float(str(row['quantity'])):g} {unit}"
    at = row | {"column": "currency" if own else "amount"}
    return told(Severity.WARNING, code, at, words, read=read, values=values)


def _number(row: dict[str, object]) -> str:
    """The amount as it stands, with its currency."""
    return f"{plain(Decimal(str(row['nominal'])), 2)} {row['currency']}"
