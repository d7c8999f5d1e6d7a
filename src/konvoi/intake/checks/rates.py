"""Rates that amounts were converted with, against other rates of the same currency."""

from collections.abc import Iterable
from decimal import Decimal
from statistics import median

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain, told
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity

# Between the lowest and the highest rate of a year, a currency of the coalition seldom moves by more.
_BAND = Decimal("0.25")
_LEAST = 1000
_WORDS = (
    "a rate near {usual} {currency} for one {stated}",
    "Correct the amount, its currency, or the converted value.",
)
_TABLE = (
    "a rate near {usual}, as other rates of {currency} have it",
    "Correct the rate; one euro is worth so many units of the currency, not the other way round.",
)


def rates_out_of_band(whole: Whole) -> tuple[Finding, ...]:
    """The rate between an amount and its converted value must be near the other rates of that currency.

    Near: within a quarter. The others are the table of rates of the readings, else the median of at least
    three converted amounts. Amounts below ten units of the currency are left out for their rounding. The
    rates of the tables are compared among themselves.
    """
    tables = [reading.tables["rates"] for reading in whole.readings if "rates" in reading.tables]
    known: dict[str, list[Decimal]] = {}
    for table in tables:
        for currency, rate in table.select("currency", "per_eur").drop_nulls().rows():
            known.setdefault(currency, []).append(rate)
    return by_place([*_converted(whole.entries, known), *_tables(tables, known)])


def _converted(entries: pl.DataFrame, known: dict[str, list[Decimal]]) -> Iterable[Finding]:
    rows = entries.filter(
        (pl.col("amount_minor") >= _LEAST)
        & (pl.col("stated_minor") >= _LEAST)
        & (pl.col("currency") != pl.col("stated_currency"))
    ).to_dicts()
    implied: dict[tuple[str, str], list[Decimal]] = {}
    for row in rows:
        implied.setdefault((row["currency"], row["stated_currency"]), []).append(_rate(row))
    for row in rows:
        pair = (row["currency"], row["stated_currency"])
        others = known.get(pair[0], []) if pair[1] == "EUR" else []
        others = others or (implied[pair] if len(implied[pair]) > 2 else [])
        usual = median(others) if others else None
        if usual and not _near(_rate(row), usual):
            values = {"usual": plain(usual, 4), "currency": pair[0], "stated": pair[1]}
            read = f"{row['reference'] or row['entry']}: {plain(_rate(row), 4)}"
            yield told(Severity.WARNING, "rate-out-of-band", row, _WORDS, read=read, values=values)


def _tables(tables: list[pl.DataFrame], known: dict[str, list[Decimal]]) -> Iterable[Finding]:
    """Rates of the tables that are far from the median of three or more of their currency, or not above 0."""
    for table in tables:
        for row in table.iter_rows(named=True):
            rate, others = row["per_eur"], known.get(row["currency"], [])
            usual = median(others) if len(others) > 2 else None
            if rate is None or (rate > 0 and (usual is None or _near(rate, usual))):
                continue
            place = {"submission": row.get("_file"), "sheet": row.get("_sheet"), "row": row.get("_row")}
            values = {"usual": plain(usual, 4) if usual else "1", "currency": row["currency"] or ""}
            read = f"{row['currency']} {plain(rate, 4)}"
            yield told(
                Severity.WARNING,
                "rate-out-of-band",
                place | {"column": "per_eur"},
                _TABLE,
                read=read,
                values=values,
            )


def _rate(row: dict[str, object]) -> Decimal:
    """Units of the original currency for one of the stated one."""
    original = to_major(int(decimal_of(row["amount_minor"])), str(row["currency"]))
    return original / to_major(int(decimal_of(row["stated_minor"])), str(row["stated_currency"]))


def _near(rate: Decimal, usual: Decimal) -> bool:
    return usual * (1 - _BAND) <= rate <= usual * (1 + _BAND)
