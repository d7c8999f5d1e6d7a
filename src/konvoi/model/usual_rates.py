"""Rates for orders of magnitude alone: no amount is ever converted with them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from babel.numbers import get_territory_currencies

APPROXIMATE_PER_EUR: Mapping[str, Decimal] = {
    code: Decimal(rate)
    for code, rate in {
        "EUR": "1",
        "USD": "1.08",
        "GBP": "0.87",
        "CHF": "0.97",
        "AUD": "1.63",
        "BGN": "1.956",
        "BRL": "5.4",
        "CAD": "1.46",
        "CNY": "7.66",
        "CZK": "24",
        "DKK": "7.45",
        "HUF": "382",
        "ILS": "4",
        "INR": "89",
        "ISK": "149",
        "JPY": "152",
        "KRW": "1413",
        "MXN": "19.2",
        "NOK": "11.4",
        "NZD": "1.76",
        "PLN": "4.54",
        "RON": "4.95",
        "SEK": "11.5",
        "TRY": "25.8",
        "UAH": "39.5",
        "ZAR": "20",
    }.items()
}
"""Units of a currency for one euro: reference rates of the European Central Bank, means of 2023, rounded (of
the hryvnia that of the National Bank of Ukraine)."""


@cache
def own_currency(party: str, day: date | None = None) -> str:
    """Return the currency of a state by its ISO 3166 code on a day; empty for other parties.

    >>> own_currency("SE"), own_currency("HR", date(2022, 5, 1)), own_currency("EIB"), own_currency("XA")
    ('SEK', 'HRK', '', '')
    """
    if len(party) != 2 or not party.isalpha():
        return ""
    found = get_territory_currencies(party, start_date=day, end_date=day)
    return str(found[0]) if len(found) == 1 else ""
