"""A day that is only partly known is the interval it may lie in, and never more than the release covers."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.kiel.days import WINDOW, announced, long_days, window_of
from konvoi.intake.sheet import Value
from konvoi.kit.days import Days

FIRST, LAST = WINDOW.first, WINDOW.last


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("until 7/27/2022", FIRST, date(2022, 7, 27)),
        ("until  5/7/2022", FIRST, date(2022, 5, 7)),
        ("since 2/24/2022", date(2022, 2, 24), LAST),
        ("between 3/4/22 & 3/11/22", date(2022, 3, 4), date(2022, 3, 11)),
        ("between 3/20/2022 and 7/1/2022", date(2022, 3, 20), date(2022, 7, 1)),
        ("unclear, 09/2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("not specified, 03/22", date(2022, 3, 1), date(2022, 3, 31)),
        ("unclear, 10/2022", date(2022, 10, 1), LAST),
        ("between 7/1/2022 and 3/20/2022", FIRST, LAST),
        ("until 13/45/2022", FIRST, LAST),
        ("unclear, 13/2022", FIRST, LAST),
        ("some day", FIRST, LAST),
    ],
)
def test_what_is_no_day_is_an_interval(written: str, first: date, last: date) -> None:
    assert announced(written, WINDOW) == (Days(first, last), "not a date")


@pytest.mark.parametrize("written", ["unspecified", "Undisclosed", ".", None])
def test_a_day_that_nobody_gives_may_be_any_of_the_release(written: Value) -> None:
    assert announced(written, WINDOW) == (WINDOW, "unknown")


@pytest.mark.parametrize("written", [date(2022, 3, 1), datetime(2022, 3, 1, 12), "2022-03-01"])
def test_a_day_is_itself(written: Value) -> None:
    assert announced(written, WINDOW) == (Days(date(2022, 3, 1), date(2022, 3, 1)), "")


def test_a_year_far_from_the_release_is_impossible() -> None:
    assert announced(date(2922, 2, 9), WINDOW) == (WINDOW, "impossible")


def test_a_day_after_the_release_is_cut_and_told() -> None:
    """A series that was filled down counts the years up."""
    assert announced("until 4/6/2027", WINDOW) == (WINDOW, "beyond the release")


@given(st.one_of(st.text(), st.dates(), st.datetimes(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_whatever_stands_there_some_days_come_back(written: Value) -> None:
    days, _ = announced(written, WINDOW)
    assert days.first <= days.last


def test_the_release_says_which_days_it_covers() -> None:
    assert window_of("2nd release (covering February 1 to March 31, 2022)") == Days(
        date(2022, 2, 1), date(2022, 3, 31)
    )
    assert window_of("covering Smarch 1 to March 31, 2022") is None
    assert window_of("covering March 1 to February 1, 2022") is None


def test_days_written_out_are_found_in_their_order() -> None:
    assert long_days("(October 6, 2022), TWD of May 30, 2020; never February 30, 2022") == [
        date(2022, 10, 6),
        date(2020, 5, 30),
    ]
