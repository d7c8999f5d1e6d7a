"""Rates far from the others of their currency are told."""

from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.intake.check import whole
from konvoi.intake.checks.rates import rates_out_of_band
from konvoi.model.document import Reading
from konvoi.model.entries import frame
from konvoi.model.table import QUANTITY
from konvoi.model.tables import BY_NAME


def gift(name: str, minor: int, stated: int, **other: object) -> dict[str, object]:
    usual = {"entry": name, "reference": name, "currency": "NOK", "stated_currency": "EUR"}
    return usual | {"amount_minor": minor, "stated_minor": stated} | other


def found(*rows: dict[str, object], rates: list[str] | None = None) -> list[str]:
    table = BY_NAME["rates"].empty()
    if rates:
        values = pl.Series([Decimal(rate) for rate in rates], dtype=QUANTITY)
        named = pl.DataFrame({"per_eur": values}).with_columns(currency=pl.lit("NOK"), day=date(2022, 10, 6))
        table = pl.concat([table, named], how="diagonal").select(table.columns)
    reading = Reading("f.xlsx", "", "t", entries=frame(rows), tables={"rates": table})
    return [finding.read for finding in rates_out_of_band(whole([reading]))]


def test_an_amount_converted_the_wrong_way_round_is_told() -> None:
    assert found(gift("A", 1000_00, 10000_00), rates=["10"]) == ["A: 0.1"]


def test_an_amount_at_the_usual_rate_is_well() -> None:
    assert found(gift("A", 10500_00, 1000_00), rates=["10"]) == []


def test_without_a_table_the_median_of_three_amounts_is_usual() -> None:
    good = [gift(name, 10000_00, 1000_00) for name in ("A", "B", "C")]
    assert found(*good, gift("D", 100_00, 1000_00)) == ["D: 0.1"]
    assert found(good[0], gift("D", 100_00, 1000_00)) == []


def test_small_amounts_are_left_out_for_their_rounding() -> None:
    assert found(gift("A", 9_99, 12_00), rates=["10"]) == []
    assert found(gift("A", 12_00, 9_99), rates=["10"]) == []


def test_rates_of_a_table_are_held_against_one_another() -> None:
    assert found(rates=["10", "10.2", "0.1"]) == ["NOK 0.1"]
    assert found(rates=["-1"]) == ["NOK -1"]
    assert found(rates=["10", "10.2", "9.8"]) == []
