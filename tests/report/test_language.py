"""Numbers, days, money and names as each language writes them."""

from datetime import date
from decimal import Decimal

import pytest

from konvoi.report.language import Language
from konvoi.report.page import Chance, Message, Name, Number, Share


@pytest.mark.parametrize(
    ("code", "number", "day", "money"),
    [
        ("en", "1,234,567.5", "2 Mar 2026", "USD 52.3 bn"),
        ("de", "1.234.567,5", "2. März 2026", "52,3 Mrd. USD"),
        ("uk", "1\u00a0234\u00a0567,5", "2 бер. 2026", "52,3 млрд дол. США"),
    ],
)
def test_numbers_days_and_money_are_written_by_locale(code: str, number: str, day: str, money: str) -> None:
    language = Language(code)
    assert language.decimal(Decimal("1234567.5")) == number
    assert language.day(date(2026, 3, 2)) == day
    assert language.money(Decimal("52310711000"), "USD") == money


def test_an_exact_figure_keeps_all_its_digits() -> None:
    assert Language("en").exact(Decimal("93942559000.01"), "EUR") == "EUR 93,942,559,000.01"


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.95, "very likely (95\u00a0%)"),
        (0.9, "very likely (90\u00a0%)"),
        (0.7, "likely (70\u00a0%)"),
        (0.5, "about as likely as not (50\u00a0%)"),
        (0.2, "unlikely (20\u00a0%)"),
        (0.1, "very unlikely (10\u00a0%)"),
        (0.999, "very likely (>\u00a099\u00a0%)"),
        (0.0, "very unlikely (0\u00a0%)"),
    ],
)
def test_certainty_is_told_on_the_scale_of_the_ipcc(probability: float, said: str) -> None:
    assert Language("en").text(Chance(probability)) == said


def test_a_name_is_told_in_the_readers_script_with_the_original_beside_it() -> None:
    name = Name("Kharkiv", "Charkiw", "Харків", "Харків")
    assert [Language(code).text(name) for code in ("en", "de", "uk")] == [
        "Kharkiv (Харків)",
        "Charkiw (Харків)",
        "Харків",
    ]


def test_what_is_not_known_is_said_and_never_nothing() -> None:
    assert Language("de").text(Number(None, "EUR")) == "nicht gemeldet"
    assert Language("en").text(Share(None)) == "not reported"


def test_a_sentence_of_somebody_else_is_not_filled_twice() -> None:
    """A value with braces, or a placeholder nobody fills, stays as it is."""
    assert Language("en").text(Message("{a} {b}", {"a": "{b}"})) == "{b} {b}"


def test_a_word_for_a_unit_follows_its_count_and_a_symbol_does_not() -> None:
    figures = [Number(Decimal(count), unit) for count, unit in ((1, "piece"), (12, "piece"), (12, "t"))]
    assert [Language("en").text(number) for number in figures] == ["1 piece", "12 pieces", "12 t"]


def test_the_original_stands_beside_a_name_that_does_not_say_it() -> None:
    """A Ukrainian name that holds the town's own name says it once."""
    place = Name("Lviv, centre of the oblast", "Lwiw, Zentrum der Oblast", "Львів, центр області", "Львів")
    assert Language("de").text(place) == "Lwiw, Zentrum der Oblast (Львів)"
    assert Language("uk").text(place) == "Львів, центр області"
