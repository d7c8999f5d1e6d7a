"""Sums and quantities as they are said: digits, sizes and first digits as counted."""

import numpy as np
from bench.pledges.chance import Chance, Whole
from bench.pledges.rates import Rates
from numpy.typing import NDArray

POWERS = 10 ** np.arange(19, dtype=np.int64)


def length(amount: Whole) -> Whole:
    """Digits of a whole number above 0."""
    return np.asarray(np.searchsorted(POWERS, amount, side="right"), dtype=np.int64)


def rounded(amount: Whole, digits: Whole | int) -> Whole:
    """To so many significant digits, halves up; what is 0 or less stays.

    >>> rounded(np.array([661_226_068, 95, -1]), 2).tolist()
    [660000000, 95, -1]
    """
    unit = POWERS[np.maximum(length(np.maximum(amount, 1)) - digits, 0)]
    return np.where(amount > 0, (amount + unit // 2) // unit * unit, amount)


def significant(amount: Whole) -> Whole:
    """Significant digits of whole numbers."""
    size = length(np.maximum(amount, 1))
    zeros = np.zeros_like(size)
    for place in range(1, 18):
        zeros += amount % POWERS[place] == 0
    return np.maximum(size - np.minimum(zeros, size - 1), 1)


def _leading(chance: Chance, rate: Rates, digits: Whole) -> Whole:
    """The digits of a sum that has so many: first ones as counted, further ones even, the last not 0."""
    n = len(digits)
    one = rate.drawn("kiel.first_digit", chance, "amount/one", n)
    two = rate.drawn("kiel.first_digits", chance, "amount/two", n)
    rest = POWERS[np.maximum(digits - 2, 0)]
    more = chance.below("amount/more", n, np.maximum(rest, 1))
    more += (more % 10 == 0) & (digits > 2)
    return np.where(digits == 1, one, np.where(digits == 2, two, two * rest + more))


def amounts(chance: Chance, rate: Rates, per_euro: NDArray[np.float64]) -> Whole:
    """Whole units of currencies: exact digits as in FTS for half, as in the tracker for half."""
    n = len(per_euro)
    exact = chance.happens("amount/exact", n, rate.share("amount.as_in_fts"))
    digits = np.where(
        exact,
        rate.drawn("fts.digits", chance, "amount/fts", n),
        rate.drawn("kiel.digits", chance, "amount/kiel", n),
    )
    size = rate.drawn("kiel.size", chance, "amount/size", n)
    digits = np.minimum(digits, size)
    scale = length(np.maximum(per_euro.astype(np.int64), 1)) - 1
    return np.asarray(_leading(chance, rate, digits) * POWERS[size + scale + 1 - digits])


def quantities(chance: Chance, rate: Rates, n: int) -> Whole:
    """Pieces, kits or tonnes, as exact as the tracker has them."""
    size = rate.drawn("kiel.quantity_size", chance, "quantity/size", n)
    digits = np.minimum(rate.drawn("kiel.quantity_digits", chance, "quantity/digits", n), size + 1)
    low = POWERS[digits - 1]
    first = low + chance.below("quantity/first", n, 9 * low)
    return np.asarray(first * POWERS[size + 1 - digits])
