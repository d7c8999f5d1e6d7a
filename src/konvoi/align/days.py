"""Days as lists write them, in numbers or English words, exact or not, one or several in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from konvoi.kit.days import Days, month

_NAMES = """
    jan feb mar apr may jun jul aug sep oct nov dec
    jän feb mär apr mai jun jul aug sep okt nov dez
    січ лют бер кві тра чер лип сер вер жов лис гру
    янв фев мар апр мая июн июл авг сен окт ноя дек
"""
_MONTHS = {
    name: number for line in _NAMES.strip().splitlines() for number, name in enumerate(line.split(), 1)
}
"""Beginnings of the names of months in English, German, Ukrainian and Russian."""

_WORD = rf"(?:{'|'.join(_MONTHS)})[^\W\d_]*\.?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_FORMS = re.compile(
    rf"""(?<![\d.]) (?:
      (?P<y1>{_YEAR}) - (?P<m1>\d\d) (?: - (?P<d1>\d\d) )? (?!\d)
    | (?P<y8>{_YEAR}) [./-] (?P<m8>\d{{1,2}}) [./-] (?P<d8>\d{{1,2}}) (?!\d)
    | (?P<d2>\d{{1,2}}) \s* [./] \s* (?P<m2>\d{{1,2}}) \s* [./] \s* (?P<y2>{_YEAR}) (?!\d)
    | (?P<d9>\d{{1,2}}) - (?P<m9>\d{{1,2}}) - (?P<y9>{_YEAR}) (?![\d-])
    | (?P<m6>\d{{1,2}}) / (?P<y6>{_YEAR}) (?!\d)
    | (?P<d3>\d{{1,2}}) (?:st|nd|rd|th|\.)? [\s-]* (?P<w3>{_WORD}) ,? [\s-]* (?P<y3>{_YEAR}) (?!\d)
    | (?P<w4>{_WORD}) \s+ (?P<d4>\d{{1,2}}) (?:st|nd|rd|th)? ,? \s+ (?P<y4>{_YEAR}) (?!\d)
    | (?P<w5>{_WORD}) ,? \s* (?P<y5>{_YEAR}) (?!\d)
    | (?P<y7>{_YEAR}) (?!\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(r"0*[1-9]\d*\s*[./-]\s*0*[1-9]\d*\s*[./-]\s*0*[1-9]\d*")
"""Three numbers that are none of them zero: a day, though perhaps an impossible one."""

_NAMED = re.compile(rf"0*[1-9]\d?\D*{_WORD}|{_WORD}\s+0*[1-9]\d?(?!\d)", re.IGNORECASE)
"""A day of a month that is named."""

_ABOUT = re.compile(
    r"(?:circa|approx\w*\.?|about|around|ca\.?|c\.|probably|possibly)\s*(?:in\s+)?$", re.IGNORECASE
)
_NEAR = 60
"""Letters before a day among which a word for "about" is looked for."""

_ABOUT_BEHIND = re.compile(r"\s*\(\s*(?:approx|circa|about)", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|[-–—])\s*(?:in\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|or)\s*(?:in\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"between\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """Days in a text; about: the text calls them approximate. start, end: where they stand. impossible: the
    text states a day that no calendar has (31.2.)."""

    days: Days
    about: bool
    start: int
    end: int
    impossible: bool = False


@lru_cache(maxsize=1 << 15)
def days_in(text: str) -> tuple[Found, ...]:
    """All days that a text names; a span (`1955-1958`, `between 1960 and 1962`) is one.

    Numbers are day, month, year. A part that is zero or cannot be (`00/00/1955`, 31.2.) makes it the month
    or the year.

    >>> [str(one.days.first) for one in days_in("00/00/1955 or 3.4.1956")], days_in("unknown")
    (['1955-01-01', '1956-04-03'], ())
    """
    found: list[Found] = []
    spanned = False
    for one in _each(text):
        if found and not spanned and _spans(text, found[-1], one):
            last = found.pop()
            first = min(last.days.first, one.days.first)
            end = max(last.days.last, one.days.last)
            about, impossible = last.about or one.about, last.impossible or one.impossible
            found.append(Found(Days(first, end), about, last.start, one.end, impossible))
            spanned = True
            continue
        found.append(one)
        spanned = False
    return tuple(replace(one, about=one.about or bool(_ABOUT_BEHIND.match(text, one.end))) for one in found)


def day_in(text: str) -> Days | None:
    """The first days that a text names; None where it names none."""
    return next((one.days for one in days_in(text)), None)


def is_unread(text: str) -> bool:
    """Return True if a text states a day that cannot be read, or that cannot be.

    >>> [is_unread(one) for one in ("31.2.2030", "05/06/30", "2030", "00/00/1955", "")]
    [True, True, False, False, False]
    """
    first = next(iter(days_in(text)), None)
    return bool(text.strip()) and (first is None or first.impossible)


def _spans(text: str, left: Found, right: Found) -> bool:
    between = text[left.end : right.start]
    if _TO.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between) and _BETWEEN.search(text[: left.start]))


def _each(text: str) -> Iterator[Found]:
    for match in _FORMS.finditer(text):
        days = _days({name: part for name, part in match.groupdict().items() if part})
        if days:
            about = _ABOUT.search(text[max(match.start() - _NEAR, 0) : match.start()]) is not None
            impossible = not days.exact and bool(_WHOLE.fullmatch(match[0]) or _NAMED.match(match[0]))
            yield Found(days, about, match.start(), match.end(), impossible)


def _days(named: dict[str, str]) -> Days | None:
    parts = {name[0]: part for name, part in named.items()}
    number = _MONTHS[parts["w"][:3].lower()] if "w" in parts else int(parts.get("m", 0))
    return _interval(int(parts["y"]), number, int(parts.get("d", 0)))


def _interval(year: int, number: int, day: int) -> Days | None:
    """The days of a date of which the day or the month may be unknown (0) or impossible."""
    if not 1 <= number <= 12:
        return Days(date(year, 1, 1), date(year, 12, 31))
    try:
        return Days(date(year, number, day), date(year, number, day))
    except ValueError:
        return month(year, number)
