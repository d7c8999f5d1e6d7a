"""Sums in sentences, as agreements write them."""

from decimal import Decimal

import pytest

from konvoi.accord.sums import sums


def of(sentence: str) -> list[tuple[str, str, str, tuple[int, int] | None]]:
    return [
        (f"{one.value:f}", one.currency, one.bound, (one.years.first, one.years.last) if one.years else None)
        for one in sums(sentence)
    ]


@pytest.mark.parametrize(
    ("words", "value", "currency"),
    [
        ("£2.5bn", "2500000000.0", "GBP"),
        ("7.1 billion euro", "7100000000", "EUR"),
        ("1.7 billion€", "1700000000", "EUR"),
        ("112 million EUR", "112000000", "EUR"),
        ("EUR 565 million", "565000000", "EUR"),
        ("180,000 EUR", "180000", "EUR"),
        ("SEK 75 billion", "75000000000", "SEK"),
        ("1,6 million euros", "1600000", "EUR"),
    ],
)
def test_a_sum_is_read_however_it_is_written(words: str, value: str, currency: str) -> None:
    (one,) = sums(f"It gives {words} of support.")
    assert (one.value, one.currency) == (Decimal(value), currency)


def test_each_sum_has_the_years_beside_it() -> None:
    sentence = "It gave 1.7 billion€ in 2022 and of 2.1 billion€ in 2023."
    assert [years for *_, years in of(sentence)] == [(2022, 2022), (2023, 2023)]
    assert of("In 2024, it will give up to 3 billion euros more.")[0][2:] == ("up to", (2024, 2024))
    assert of("Between 2024 and 2026, it earmarks EUR 15 million.")[0][3] == (2024, 2026)
    assert of("It gives SEK 75 billion, over the period of 2024 – 2026.")[0][3] == (2024, 2026)


def test_a_conversion_in_brackets_is_no_second_sum() -> None:
    assert [one[1] for one in of("SEK 75 billion (approximately €6.5 billion)")] == ["SEK"]
    assert [
        one[1] for one in of("SEK 105 billion in total (more than €9 billion), of which SEK 98 billion")
    ] == [*("SEK", "SEK")]
    assert len(of("EUR 50 billion (EUR 7.9 billion already disbursed)")) == 2


def test_a_share_of_gdp_has_no_currency_and_people_are_no_money() -> None:
    assert of("0.25% of the gross domestic product for 2024, 2025 and 2026") == [
        ("0.25", "", "", (2024, 2026))
    ]
    assert of("over 1.6 million persons and 20,000 terminals in 2024") == []
