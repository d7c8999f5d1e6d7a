"""Amounts of many documents in one currency, to compare their orders of magnitude."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import polars as pl
from babel.numbers import get_territory_currencies

from konvoi.intake.check import Whole
from konvoi.kit.money import places
from konvoi.model.stages import Stage

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


def per_eur(whole: Whole) -> dict[str, float]:
    """Return the value of one euro in each currency: the middle rate of the readings, else a rough one."""
    found = {code: float(rate) for code, rate in APPROXIMATE_PER_EUR.items()}
    tables = [one.tables["rates"] for one in whole.readings if "rates" in one.tables]
    if tables:
        rates = pl.concat([table.select("currency", pl.col("per_eur").cast(pl.Float64)) for table in tables])
        middle = rates.filter(pl.col("per_eur") > 0).group_by("currency").median()
        found |= dict(middle.drop_nulls().iter_rows())
    return found


def in_euro(entries: pl.DataFrame, rates: Mapping[str, float]) -> pl.DataFrame:
    """Return entries with a positive amount whose currency has a rate, with `nominal` and `euro` (floats)."""
    known = entries.filter((pl.col("amount_minor") > 0) & pl.col("currency").is_in(list(rates)))
    scale = {code: 10.0 ** -places(code) for code in rates}
    nominal = pl.col("amount_minor") * pl.col("currency").replace_strict(scale, return_dtype=pl.Float64)
    return known.with_columns(nominal=nominal).with_columns(
        euro=pl.col("nominal") / pl.col("currency").replace_strict(dict(rates), return_dtype=pl.Float64)
    )


def once_each(entries: pl.DataFrame) -> pl.DataFrame:
    """Return the last statement of a value of each package or line, whatever its stage.

    A later event without a value, such as a receipt, hides none; a withdrawal of the package or line does.
    """
    own = pl.col("reference") == pl.coalesce("line", "package")
    withdrawn = (own & (pl.col("stage") == Stage.WITHDRAWN)).fill_null(False)
    stated = entries.filter(pl.col("amount_minor").is_not_null() | withdrawn)
    ordered = stated.sort("known_on", "entry", nulls_last=False)
    return ordered.unique(["source", "package", "line"], keep="last", maintain_order=True).sort("entry")


def home_currency(party: str, day: date | None, currencies: Iterable[str]) -> str:
    """Return the currency of a state on a day, else that of most amounts of a party; empty if there is none.

    currencies: of the party's amounts, one for each, or counted. Most: at least three of four, and at least
    three.
    """
    if own := own_currency(party, day):
        return own
    counted = Counter(currencies)
    code, most = max(counted.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return code if most >= 3 and most * 4 >= counted.total() * 3 else ""


def rounded(value: float) -> str:
    """Return a number of which only the order of magnitude counts, to two digits.

    >>> rounded(1234.0), rounded(0.0456)
    ('1200', '0.046')
    """
    digits = Decimal(f"{value:.1e}")
    return f"{digits:f}" if digits != digits.to_integral() else f"{digits.quantize(Decimal(1)):f}"
