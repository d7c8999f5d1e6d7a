"""The value element of transactions, budgets and planned disbursements."""

from dataclasses import dataclass
from datetime import date

from lxml import etree

from konvoi.intake.iati.activity import Activity, day
from konvoi.intake.iati.batch import Spot, Work
from konvoi.intake.sums import currencies, number
from konvoi.kit.text import tidy
from konvoi.model.finding import Severity


@dataclass(frozen=True)
class Value:
    """A sum in minor units of its currency, and the day at whose rate it would be converted."""

    minor: int | None = None
    currency: str | None = None
    day: date | None = None
    written: str = ""


def value(element: etree._Element | None, within: Activity, work: Work, at: Spot) -> Value:
    """Read a value; without a currency of its own it is in the activity's default currency."""
    if element is None:
        return _missing(work, at, "")
    written = tidy(element.text or "")
    currency = tidy(element.get("currency") or "") or within.currency
    on = day(element.get("value-date"))
    if currency not in currencies():
        code = "currency-unknown" if currency else "iati-currency-missing"
        sentences = (
            "the ISO 4217 code of a currency",
            "name it at the value or as the activity's default; the sum is not used until then",
        )
        work.find(Severity.WARNING, code, at.at("value"), currency, sentences)
        return Value(day=on, written=written)
    amount = number(written)
    minor = None if amount is None else work.rounding.minor(amount, currency)
    if minor is None:
        missing = _missing(work, at, written)
        return Value(None, currency, on, missing.written)
    return Value(minor, currency, on, written)


def _missing(work: Work, at: Spot, written: str) -> Value:
    sentences = ("a number such as 1200.50", "correct the value; until then it is unknown, not zero")
    work.find(Severity.WARNING, "iati-value-missing", at.at("value"), written, sentences)
    return Value(written=written)
