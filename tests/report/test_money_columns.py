"""Amounts of money of a table in major units."""

from decimal import Decimal

import polars as pl
import pytest

from konvoi.report.money_columns import in_decimals, major
from konvoi.report.tables import frame_csv

ROWS = pl.DataFrame(
    {"paid": [12345, 800, None, 7032], "in": ["EUR", "JPY", "EUR", "KWD"], "other": [1, 2, 3, 4]}
)
MONEY = {"paid": "in"}


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(100, "EUR", "1.00"), (100, "JPY", "100"), (1, "KWD", "0.001"), (-5, "EUR", "-0.05"), (5, None, "0.05")],
)
def test_an_amount_has_the_places_of_its_currency(minor: int, currency: str | None, text: str) -> None:
    assert str(major(minor, currency)) == text


def test_a_part_of_a_minor_unit_is_not_rounded_away() -> None:
    assert major(Decimal("12.5"), "EUR") == Decimal("0.125")
    assert format(major(Decimal("10.000000"), "EUR"), "f") == "0.10"


def test_each_amount_takes_the_currency_of_its_own_row() -> None:
    exact = [Decimal("123.45"), Decimal(800), None, Decimal("7.032")]
    assert in_decimals(ROWS, MONEY)["paid"].to_list() == exact
    assert in_decimals(ROWS, MONEY)["other"].to_list() == [1, 2, 3, 4]


def test_in_csv_three_places_are_not_taken_for_thousands() -> None:
    assert frame_csv(ROWS, MONEY).decode().splitlines()[1:] == [
        "123.45,EUR,1",
        "800,JPY,2",
        ",EUR,3",
        "7.0320,KWD,4",
    ]
