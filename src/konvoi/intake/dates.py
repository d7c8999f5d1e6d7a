"""Days as people write them: a span where only the month is known, a question where two are meant."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache

from babel.dates import get_month_names

from konvoi.intake.cell import Ask, Cell, Fault, error
from konvoi.intake.sheet import Value
from konvoi.kit.days import Days, month
from konvoi.kit.text import fold, tidy
from konvoi.model.finding import Severity
from konvoi.model.party import LANGUAGES

EARLIEST = 1900
LATEST = 2100

DAY_FIRST = "day-first"
MONTH_FIRST = "month-first"
"""Orders of days such as 03/04/2026."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?(?:[T ][\d:.+Z-]*)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\.?")
_MONTH = re.compile(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))")
_YEAR = re.compile(r"\d{4}")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([^\W\d]+) (?:(\d{1,2})(?:st|nd|rd|th)? )?(\d{4})(?: (?:року|р))?"
)

_NEIGHBOURS = (
    *("bg", "cs", "da", "el", "es", "et", "fi", "fr", "hr", "hu", "is", "it", "lt", "lv", "nb", "nl"),
    *("pl", "pt", "ro", "sk", "sl", "sv", "tr"),
)

# Columns whose last day counts where only a month is known: a promise for May is kept until the 31st.
_LAST = frozenset(
    {"promised", "delivery", "due", "last_useful", "ready", "until", "to", "expires", "member_to", "refused"}
)
# Tables in which a day that is only partly known is of no use.
_EXACT = frozenset({"rates", "horizon"})


def day(value: Value, ask: Ask) -> Cell:
    """A day; a month or a year becomes a span with a warning."""
    if isinstance(value, datetime):
        return _dropped(value)
    if isinstance(value, date):
        return _within(Days(value, value), ask)
    if not isinstance(value, str):
        return error(
            "day-unreadable",
            "a day such as 2026-03-31",
            "Format the cell as a date, or write the day as 2026-03-31.",
        )
    text = tidy(value)
    if asked := _ambiguous(text, ask.order):
        return asked
    try:
        found = _days(text, ask.order)
    except ValueError:
        return error("day-impossible", "a day that exists", "Check day, month and year.")
    return _within(found, ask) if found else _proposed(text)


def day_order(values: Iterable[Value]) -> str:
    """Return the order that the days of a column show: DAY_FIRST, MONTH_FIRST, or empty for none or both.

    >>> day_order(["03/04/2026", "25/04/2026"]), day_order(["04/25/2026"])
    ('day-first', 'month-first')
    >>> day_order(["25/04/2026", "04/25/2026"]), day_order(["03/04/2026"])
    ('', '')
    """
    texts = (tidy(value) for value in values if isinstance(value, str))
    found = {_shows(one) for text in texts if (one := _NUMERIC.fullmatch(text)) and one[2] != "."} - {""}
    return found.pop() if len(found) == 1 else ""


def depends_on_column(value: Value) -> bool:
    """Return True for a text whose day may be read by the order of the other days of its column."""
    return isinstance(value, str) and _NUMERIC.fullmatch(tidy(value)) is not None


def settled_by_column(value: Value) -> bool:
    """Return True for a text that names one of two days where nothing shows its order."""
    if not isinstance(value, str) or _ambiguous(tidy(value), DAY_FIRST) is not None:
        return False
    return _ambiguous(tidy(value), "") is not None


def _shows(one: re.Match[str]) -> str:
    first = int(one[1])
    second = int(one[3])
    if len(one[4]) == 4 and first > 12 >= second > 0:
        return DAY_FIRST
    return MONTH_FIRST if len(one[4]) == 4 and second > 12 >= first > 0 else ""


def _proposed(text: str) -> Cell:
    """Return a cell that cannot be read; a day with a month in a neighbour's language is proposed only."""
    with suppress(ValueError):
        found = _named(text, _neighbours())
        if found and found.exact:
            meant = found.first.isoformat()
            return error("day-unreadable", "a day such as 2026-03-31", "Did you mean {meant}?", meant=meant)
    return error("day-unreadable", "a day such as 2026-03-31", "Write the day as 2026-03-31.")


def _within(found: Days, ask: Ask) -> Cell:
    """The day, or the end of the span that the column needs."""
    if not EARLIEST <= found.first.year <= found.last.year <= LATEST:
        return error("day-impossible", "a day between 1900 and 2100", "Check day, month and year.")
    if found.exact:
        return Cell(found.first)
    if ask.table.name in _EXACT:
        return error("day-unreadable", "a day such as 2026-03-31", "Write the day as 2026-03-31.")
    taken = found.last if ask.column.name in _LAST else found.first
    fault = Fault(
        Severity.WARNING,
        "day-is-span",
        "one day",
        "It was read as any day from {first} to {last}; write the day if it is known.",
        {"first": found.first.isoformat(), "last": found.last.isoformat()},
    )
    return Cell(taken, (fault,), first=found.first, last=found.last)


def _dropped(moment: datetime) -> Cell:
    fault = Fault(Severity.NOTE, "day-with-time", "a day", "The time was left aside.")
    return Cell(moment.date(), (fault,))


def _ambiguous(text: str, order: str) -> Cell | None:
    """03/04/2022 is two days and 03.04.22 is no year; between points the day comes first in all of Europe."""
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    first = int(found[1])
    sign = found[2]
    second = int(found[3])
    year = found[4]
    if len(year) == 2:
        remedy = "Write the year in full, as in 2026-03-31."
        return error("day-ambiguous", "a year of four digits", remedy)
    if order or sign == "." or first == second or not (1 <= first <= 12 and 1 <= second <= 12):
        return None
    return error(
        "day-ambiguous",
        "an unambiguous date",
        "Write {day_first} or {month_first}, whichever is meant.",
        day_first=f"{year}-{second:02d}-{first:02d}",
        month_first=f"{year}-{first:02d}-{second:02d}",
    )


def _days(text: str, order: str = "") -> Days | None:
    """The days that a text names, None for none; ValueError where the calendar has no such day.

    order: of 03/04/2026, where other days of the column show it.
    """
    if year_first := _YEAR_FIRST.fullmatch(text):
        return _one(int(year_first[1]), int(year_first[3]), int(year_first[4]))
    if numeric := _NUMERIC.fullmatch(text):
        first = int(numeric[1])
        second = int(numeric[3])
        year = int(numeric[4])
        month_first = second > 12 or (order == MONTH_FIRST and first <= 12)
        return _one(year, first, second) if month_first and numeric[2] != "." else _one(year, second, first)
    if part := _MONTH.fullmatch(text):
        return month(int(part[1] or part[4]), _calendar_month(int(part[2] or part[3])))
    if _YEAR.fullmatch(text):
        return Days(date(int(text), 1, 1), date(int(text), 12, 31))
    return _named(text, _months())


def _named(text: str, months: Mapping[str, int]) -> Days | None:
    found = _NAMED.fullmatch(re.sub(r"[.,]", " ", text).replace("  ", " ").strip())
    if not found or (number := months.get(fold(found[2]))) is None:
        return None
    if found[1] and found[3]:
        return None
    on = found[1] or found[3]
    return _one(int(found[4]), number, int(on)) if on else month(int(found[4]), number)


def _one(year: int, number: int, on: int) -> Days:
    return Days(date(year, number, on), date(year, number, on))


def _calendar_month(number: int) -> int:
    if not 1 <= number <= 12:
        raise ValueError(f"no month {number}")
    return number


@cache
def _months() -> Mapping[str, int]:
    """Names of months, in full and short, in all languages."""
    return dict(_names_of_months(LANGUAGES))


@cache
def _neighbours() -> Mapping[str, int]:
    """Names of months in languages of partners that mean one month only: listopad is October or November."""
    found: dict[str, set[int]] = {}
    for name, number in _names_of_months(_NEIGHBOURS):
        found.setdefault(name, set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


def _names_of_months(languages: Sequence[str]) -> Iterator[tuple[str, int]]:
    for language in languages:
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, name in get_month_names(width, context, language).items():
                    yield fold(name), number
