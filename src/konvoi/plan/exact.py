"""Exact numbers as whole ones: a quantity with six decimals is so many millionths."""

from datetime import date, timedelta
from decimal import Context, Decimal

WIDE = Context(prec=120)
"""Enough digits that no product of six-decimal numbers is ever rounded."""


def micro(number: Decimal | None, default: int = 0) -> int:
    """A decimal as whole millionths; finer digits are cut off.

    >>> micro(Decimal("0.5")), micro(None, 7)
    (500000, 7)
    """
    return default if number is None else int(number.scaleb(6, WIDE))


def decimal(whole: int, places: int = 6) -> Decimal:
    """Whole parts of ten to the minus `places` as a decimal, without trailing zeros.

    >>> decimal(500000), decimal(3000000), decimal(30, 0)
    (Decimal('0.5'), Decimal('3'), Decimal('30'))
    """
    number = WIDE.normalize(Decimal(whole).scaleb(-places, WIDE))
    return number if number.as_tuple().exponent <= 0 else number.quantize(Decimal(1), context=WIDE)  # type: ignore[operator]


def offset(day: date | None, start: date, default: int = 0) -> int:
    """Return the number of days by which a day lies after the start; negative before it."""
    return default if day is None else (day - start).days


def day_of(number: int, start: date) -> date:
    """The day that lies so many days after the start; at most the last of the calendar.

    >>> day_of(3, date(2026, 1, 5)), day_of(10**9, date(2026, 1, 5))
    (datetime.date(2026, 1, 8), datetime.date(9999, 12, 31))
    """
    return start + timedelta(days=min(number, (date.max - start).days))
