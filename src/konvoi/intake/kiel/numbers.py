"""Numbers of the workbook: exact decimals, unknown, or not to be made out."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from konvoi.intake.sheet import Value
from konvoi.kit.text import fold, tidy

# Marks of the workbook for unknown values; unknown is never zero.
UNKNOWN = frozenset(("", "undisclosed", "not given", "no price", "unspecified", "unknown", "not applicable"))

# Above it, an amount has no room as minor units; no number of this field comes near.
LARGEST = 9 * 10**15

_PLAIN = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?", re.ASCII)
_TWO_POINTS = re.compile(r"(\d{1,3}(?:\.\d{3})+)\.(\d{2})")


class Number(NamedTuple):
    """A number, or why there is none.

    fault: empty, `text` (a number written as text, taken as it stands), `unclear`, `no number`.
    """

    value: Decimal | None
    fault: str = ""
    proposal: str = ""


def number_of(value: Value) -> Number:
    """Read a cell that should hold a number.

    >>> number_of("undisclosed"), number_of(" 12.50 ").fault, number_of("1.000.00").proposal
    (Number(value=None, fault='', proposal=''), 'text', '1000.00')
    """
    if isinstance(value, bool | date):
        return Number(None, "no number")
    if isinstance(value, Decimal):
        return Number(value) if abs(value) < LARGEST else Number(None, "no number")
    if isinstance(value, int | float):
        return Number(exact(value)) if abs(value) < LARGEST else Number(None, "no number")
    text = tidy(value or "")
    if fold(text) in UNKNOWN:
        return Number(None)
    if _PLAIN.fullmatch(text) and abs(Decimal(text)) < LARGEST:
        return Number(Decimal(text), "text")
    twice = _TWO_POINTS.fullmatch(text)
    if twice:
        return Number(None, "unclear", f"{twice[1].replace('.', '')}.{twice[2]}")
    return Number(None, "no number")


def exact(value: int | float) -> Decimal:
    """A stored number as the shortest decimal that means it.

    >>> exact(0.1), exact(20.0)
    (Decimal('0.1'), Decimal('20'))
    """
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))


def quantity(value: Decimal) -> Decimal:
    """A quantity with at most six decimal places, rounded half to even."""
    return value.quantize(Decimal("0.000001"))
