"""Rates name their day and period; the shares of a fund add up to one."""

from datetime import date
from decimal import Decimal

import pytest

from konvoi.intake.kiel.faults import Faults
from konvoi.intake.kiel.shares import rates_of, shares_of
from konvoi.intake.sheet import Row, Sheet, Value
from konvoi.intake.sheets import Sheets

SOURCE = "Source: ECB (October 6, 2022). Average over the month (September 6 until October 6, 2022)."
LAST = date(2022, 10, 3)


def sheet(name: str, *rows: tuple[Value, ...]) -> Sheet:
    return Sheet(name, tuple(Row(number, cells) for number, cells in enumerate(rows, 1)))


def rates(*rows: tuple[Value, ...]) -> tuple[list[tuple[object, ...]], dict[str, str], list[str]]:
    faults = Faults("f.xlsx")
    table, names = rates_of(sheet("Exchange rates", ("Currency", "1 EUR"), *rows), LAST, faults)
    return table.select("currency", "day", "per_eur").rows(), names, [f.code for f in faults.found]


def shares(*rows: tuple[Value, ...]) -> tuple[list[tuple[object, ...]], list[str]]:
    faults = Faults("f.xlsx")
    found = sheet("EPF aid shares", ("Country", "GNI", "Share of GNI"), *rows)
    return shares_of(Sheets({found.name: found}), faults).rows(), [f.code for f in faults.found]


def test_a_rate_names_the_period_it_is_the_mean_of() -> None:
    table, names, told = rates(("USD", 0.9887), (SOURCE,))
    assert table == [("USD", date(2022, 10, 6), Decimal("0.9887"))]
    assert names == {"USD": "ECB 2022-09-06/2022-10-06 (Kiel workbook)"}
    assert told == []


def test_a_currency_with_an_older_rate_keeps_its_own_day() -> None:
    table, names, _ = rates(("TWD", 33), (f"{SOURCE} TWD latest available (October 30, 2020).",))
    assert table[0][1] == date(2020, 10, 30)
    assert names == {"TWD": "ECB 2020-10-30 (Kiel workbook)"}


def test_without_a_source_the_last_day_of_the_release_is_the_day() -> None:
    assert rates(("USD", 1))[0][0][1] == LAST


@pytest.mark.parametrize("row", [("dollar", 1), ("USD", 0), ("USD", "."), ("USD", -1)])
def test_what_is_no_rate_is_told_and_not_used(row: tuple[Value, ...]) -> None:
    assert rates(row) == ([], {}, ["rate-unreadable"])


def test_a_rounding_of_the_shares_goes_to_the_largest() -> None:
    third = 0.333333333333
    found, told = shares(
        ("Austria", 1, third), ("Belgium", 1, third), ("Spain", 1, third + 1e-12), ("Total", 3, 1)
    )
    assert sum(Decimal(str(row[2])) for row in found) == 1
    assert [row[:2] for row in found] == [("EPF", "AT"), ("EPF", "BE"), ("EPF", "ES")]
    assert told == []


def test_shares_that_miss_one_by_more_are_left_as_they_are() -> None:
    found, _ = shares(("Austria", 1, 0.5), ("Belgium", 1, 0.4))
    assert [row[2] for row in found] == [Decimal("0.5"), Decimal("0.4")]


def test_a_share_of_nothing_is_left_out_and_one_beyond_the_whole_is_told() -> None:
    assert shares(("Norway", 1, 0)) == ([], [])
    assert shares(("Austria", 1, 1.5)) == ([], ["share-unreadable"])
