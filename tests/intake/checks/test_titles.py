"""The amount of a row is held against the amount that its title states."""

import pytest
from tests.intake.checks.plausible import package, told

from konvoi.intake.checks.titles import amounts_against_titles

BN = 1_100_000_000


@pytest.mark.parametrize(
    "title",
    [
        "Military support worth SEK 1.1 bn",
        "Militärhilfe über 1,1 Mrd. Kronen",
        "Стрілецька зброя на 1,1 млрд крон",
        "Stödpaket 9 (1.1 miljarder kronor)",
    ],
)
def test_the_same_number_in_another_currency_is_found_at_the_currency(title: str) -> None:
    (finding,) = told(amounts_against_titles, package(BN, text=title))
    assert (finding.code, finding.place.row, finding.place.column) == (
        "currency-and-title-differ",
        2,
        "currency",
    )
    assert finding.read == "1100000000 EUR"
    assert "1" in finding.values["text"]


@pytest.mark.parametrize(
    ("amount", "title", "times"),
    [
        (1_100_000, "Package of EUR 1.1 bn", "1000"),
        (BN, "EUR 1.1 m for generators", "1000"),
        (1_100, "1,1 Mrd. Euro", "1000000"),
    ],
)
def test_a_number_off_by_thousands_in_the_same_currency_is_found(amount: int, title: str, times: str) -> None:
    (finding,) = told(amounts_against_titles, package(amount, text=title))
    assert (finding.code, finding.values["times"]) == ("amount-and-title-differ", times)


@pytest.mark.parametrize(
    "title",
    [
        "Package of EUR 1.1 bn",
        "SEK 12.6 bn (EUR 1.1 bn)",
        "SEK 12.6 bn",
        "KRW 1.1 trillion",
        "Package 9 with 1100 generators",
        "EUR 400 m of a larger package",
        "1,100,000 rounds",
        "",
    ],
)
def test_titles_that_agree_convert_or_speak_of_something_else_are_none(title: str) -> None:
    assert told(amounts_against_titles, package(BN, text=title)) == []


def test_a_number_that_may_be_a_fraction_or_thousands_agrees_with_either() -> None:
    assert told(amounts_against_titles, package(1_100, text="EUR 1,100")) == []
    assert told(amounts_against_titles, package(50_000, text="total CHF 50, 000", currency="CHF")) == []
