"""The day of an announcement, also where the workbook knows it only in part."""

import re
from datetime import date, datetime
from typing import NamedTuple

from konvoi.intake.sheet import Value
from konvoi.kit.days import Days, iso, month
from konvoi.kit.text import tidy

# The release counts what was announced after 24 January 2022, the day that its scope names.
WINDOW = Days(date(2022, 1, 24), date(2022, 10, 3))

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(" "), 1)}
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_MONTH = re.compile(r"(?:not specified|unclear|unspecified),?\s*(\d{1,2})/(\d{4}|\d{2})", re.IGNORECASE)
_COVERS = re.compile(r"covering (\w+) (\d{1,2}) to (\w+) (\d{1,2}), (\d{4})", re.IGNORECASE)
_LONG = re.compile(r"\b([A-Za-z]+) (\d{1,2})\b(?:, (\d{4}))?")
_NONE = {"", ".", "unspecified", "undisclosed", "not specified", "unclear"}


class Announced(NamedTuple):
    """Days that an announcement may have been made on, and what is wrong with how they were written.

    fault: empty, `not a date`, `beyond the release` (a day after its last), `impossible`, `unknown`.
    """

    days: Days
    fault: str


def announced(value: Value, window: Days) -> Announced:
    """Read a day; where it is none, the interval it may lie in, at most the whole of the release's window."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if value.year not in (window.first.year - 1, window.first.year, window.last.year):
            return Announced(window, "impossible")
        return Announced(Days(value, value), "")
    text = tidy(str(value or ""))
    exact = iso(text)
    if exact is not None and exact.exact:
        return announced(exact.first, window)
    return _partly(text, window)


def long_days(text: str) -> list[date]:
    """The days in a text that are written out, such as October 6, 2022; a missing year is the next one named.

    >>> [day.isoformat() for day in long_days("from September 6 until October 6, 2022")]
    ['2022-09-06', '2022-10-06']
    """
    found: list[date] = []
    year = ""
    for name, number, of in reversed(_LONG.findall(text)):
        year = of or year
        if (month_number := _MONTHS.get(name.lower())) and year:
            try:
                found.append(date(int(year), month_number, int(number)))
            except ValueError:
                continue
    return found[::-1]


def window_of(title: str) -> Days | None:
    """The days that a release covers, from the title of its ReadMe; None where it names none.

    >>> window_of("7th release (covering January 24 to October 3, 2022)").last.isoformat()
    '2022-10-03'
    """
    found = _COVERS.search(title)
    if not found:
        return None
    first = _MONTHS.get(found[1].lower())
    last = _MONTHS.get(found[3].lower())
    year = int(found[5])
    try:
        return Days(date(year, first or 0, int(found[2])), date(year, last or 0, int(found[4])))
    except ValueError:
        return None


def _partly(text: str, window: Days) -> Announced:
    days = [day for found in _AMERICAN.findall(text) if (day := _american(*found)) is not None]
    word = text.split(" ", 1)[0].lower()
    if word == "until" and len(days) == 1:
        return _within(window.first, days[0], window)
    if word == "since" and len(days) == 1:
        return _within(days[0], window.last, window)
    if word == "between" and len(days) == 2:
        return _within(days[0], days[1], window)
    named = _MONTH.fullmatch(text)
    if named and 1 <= int(named[1]) <= 12:
        whole = month(_year(named[2]), int(named[1]))
        return _within(whole.first, whole.last, window)
    return Announced(window, "unknown" if text.lower() in _NONE else "not a date")


def _within(first: date, last: date, window: Days) -> Announced:
    """The days from first to last, none of them after the release."""
    if last < first:
        return Announced(window, "not a date")
    if last > window.last and first <= window.last:
        # A month that the release ends in is simply cut; a day beyond it was mistyped.
        month_of_release = (last.year, last.month) == (window.last.year, window.last.month)
        return Announced(Days(first, window.last), "not a date" if month_of_release else "beyond the release")
    return Announced(Days(first, last), "not a date")


def _american(number: str, day: str, year: str) -> date | None:
    """A day as the workbook's texts write it, the month first.

    Half of them can be no other way round (until 7/27/2022), and the workbook has one author.
    """
    try:
        return date(_year(year), int(number), int(day))
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
