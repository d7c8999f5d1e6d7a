"""Amounts are taken as stated, or converted at the rate of their day, exact to the minor unit."""

from datetime import date

import polars as pl
import pytest
from tests.ledger.ledgers import rates

from konvoi.ledger.convert import converted

MARCH = date(2026, 3, 2)
SCHEMA = pl.Schema(
    {
        "currency": pl.String(),
        "amount_minor": pl.Int64(),
        "stated_currency": pl.String(),
        "stated_minor": pl.Int64(),
        "rate": pl.String(),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        "known_on": pl.Date(),
    }
)


def entry(**stated: object) -> dict[str, object]:
    return {"currency": "USD", "amount_minor": 300, "day_from": MARCH} | stated


def in_euro(
    entries: dict[str, object], known: pl.DataFrame | None, currency: str = "EUR"
) -> tuple[object, object]:
    """Return value and rate of one entry."""
    found = converted(pl.DataFrame([entries], schema=SCHEMA), known, currency)
    return found["value"][0], found["used_rate"][0]


def test_an_amount_in_the_currency_is_taken_as_it_is_without_a_rate() -> None:
    assert in_euro(entry(currency="EUR"), None) == (300, "")


def test_an_amount_that_the_source_states_in_the_currency_is_taken_as_stated() -> None:
    own = entry(stated_currency="EUR", stated_minor=251)
    assert in_euro(own, rates(("USD", MARCH, "2"))) == (251, "as stated by the source")
    assert in_euro(own | {"rate": "its bank"}, None) == (251, "its bank")


def test_the_last_rate_before_the_day_counts_and_else_the_first_one_after_it() -> None:
    known = rates(
        ("USD", date(2026, 3, 1), "2"), ("USD", date(2026, 3, 2), "3"), ("USD", date(2026, 3, 9), "4")
    )
    assert in_euro(entry(), known) == (100, "USD bank 2026-03-02")
    assert in_euro(entry(day_from=date(2026, 3, 8)), known) == (100, "USD bank 2026-03-02")
    assert in_euro(entry(day_from=date(2026, 2, 1)), known) == (150, "USD bank 2026-03-01")
    assert in_euro(entry(day_from=date(2026, 4, 1)), known) == (75, "USD bank 2026-03-09")


def test_without_a_first_day_the_last_counts_and_without_both_the_day_on_which_it_was_known() -> None:
    known = rates(("USD", date(2026, 3, 1), "2"), ("USD", date(2026, 3, 9), "4"))
    late = date(2026, 3, 10)
    assert in_euro(entry(day_from=None, day_to=late, known_on=MARCH), known)[0] == 75
    assert in_euro(entry(day_from=None, known_on=late), known)[0] == 75
    assert in_euro(entry(day_to=late, known_on=late), known)[0] == 150


def test_without_a_rate_or_an_amount_there_is_neither_value_nor_rate() -> None:
    assert in_euro(entry(), None) == (None, None)
    assert in_euro(entry(), rates(("GBP", MARCH, "2"))) == (None, None)
    assert in_euro(entry(), rates(("USD", MARCH, "0"))) == (None, None)
    assert in_euro(entry(amount_minor=None), rates(("USD", MARCH, "2"))) == (None, None)
    assert in_euro(entry(currency=None), rates(("USD", MARCH, "2"))) == (None, None)


def test_a_rate_of_the_euro_itself_changes_nothing() -> None:
    known = rates(("EUR", MARCH, "7"), ("USD", MARCH, "2"))
    assert in_euro(entry(), known) == (150, "USD bank 2026-03-02")


def test_between_two_currencies_the_way_leads_through_the_euro_of_each_day() -> None:
    known = rates(("USD", MARCH, "2"), ("GBP", MARCH, "0.5"))
    assert in_euro(entry(), known, "GBP") == (75, "USD bank 2026-03-02")
    assert in_euro(entry(currency="EUR"), known, "GBP") == (150, "EUR bank 2026-03-02")


def test_currencies_have_their_own_minor_units() -> None:
    """JPY 300 at 150 for a euro are EUR 2.00; EUR 3.00 are JPY 450."""
    known = rates(("JPY", MARCH, "150"))
    assert in_euro(entry(currency="JPY"), known) == (200, "JPY bank 2026-03-02")
    assert in_euro(entry(currency="EUR"), known, "JPY") == (450, "EUR bank 2026-03-02")
    assert in_euro(entry(currency="KWD", amount_minor=3000), rates(("KWD", MARCH, "1.5")))[0] == 200


@pytest.mark.parametrize(
    ("amount", "value"), [(1, 0), (2, 1), (3, 2), (5, 2), (6, 3), (7, 4), (-3, -2), (-5, -2)]
)
def test_a_half_is_rounded_to_the_even_neighbour(amount: int, value: int) -> None:
    assert in_euro(entry(amount_minor=amount), rates(("USD", MARCH, "2")))[0] == value


@pytest.mark.parametrize(("amount", "value"), [(1, 0), (2, 1), (4, 1), (5, 2)])
def test_a_third_is_rounded_to_its_nearest(amount: int, value: int) -> None:
    assert in_euro(entry(amount_minor=amount), rates(("USD", MARCH, "3")))[0] == value


def test_a_rate_has_six_decimal_places_and_large_amounts_are_exact() -> None:
    assert in_euro(entry(amount_minor=10**15), rates(("USD", MARCH, "1.000001")))[0] == 999_999_000_001_000
