"""Unit prices and amounts against comparable ones: wrong scale, or another currency."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log
from statistics import median

import polars as pl

from konvoi.intake.check import Whole, by_place, plain
from konvoi.intake.comparable import home_currency, in_euro, once_each, per_eur, rounded
from konvoi.model.finding import Finding, Severity, told

_FAR = 300.0
"""A ratio to comparable values from which a wrong scale (thousands, millions) explains it best."""

_OTHERS_OF_GOOD = 2
_OTHERS_OF_PARTY = 3
_ALIKE = {"price": 30.0, "amount": 100.0}
"""Largest ratio among the comparable values themselves; where they differ more, none is unusual."""

_LEFT_ASIDE = 4
"""One in so many comparable values may be an outlier: a second slip must not hide the first."""

_CLOSE = 3.0
_RATE_NEAR = 1.6
_RATE_FROM = 5.0 / _RATE_NEAR
_RATE_TOLD_APART = 5.0
_RARE = 4
"""A currency that a party states this many times less often than its own is unusual for it."""

_TENFOLD = (10 / 1.4, 10 * 1.4)
"""A ratio to comparable values that a zero too many explains."""

_MANY = 5
"""So many prices that agree suffice for a factor of ten; with fewer, the party's amounts are used."""

_RATE_OF_AMOUNTS = 1 / 0.7
_UNLIKELY = 0.7
"""Largest extra distance (in natural logarithms) of a corrected amount from a party's usual ones."""

_PRICE = (
    "about {usual} {currency} for one {unit}, as {count} other entries of {good} state",
    "Check the scale of amount and quantity. Both are used unchanged.",
)
_ONE_PRICE = (
    "about {usual} {currency} for one {unit}, as another entry of {good} states",
    "Check the scale of amount and quantity. Both are used unchanged.",
)
_AMOUNT = (
    "an amount of the order of {usual} {currency}, as {count} others of this party and kind",
    "Check the scale of the amount. It is used unchanged.",
)
_CURRENCY = (
    "about {usual} {currency} for one {unit}, as {count} other entries of {good} state; in {own} it fits",
    "Check the currency: is it {own}? The amount is used unchanged.",
)
_ONE_CURRENCY = (
    "about {usual} {currency} for one {unit}, as another entry of {good} states; in {own} it fits",
    "Check the currency: is it {own}? The amount is used unchanged.",
)
_CURRENCY_OF_AMOUNT = (
    "an amount of about {usual} {currency}, as {count} others of this party and kind; in {own} it fits",
    "Check the currency: is it {own}? The amount is used unchanged.",
)


@dataclass(frozen=True)
class _Others:
    """The values besides one of a group: how many, and each by its rank from the smallest on."""

    count: int
    ranked: Callable[[int], float]

    @property
    def middle(self) -> float:
        return (self.ranked((self.count - 1) // 2) + self.ranked(self.count // 2)) / 2

    @property
    def least(self) -> float:
        return self.ranked(0)

    @property
    def most(self) -> float:
        return self.ranked(self.count - 1)

    @property
    def spread(self) -> float:
        """The ratio of the largest to the smallest."""
        return self.most / self.least

    def alike(self, ratio: float) -> bool:
        """Return True if the values differ by at most a ratio, one of each four left aside."""
        kept = self.count - self.count // _LEFT_ASIDE - 1
        return any(self.ranked(low + kept) <= ratio * self.ranked(low) for low in range(self.count - kept))


def _others(values: Sequence[float]) -> Iterator[tuple[int, float, _Others]]:
    """Return for each of several positive values its index, itself and those besides it."""
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    sorted_values = [values[at] for at in order]
    count = len(values) - 1
    for place, at in enumerate(order if count else ()):

        def besides(n: int, place: int = place) -> float:
            return sorted_values[n if n < place else n + 1]

        yield at, values[at], _Others(count, besides)


def amounts_out_of_scale(whole: Whole) -> tuple[Finding, ...]:
    """A unit price or an amount must be of the order of magnitude of comparable ones.

    Unit prices are compared with those of the same good in the same unit, amounts of packages with those of
    the same party and kind, if these agree among themselves. A value that is off by the rate of the party's
    own currency is asked about as a currency. Of two unit prices of a good that contradict each other, the
    one is asked about whose correction agrees better with the usual amounts of both parties.
    """
    known, rates, home = _known(whole)
    prices = list(_prices(known, rates, home))
    priced = {unit for unit, _ in prices}
    amounts = (finding for unit, finding in _amounts(known, rates, home) if unit not in priced)
    return by_place([*(finding for _, finding in prices), *amounts])


def units_with_odd_price(whole: Whole) -> set["Unit"]:
    """Return the packages of line items whose unit price is asked about."""
    return {unit for unit, _ in _prices(*_known(whole))}


def _known(whole: Whole) -> tuple[pl.DataFrame, dict[str, float], dict[str, Counter[str]]]:
    """Return amounts in euro, the rates, and the currencies of each party's amounts."""
    rates = per_eur(whole)
    known = in_euro(once_each(whole.entries), rates)
    stated = known.drop_nulls("party").group_by("party").agg(pl.col("currency"))
    home = {party: Counter(currencies) for party, currencies in stated.iter_rows()}
    return known, rates, home


Unit = tuple[object, object]
"""Source and package, so that a package and its line item are not both reported."""


def unit_of(row: dict[str, object]) -> Unit:
    """Return source and package of a row."""
    return row["source"], row["package"]


class _Usual:
    """Amounts of packages in euro, by which a person would judge a new one."""

    def __init__(self, known: pl.DataFrame) -> None:
        whole = known.group_by("party", "source", "package").agg(euro=pl.col("euro").max())
        self._all = sorted(whole["euro"])
        self._of: dict[object, dict[Unit, float]] = {}
        for row in whole.iter_rows(named=True):
            self._of.setdefault(row["party"], {})[unit_of(row)] = row["euro"]

    def distance(self, row: dict[str, object], times: float = 1.0, *, own: bool = False) -> float | None:
        """Return the distance of so many times the amount of a row from the party's other amounts.

        The distance is in natural logarithms. With fewer than three others all parties' amounts are used,
        unless `own`; None with fewer than three of those.
        """
        others = [euro for unit, euro in self._of.get(row["party"], {}).items() if unit != unit_of(row)]
        if len(others) < _OTHERS_OF_PARTY:
            others = [] if own else self._all
        if len(others) < _OTHERS_OF_PARTY:
            return None
        return abs(log(float(str(row["euro"])) * times / median(others)))

    def is_largest(self, row: dict[str, object]) -> bool:
        """Return True if an amount lies above all other amounts of its party."""
        others = [euro for unit, euro in self._of.get(row["party"], {}).items() if unit != unit_of(row)]
        return bool(others) and float(str(row["euro"])) > max(others)

    def is_worse(self, one: dict[str, object], other: dict[str, object], ratio: float) -> bool:
        """Return True if of two unit prices with a ratio the first is more likely to be wrong."""
        found = (
            self.distance(one, 1 / ratio),
            self.distance(other),
            self.distance(one),
            self.distance(other, ratio),
        )
        one_wrong, other_right, one_right, other_wrong = found
        if one_wrong is None or other_right is None or one_right is None or other_wrong is None:
            return False
        return one_wrong + other_right < one_right + other_wrong

    def allows(self, row: dict[str, object], ratio: float) -> bool:
        """Return True if an amount that is divided by a ratio is not less usual for its party."""
        corrected = self.distance(row, 1 / ratio, own=True)
        stated = self.distance(row, own=True)
        return corrected is not None and stated is not None and corrected <= stated + _UNLIKELY


def _prices(
    known: pl.DataFrame, rates: dict[str, float], home: dict[str, Counter[str]]
) -> Iterator[tuple[Unit, Finding]]:
    lines = known.filter(pl.col("line").is_not_null(), pl.col("good").is_not_null(), pl.col("quantity") > 0)
    priced = lines.with_columns(price=pl.col("euro") / pl.col("quantity").cast(pl.Float64))
    usual = _Usual(known)
    for _, rows in priced.group_by("good", "unit", maintain_order=True):
        # Prices that a document applies itself agree because they are one price.
        stated = rows.filter(pl.col("valuation").ne_missing("by price")).height
        for at, value, others in _others(rows["price"].to_list()):
            if 1 / _RATE_FROM < value / others.middle < _RATE_FROM:
                continue
            row = rows.row(at, named=True)
            ratio = value / others.middle
            own = _explained(row, ratio, rates, home)
            if others.count >= _OTHERS_OF_GOOD:
                code, words = _among_several(row, value, others, own, usual, many=stated > _MANY)
            else:
                other = rows.row(1 - at, named=True)
                of_other = _explained(other, 1 / ratio, rates, home)
                own = _if_rare(row, own, home)
                of_other = _if_rare(other, of_other, home)
                code, words = _NOTHING if of_other else _of_two(row, other, ratio, own, usual)
            if code:
                mark = own if code == "currency-implausible" else ""
                yield unit_of(row), _price(row, code, words, others, rates, own=mark)


_NOTHING = ("", ("", ""))


def _among_several(
    row: dict[str, object], price: float, others: _Others, own: str, usual: _Usual, *, many: bool
) -> tuple[str, tuple[str, str]]:
    """Return code and words of the finding on a price beside several; an empty code if there is none.

    many: whether enough of the prices are stated to suffice for a factor of ten.
    """
    ratio = price / others.middle
    if not 1 / _FAR < ratio < _FAR and others.alike(_ALIKE["price"]):
        return "amount-out-of-scale", _PRICE
    if not others.alike(_CLOSE):
        return _NOTHING
    if own:
        return "currency-implausible", _CURRENCY
    tenfold = _tenfold(ratio) and (many or usual.allows(row, ratio))
    return ("amount-out-of-scale", _PRICE) if tenfold else _NOTHING


def _if_rare(row: dict[str, object], own: str, home: dict[str, Counter[str]]) -> str:
    """Return a party's own currency if the one that a row states is unusual for the party, else nothing."""
    currencies = home.get(str(row["party"]), Counter())
    return own if currencies[own] >= _RARE * currencies[str(row["currency"])] else ""


def _of_two(
    row: dict[str, object], other: dict[str, object], ratio: float, own: str, usual: _Usual
) -> tuple[str, tuple[str, str]]:
    """Return code and words of the finding on the first of two prices; an empty code if there is none.

    A factor of ten is asked about only at the largest amount of a party: prices of one good differ, and small
    amounts are common.
    """
    if own:
        return "currency-implausible", _ONE_CURRENCY
    tenfold = ratio > 1 and _tenfold(ratio) and usual.allows(row, ratio) and usual.is_largest(row)
    far = not 1 / _FAR < ratio < _FAR or tenfold
    return ("amount-out-of-scale", _ONE_PRICE) if far and usual.is_worse(row, other, ratio) else _NOTHING


def _tenfold(ratio: float) -> bool:
    return _TENFOLD[0] <= max(ratio, 1 / ratio) <= _TENFOLD[1]


def _amounts(
    known: pl.DataFrame, rates: dict[str, float], home: dict[str, Counter[str]]
) -> Iterator[tuple[Unit, Finding]]:
    packages = known.filter(pl.col("line").is_null() & pl.col("party").is_not_null())
    for _, rows in packages.group_by("party", "kind", "variant", maintain_order=True):
        for at, value, others in _others(rows["euro"].to_list()):
            if others.count < _OTHERS_OF_PARTY or others.spread > _ALIKE["amount"]:
                continue
            row = rows.row(at, named=True)
            own = ""
            if others.spread <= _CLOSE:
                own = _explained(row, value / others.middle, rates, home, near=_RATE_OF_AMOUNTS)
            if not own and not (value >= _FAR * others.most or value * _FAR <= others.least):
                continue
            values = {
                "usual": rounded(others.middle * (rates[row["currency"]] if own else 1)),
                "currency": row["currency"] if own else "EUR",
                "count": str(others.count),
                "own": own,
            }
            code, words = (
                ("currency-implausible", _CURRENCY_OF_AMOUNT) if own else ("amount-out-of-scale", _AMOUNT)
            )
            at_cell = row | {"column": "currency" if own else "amount"}
            yield unit_of(row), told(Severity.WARNING, code, at_cell, words, read=_number(row), values=values)


def _explained(
    row: dict[str, object],
    ratio: float,
    rates: dict[str, float],
    home: dict[str, Counter[str]],
    *,
    near: float = _RATE_NEAR,
) -> str:
    """The party's own currency, if an amount in it would be near the others and in the stated one is not."""
    party = str(row["party"])
    day = row["day_from"]
    stated = str(row["currency"])
    own = home_currency(party, day if isinstance(day, date) else None, home.get(party, ()))
    if not own or own == stated or own not in rates:
        return ""
    rate = rates[own] / rates[stated]
    apart = max(rate, 1 / rate) >= _RATE_TOLD_APART
    return own if apart and 1 / near <= ratio / rate <= near else ""


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
    currency = str(row["currency"])
    unit = str(row["unit"] or "unit")
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
