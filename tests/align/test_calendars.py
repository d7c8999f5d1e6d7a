"""Days in local calendars: eras of Japan, years of the Buddha; what stands as it is stays."""

from datetime import date

import pytest

from konvoi.align.calendars import gregorian
from konvoi.align.days import day_in, days_in
from konvoi.kit.days import Days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和4年3月1日", date(2022, 3, 1), date(2022, 3, 1)),
        ("令和元年5月", date(2019, 5, 1), date(2019, 5, 31)),
        ("平成三十年", None, None),
        ("平成30年1月2日", date(2018, 1, 2), date(2018, 1, 2)),
        ("昭和37年", date(1962, 1, 1), date(1962, 12, 31)),
        ("２００１年１月２５日", date(2001, 1, 25), date(2001, 1, 25)),
        ("H30.1.2", date(2018, 1, 2), date(2018, 1, 2)),
        ("2001.9.22\n2008.6.25改訂", date(2001, 9, 22), date(2001, 9, 22)),
        ("พ.ศ. 2505", date(1962, 1, 1), date(1962, 12, 31)),
        ("1984年から1986年までの間", date(1984, 1, 1), date(1986, 12, 31)),
        ("26-11-1972", date(1972, 11, 26), date(1972, 11, 26)),
        ("2031-02-01", date(2031, 2, 1), date(2031, 2, 1)),
        ("不明", None, None),
    ],
)
def test_a_day_of_any_calendar_is_a_day_of_ours(text: str, first: date | None, last: date | None) -> None:
    assert day_in(gregorian(text)) == (Days(first, last) if first and last else None)


def test_about_a_year_and_one_year_or_another() -> None:
    about = days_in(gregorian("(a)1955年-1958年頃\n(b)1965年又は1966年"))
    assert [(one.days.first.year, one.days.last.year, one.about) for one in about] == [
        (1955, 1958, True),
        (1965, 1965, False),
        (1966, 1966, False),
    ]
