"""Lines are not worth more than their package."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from konvoi.intake.check import whole
from konvoi.intake.checks.packages import lines_above_package
from konvoi.model.document import Reading
from konvoi.model.entries import frame
from konvoi.model.table import QUANTITY
from konvoi.model.tables import BY_NAME

PACKAGE: dict[str, object] = {"submission": "f.xlsx", "source": "s", "package": "P", "stage": "committed"}


def head(**other: object) -> dict[str, object]:
    return PACKAGE | {"entry": "P", "amount_minor": 100_00, "currency": "USD"} | other


def line(name: str, minor: int | None) -> dict[str, object]:
    return PACKAGE | {"entry": name, "line": name, "amount_minor": minor, "currency": "USD"}


def found(*rows: dict[str, object], rate: str = "") -> list[str]:
    table = BY_NAME["rates"].empty()
    if rate:
        values = pl.Series([Decimal(rate)], dtype=QUANTITY)
        named = pl.DataFrame({"per_eur": values}).with_columns(currency=pl.lit("USD"), day=date(2022, 10, 6))
        table = pl.concat([table, named], how="diagonal").select(table.columns)
    reading = Reading("f.xlsx", "", "t", entries=frame(rows), tables={"rates": table})
    return [finding.read for finding in lines_above_package(whole([reading]))]


def test_lines_above_their_package_are_told_once() -> None:
    assert found(head(), line("P/1", 60_00), line("P/2", 60_00)) == ["P: 120 USD"]


@pytest.mark.parametrize("minor", [40_00, 100_00, 101_00, None])
def test_lines_up_to_one_part_in_a_hundred_above_are_well(minor: int | None) -> None:
    assert found(head(), line("P/1", minor)) == []


def test_a_package_in_another_currency_is_compared_at_the_rate_of_its_document() -> None:
    package = head(currency="NOK", stated_minor=100_00, stated_currency="EUR")
    assert found(package, line("P/1", 150_00), rate="1.2") == ["P: 150 USD"]
    assert found(package, line("P/1", 150_00), rate="1.6") == []
    assert found(package, line("P/1", 150_00)) == []


def test_a_package_of_unknown_value_compares_nothing() -> None:
    assert found(head(amount_minor=None, currency=None), line("P/1", 60_00), rate="1.2") == []
