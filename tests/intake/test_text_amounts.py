"""Amounts of money in texts of several languages."""

from decimal import Decimal

import pytest

from konvoi.intake.text_amounts import text_amounts


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("worth SEK 1.1 bn", 1_100_000_000, {"SEK"}),
        ("1,5 Mrd. Euro", 1_500_000_000, {"EUR"}),
        ("на 500 млн гривень", 500_000_000, {"UAH"}),
        ("kr 3 000 000", 3_000_000, {"SEK", "NOK", "DKK", "CZK", "ISK"}),
        ("US$ 1,234,567", 1_234_567, {"USD"}),
        ("12m EUR", 12_000_000, {"EUR"}),
        ("10 mln zł", 10_000_000, {"PLN"}),
    ],
)
def test_a_number_with_its_currency_is_read(text: str, value: int, codes: set[str]) -> None:
    (found,) = text_amounts(text)
    assert found.values == {Decimal(value)}
    assert found.currencies == codes


@pytest.mark.parametrize("text", ["24 tanks", "155 mm rounds", "24 March Euro", "Package 9", "", "1.1 bn"])
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert text_amounts(text) == []


def test_one_separator_before_three_digits_leaves_two_values() -> None:
    (found,) = text_amounts("EUR 1,100")
    assert found.values == {Decimal("1.100"), Decimal(1100)}
