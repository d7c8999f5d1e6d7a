"""Amounts are equal as far as they were announced, in one currency or at the day's rate."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.amount import AMOUNT

RATES = pl.DataFrame(
    {"currency": ["USD"], "day": [date(2022, 3, 1)], "per_eur": [Decimal("1.1000")], "source": ["bank"]},
    schema={"currency": pl.String, "day": pl.Date, "per_eur": pl.Decimal(38, 6), "source": pl.String},
)


def euros(major: float) -> dict[str, object]:
    return {"amount_minor": round(major * 100), "currency": "EUR"}


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (1_234_567, 1_234_567, "the same amount, to three digits or more"),
        (1_200_000, 1_200_000, "the same round amount"),
        # 1.2 million is announced to 100,000: the exact figure may lie up to 50,000 off.
        (1_200_000, 1_234_567, "equal to the digits announced"),
        (1_234_567, 1_251_000, "within 3 percent"),
        (1_234_567, 1_300_001, "within 12 percent"),
        (1_234_567, 2_345_678, "different amounts"),
        # One digit is read as two: 1 million may be 1.04, not 1.4 million.
        (1_000_000, 1_040_000, "equal to the digits announced"),
        (1_000_000, 1_400_001, "different amounts"),
    ],
)
def test_amounts_in_one_currency(left: float, right: float, said: str) -> None:
    assert answer(AMOUNT, euros(left), euros(right)) == said


def test_amounts_in_two_currencies_are_compared_at_the_days_rate() -> None:
    """EUR 1,000,000 is USD 1,100,000 on that day."""
    dollars = {"amount_minor": 110_000_000, "currency": "USD"}
    said = answer(AMOUNT, euros(1_000_000), dollars, rates=RATES)
    assert said == "equal at the day's rate, to the digits announced"


def test_what_the_source_states_in_another_currency_counts_without_a_rate() -> None:
    stated = {"amount_minor": 5, "currency": "UAH", "stated_minor": 123_456_700, "stated_currency": "EUR"}
    assert answer(AMOUNT, euros(1_234_567), stated) != "not known on both sides"


def test_without_a_rate_two_currencies_cannot_be_compared() -> None:
    assert answer(AMOUNT, euros(1), {"amount_minor": 1, "currency": "USD"}) == "not known on both sides"


def test_an_unknown_amount_is_missing_and_not_zero() -> None:
    assert answer(AMOUNT, euros(0), {}) == "not known on both sides"
