"""Amounts as others write them become minor units, and what rounding takes away is added up."""

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from babel import Locale

from konvoi.kit.money import to_minor
from konvoi.model.finding import Finding, Place, Severity

_CURRENCY = re.compile(r"[A-Z]{3}")
_NONE = 3 * "X"
"""The code of ISO 4217 for transactions without a currency."""
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_MOST = 2**63 - 1
_ROUNDED = "no action: {count} amounts were rounded half to even; this is the total rounding difference"
_ROUNDED_ONE = "no action: {count} amount was rounded half to even; this is the rounding difference"


@cache
def currencies() -> frozenset[str]:
    """Every currency code that CLDR names, past ones and XDR included; not the one for no currency."""
    codes = (str(code) for code in Locale.parse("en").currencies)
    return frozenset(code for code in codes if _CURRENCY.fullmatch(code) and code != _NONE)


def number(value: object) -> Decimal | None:
    """A JSON number, or a text with digits and at most one decimal point; None for everything else.

    Thousands separators and decimal commas are not guessed at. What has more than 19 digits before the
    point, or more than 28 in all, is no sum of money.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
        return None
    if isinstance(value, str) and len(value) > 60:
        return None
    found = Decimal(value.strip()) if isinstance(value, str) else Decimal(value)
    if not found.is_finite() or found.adjusted() > 18 or _digits(found) > 28:
        return None
    return found


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return len(value.as_tuple().digits) if isinstance(exponent, int) and exponent > -38 else 99


@dataclass
class Rounding:
    """Number of amounts finer than their currency's minor unit, and the sum cut off by rounding."""

    count: Counter[str] = field(default_factory=Counter)
    taken: dict[str, Decimal] = field(default_factory=dict)

    def minor(self, amount: Decimal, currency: str) -> int | None:
        """The amount in minor units; None where it does not fit into 64 bits."""
        units, rest = to_minor(amount, currency)
        if abs(units) > _MOST:
            return None
        if rest:
            self.count[currency] += 1
            self.taken[currency] = self.taken.get(currency, Decimal(0)) + rest
        return units

    def findings(self, file: str) -> list[Finding]:
        """One note for each currency in which amounts were rounded."""
        return [
            Finding(
                Severity.NOTE,
                "amounts-rounded",
                Place(file),
                read=str(self.taken[currency]),
                expected="amounts in whole minor units of {currency}",
                remedy=_ROUNDED if self.count[currency] > 1 else _ROUNDED_ONE,
                values={"currency": currency, "count": str(self.count[currency])},
            )
            for currency in sorted(self.count)
        ]
