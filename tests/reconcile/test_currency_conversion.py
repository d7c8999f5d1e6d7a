"""Amounts in one currency: as stated, else at the rate of the day, in whole numbers."""

from datetime import date
from decimal import Decimal

import polars as pl
from tests.reconcile.ledgers import entries

from konvoi.reconcile.currency_conversion import worth

RATES = pl.DataFrame(
    [
        ("USD", date(2022, 2, 1), Decimal("1.25")),
        ("USD", date(2022, 4, 1), Decimal("1.5")),
        ("JPY", date(2022, 2, 1), Decimal(130)),
    ],
    schema={"currency": pl.String, "day": pl.Date, "per_eur": pl.Decimal(38, 6)},
    orient="row",
)


def test_the_last_rate_before_the_day_holds() -> None:
    """On 1 March USD 1.25 are one euro: USD 125.00 are EUR 100.00."""
    assert worth(
        entries({"entry": "1", "amount_minor": 125_00, "currency": "USD"}), RATES, "EUR"
    ).to_list() == [100_00]


def test_currencies_meet_through_the_euro_whatever_their_places() -> None:
    """130 yen, which has no cents, are one euro, and that is USD 1.25."""
    assert worth(entries({"entry": "1", "amount_minor": 130, "currency": "JPY"}), RATES, "USD").to_list() == [
        125
    ]


def test_what_the_source_states_goes_before_a_rate() -> None:
    row = {"amount_minor": 125_00, "currency": "USD", "stated_minor": 99_00, "stated_currency": "EUR"}
    assert worth(entries({"entry": "1", **row}), RATES, "EUR").to_list() == [99_00]


def test_without_a_rate_it_is_unknown() -> None:
    ledger = entries({"entry": "1", "amount_minor": 5, "currency": "UAH"}, {"entry": "2"})
    assert worth(ledger, RATES, "EUR").to_list() == [None, None]
    assert worth(ledger, None, "EUR").to_list() == [None, None]
