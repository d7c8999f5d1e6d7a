"""Amounts of others become minor units, exactly or not at all."""

from decimal import Decimal

import pytest

from konvoi.intake.sums import Rounding, currencies, number


@pytest.mark.parametrize(
    ("read", "amount"),
    [
        ("12", "12"),
        (" -12.50 ", "-12.50"),
        ("+.5", "0.5"),
        (7, "7"),
        (Decimal("1E+2"), "100"),
    ],
)
def test_figures_with_a_decimal_point_are_amounts(read: object, amount: str) -> None:
    assert number(read) == Decimal(amount)


@pytest.mark.parametrize(
    "read",
    [
        "",
        "1,000",
        "1 000",
        "1.000.00",
        "1e5",
        "NaN",
        "٣x",
        None,
        True,
        [],
        "9" * 29,
        Decimal("1E+40"),
        Decimal("NaN"),
    ],
)
def test_what_could_be_read_in_two_ways_or_none_is_not_guessed(read: object) -> None:
    assert number(read) is None


def test_rounding_is_half_even_and_the_rests_are_added_up_by_currency() -> None:
    rounding = Rounding()
    assert [rounding.minor(Decimal(text), "EUR") for text in ("1.005", "1.015", "2.00")] == [100, 102, 200]
    assert rounding.minor(Decimal("1.5"), "JPY") == 2
    told = [(f.values["currency"], f.values["count"], f.read) for f in rounding.findings("x")]
    assert told == [("EUR", "2", "0.000"), ("JPY", "1", "-0.5")]


def test_what_does_not_fit_into_64_bits_is_no_amount() -> None:
    assert Rounding().minor(Decimal("92233720368547758.07"), "EUR") == 2**63 - 1
    assert Rounding().minor(Decimal("92233720368547758.08"), "EUR") is None


def test_currencies_of_today_and_the_drawing_right_are_known() -> None:
    assert {"UAH", "EUR", "XDR", "JPY"} <= currencies()
    assert "ABC" not in currencies()


def test_no_currency_is_none_of_the_currencies() -> None:
    """ISO 4217 has a code for transactions without a currency."""
    assert 3 * "X" not in currencies()
