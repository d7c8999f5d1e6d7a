"""Days as intervals: a day that is only partly known is the span of days it may be."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, order=True)
class Days:
    """All days from the first to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @property
    def exact(self) -> bool:
        """Return True if this is one single day."""
        return self.first == self.last


def month(year: int, number: int) -> Days:
    """All days of a month.

    >>> month(2022, 2)
    Days(first=datetime.date(2022, 2, 1), last=datetime.date(2022, 2, 28))
    """
    return Days(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def iso(text: str) -> Days | None:
    """The days that an ISO 8601 date, month or year names; None where it names none.

    >>> iso("2022-02-30"), iso("2022-02").last.day, iso("2022").first.isoformat()
    (None, 28, '2022-01-01')
    """
    found = _ISO.fullmatch(text.strip())
    if not found:
        return None
    year, number, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or number is None:
            return Days(date(year or 1, 1, 1), date(year or 1, 12, 31)) if year else None
        if day is None:
            return month(year, number)
        return Days(date(year, number, day), date(year, number, day))
    except ValueError:
        return None


APART = timedelta(days=3653)
"""Ten years: a day that lies as far beyond most others is a slip of the pen."""


def latest(days: Iterable[date]) -> date | None:
    """Return the latest of some days, without those that a gap of more than ten years separates from most
    others.

    Of two days that far apart it is unknown which is wrong.

    >>> latest([date(2025, 3, 1), date(2026, 3, 1), date(2099, 3, 1)])
    datetime.date(2026, 3, 1)
    """
    known = sorted(days)
    for before, after in pairwise(known[len(known) // 2 :]):
        if after - before > APART:
            return before
    return known[-1] if known else None


def monday(day: date) -> date:
    """The Monday of a day's ISO week.

    >>> monday(date(2026, 1, 3))
    datetime.date(2025, 12, 29)
    """
    return day - timedelta(days=day.weekday())


def week(day: date) -> str:
    """The ISO week of a day.

    >>> week(date(2026, 1, 3))
    '2026-W01'
    """
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def year_span(first: object, last: object) -> str:
    """Return years as they are written; empty where none is stated.

    >>> year_span(2024, 2024), year_span(2024, 2026), year_span(None, 2030), year_span(None, None)
    ('2024', '2024–2026', '–2030', '')
    """
    return "" if last is None else str(last) if first == last else f"{first or ''}–{last}"
