"""Amounts of packages and lines against the amounts that their titles state."""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.intake.text_amounts import TextAmount, text_amounts
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity, told

_EQUAL = Decimal("0.005")
_SCALES = tuple(Decimal(10) ** power for power in (3, 6, 9, -3, -6, -9))
_CURRENCY = (
    "the currency that the title states: “{text}”",
    "Correct the currency or the title. The amount is used unchanged.",
)
_SCALE = (
    "the amount that the title states: “{text}”",
    "Correct the amount or the title: one is {times} times the other. The amount is used unchanged.",
)


def amounts_against_titles(whole: Whole) -> tuple[Finding, ...]:
    """The amount and currency of a row must not contradict the amount that its title states.

    A contradiction is the same number in another currency, or the same currency with a number that is a
    thousand, a million or a thousand million times larger or smaller. A title with several amounts of which
    one agrees is none.
    """
    stated = whole.entries.filter(
        pl.col("amount_minor").is_not_null()
        & (pl.col("amount_minor") != 0)
        & pl.col("currency").is_not_null()
        & pl.col("text").str.contains(r"\d")
    )
    # Of several stages of one row the first is reported.
    once = stated.unique(["submission", "sheet", "row"], keep="first", maintain_order=True)
    found = (_contradiction(row) for row in once.iter_rows(named=True))
    return by_place(finding for finding in found if finding is not None)


def _contradiction(row: Mapping[str, object]) -> Finding | None:
    currency = str(row["currency"])
    amount = abs(to_major(int(decimal_of(row["amount_minor"])), currency))
    named = text_amounts(str(row["text"]))
    if any(currency in one.currencies and _times(one, amount, Decimal(1)) for one in named):
        return None
    read = f"{plain(amount, 2)} {currency}"
    at = dict(row)
    for one in named:
        if currency not in one.currencies and _times(one, amount, Decimal(1)):
            at["column"] = "currency"
            values = {"text": one.text}
            return told(
                Severity.WARNING, "currency-and-title-differ", at, _CURRENCY, read=read, values=values
            )
    for one in named:
        for times in _SCALES:
            if currency in one.currencies and _times(one, amount, times):
                values = {"text": one.text, "times": plain(max(times, 1 / times), 0)}
                return told(Severity.WARNING, "amount-and-title-differ", at, _SCALE, read=read, values=values)
    return None


def _times(one: TextAmount, amount: Decimal, times: Decimal) -> bool:
    """Return True if an amount is so many times one of the values that a text may mean."""
    return any(value and abs(amount / (value * times) - 1) <= _EQUAL for value in one.values)
