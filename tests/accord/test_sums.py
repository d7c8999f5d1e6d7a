"""Sums in sentences, as agreements write them."""

from decimal import Decimal

import pytest

from konvoi.accord.sums import sums


def of(sentence: str) -> list[tuple[str, str, str, tuple[int | None, int] | None]]:
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
        ("ISK 4 bn", "4000000000", "ISK"),
        ("US$4.5bn", "4500000000", "USD"),
        ("EUR 500-million", "500000000", "EUR"),
        ("CZK 2 000 million", "2000000000", "CZK"),
        ("1.000.000.000 euros", "1000000000", "EUR"),
        ("180.000 EUR", "180000", "EUR"),
        ("CHF 1'500'000", "1500000", "CHF"),
        ("one hundred and twenty-six million euros", "126000000", "EUR"),
        ("half a billion zlotys", "500000000.0", "PLN"),
        ("seventy-five billion Norwegian kroner", "75000000000", "NOK"),
    ],
)
def test_a_sum_is_read_however_it_is_written(words: str, value: str, currency: str) -> None:
    (one,) = sums(f"It gives {words} of support.")
    assert (one.value, one.currency) == (Decimal(value), currency)


def test_a_sign_that_several_currencies_share_is_the_givers_own_or_nothing() -> None:
    assert [one.currency for one in sums("It gives $3.02B.", "CAD")] == ["CAD"]
    assert [one.currency for one in sums("It gives $3.02B.")] == ["USD"]
    assert sums("It gives 3 billion kroner.") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("EUR 1–2 billion", ("1000000000", "EUR", "at least", None)),
        ("between EUR 80 and 100 million", ("80000000", "EUR", "at least", None)),
        ("as much as EUR 3 billion until the end of 2030", ("3000000000", "EUR", "up to", (None, 2030))),
        ("£2 billion in 2024/25", ("2000000000", "GBP", "", (2024, 2025))),
        ("no less than a quarter of a per cent of its GDP", ("0.25", "", "at least", None)),
        ("2.5 ‰ of Estonia's GDP", ("0.25", "", "", None)),
    ],
)
def test_ranges_bounds_and_shares_as_they_are_written(
    words: str, expected: tuple[str, str, str, tuple[int | None, int] | None]
) -> None:
    assert of(f"It gives {words}.") == [expected]


def test_shares_with_one_unit_are_several() -> None:
    assert [one[0] for one in of("It gives 0.25, 0.30 and 0.35 per cent of GDP.")] == ["0.25", "0.30", "0.35"]


def test_a_sum_for_each_year_says_so() -> None:
    found = sums("It gives ISK 4 bn annually and ISK 1 bn once.")
    assert [one.yearly for one in found] == [True, False]


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
    assert len(of("ISK 4 bn a year from 2024 to 2028, which is roughly USD 29 million")) == 1
    assert len(of("EUR 50 billion (EUR 7.9 billion already disbursed)")) == 2


def test_a_share_of_gdp_has_no_currency_and_people_are_no_money() -> None:
    assert of("0.25% of the gross domestic product for 2024, 2025 and 2026") == [
        ("0.25", "", "", (2024, 2026))
    ]
    assert of("over 1.6 million persons and 20,000 terminals in 2024") == []
