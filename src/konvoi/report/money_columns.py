"""Amounts of money of a table in major units, for people and their programs.

Tables hold amounts in minor units; `money` names those columns, each with the column of its currency.
"""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from konvoi.kit.money import places
from konvoi.model.table import QUANTITY

_OTHERWISE = "EUR"
"""Amounts without a currency are read with two places."""


def major(minor: Decimal | int, currency: str | None) -> Decimal:
    """Return an amount in major units with at least as many places as its currency has.

    >>> major(80000, "EUR"), major(800, "JPY"), major(Decimal("12.5"), "EUR")
    (Decimal('800.00'), Decimal('800'), Decimal('0.125'))
    """
    amount = Decimal(minor).scaleb(-places(currency or _OTHERWISE))
    unit = Decimal(1).scaleb(-places(currency or _OTHERWISE))
    return amount.quantize(unit) if amount == amount.quantize(unit) else amount.normalize()


def amounts(rows: pl.DataFrame, money: Mapping[str, str]) -> dict[str, list[Decimal | None]]:
    """Return the amounts of each column of money in major units, in the rows' order."""
    return {
        name: [
            None if minor is None else major(minor, currency)
            for minor, currency in zip(rows[name], rows[money[name]], strict=True)
        ]
        for name in money
        if name in rows.columns
    }


def in_decimals(rows: pl.DataFrame, money: Mapping[str, str]) -> pl.DataFrame:
    """Return the rows with amounts of money as decimals in major units."""
    found = amounts(rows, money)
    return rows.with_columns(pl.Series(name, values, dtype=QUANTITY) for name, values in found.items())
