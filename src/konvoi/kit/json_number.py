"""Exact decimals as numbers of JSON."""

from decimal import Decimal


def json_number(value: Decimal) -> int | float:
    """Return a decimal as a number of JSON; a whole one without decimals.

    >>> json_number(Decimal("3.000")), json_number(Decimal("12.50"))
    (3, 12.5)
    """
    return int(value) if value == value.to_integral_value() else float(value)
