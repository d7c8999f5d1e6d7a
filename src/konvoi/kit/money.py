"""Money as integer minor units of ISO 4217 currencies."""

from decimal import ROUND_HALF_EVEN, Decimal

# Source: ISO 4217 list one; every currency not named here has two places.
_PLACES = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    "CLF": 4,
    "UYW": 4,
}


def places(currency: str) -> int:
    """Return the number of decimal places of a currency's minor unit.

    >>> places("EUR"), places("JPY"), places("KWD")
    (2, 0, 3)
    """
    return _PLACES.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> tuple[int, Decimal]:
    """An amount in minor units, rounded half-even, and what the rounding took away (in major units).

    >>> to_minor(Decimal("1.005"), "EUR")
    (100, Decimal('0.005'))
    """
    unit = Decimal(1).scaleb(-places(currency))
    rounded = amount.quantize(unit, rounding=ROUND_HALF_EVEN)
    return int(rounded.scaleb(places(currency))), amount - rounded


def to_major(minor: int, currency: str) -> Decimal:
    """Minor units as a decimal amount.

    >>> to_major(100, "EUR"), to_major(100, "JPY")
    (Decimal('1.00'), Decimal('100'))
    """
    return Decimal(minor).scaleb(-places(currency))
