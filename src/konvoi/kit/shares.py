"""Shares of one whole, written to so many digits."""

from collections.abc import Collection
from decimal import Decimal

_PERCENT = 2


def above_whole(shares: Collection[Decimal]) -> bool:
    """Return True if shares are together more than the whole, by more than their rounding can be.

    They are rounded to the finest place that any is written to, at least to one part in a hundred.

    >>> above_whole([Decimal("0.34"), Decimal("0.33"), Decimal("0.34")]), above_whole([Decimal("0.6")] * 2)
    (False, True)
    """
    exponents = [share.normalize().as_tuple().exponent for share in shares]
    places = max([_PERCENT, *(-exponent for exponent in exponents if isinstance(exponent, int))])
    return sum(shares) > 1 + len(shares) * Decimal(1).scaleb(-places) / 2
