"""A first or last row that is the sum of all others is asked about."""

import polars as pl
from tests.intake.checks.plausible import package, told

from konvoi.intake.checks.sum_rows import rows_that_sum_the_others


def test_the_last_row_that_is_the_sum_of_the_others_is_asked_about() -> None:
    (finding,) = told(rows_that_sum_the_others, package(2), package(3), package(4), package(9))
    assert (finding.code, finding.place.row, finding.place.column) == ("row-may-be-total", 5, "amount")
    assert (finding.read, finding.values) == ("9 EUR", {"count": "3"})


def test_so_is_the_first_one_but_none_between() -> None:
    rows = (package(9), package(2), package(3), package(4))
    assert [one.place.row for one in told(rows_that_sum_the_others, *rows)] == [2]
    assert told(rows_that_sum_the_others, package(2), package(9), package(3), package(4)) == []


def test_of_three_rows_a_round_sum_is_a_matter_of_chance() -> None:
    assert told(rows_that_sum_the_others, package(2_000_000), package(3_000_000), package(5_000_000)) == []
    assert len(told(rows_that_sum_the_others, package(2_010), package(3_005), package(5_015))) == 1


def test_other_parties_and_currencies_are_not_added() -> None:
    rows = (package(2), package(3), package(4, party="NO"), package(9))
    assert told(rows_that_sum_the_others, *rows) == []
    assert told(rows_that_sum_the_others, package(2), package(3), package(4, "USD"), package(9)) == []


def test_a_row_that_is_the_sum_of_the_rows_since_the_last_such_row_is_asked_about() -> None:
    rows = (package(2_010), package(3_005), package(5_015), package(1_100), package(7_077), package(8_177))
    found = told(rows_that_sum_the_others, *rows, package(13_192))
    assert [(one.place.row, one.values["count"]) for one in found] == [(4, "2"), (7, "2"), (8, "4")]


def test_a_round_sum_between_others_is_asked_about_only_by_its_title() -> None:
    rows = (package(2_000), package(3_000), package(5_000), package(4_000))
    assert told(rows_that_sum_the_others, *rows) == []
    titles = pl.DataFrame(
        {"title": ["Total for the army"], "_file": ["SE/list.xlsx"], "_sheet": ["Packages"], "_row": [4]}
    )
    assert [one.place.row for one in told(rows_that_sum_the_others, *rows, titles=titles)] == [4]
