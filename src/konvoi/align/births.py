"""Days of birth as lists write them: each of several is an interval of its own."""

from collections.abc import Iterable
from datetime import date, datetime

from konvoi.align.days import days_in, is_unread
from konvoi.align.listing import Birth
from konvoi.kit.days import Days
from konvoi.kit.text import visible

_YEAR = 4
"""Letters of a year alone, which is no day."""


def births(value: object, place: str = "") -> tuple[Birth, ...]:
    """The births that a cell names: a day, a year as a number, or a text with one or several.

    A text that names no day stays as it is, without days, so that nothing is lost. Of a day that no calendar
    has, only the year counts: a slip may lie in the month, too.

    >>> [str(one.days) for one in births(1963)][0][:44], births("unknown")[0].days, births(None)
    ('Days(first=datetime.date(1963, 1, 1), last=d', None, ())
    >>> births("1961-02-30") == (Birth(years(1961, 1961), text="1961-02-30"),)
    True
    """
    if value is None or value == "":
        return (Birth(place=place),) if place else ()
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return (Birth(Days(day, day), place=place, text=day.isoformat()),)
    text = visible(str(value)).strip()
    if isinstance(value, int | float) and not text.isdigit():
        return (Birth(place=place, text=text),)
    found = days_in(text)
    told = tuple(
        Birth(
            years(one.days.first.year, one.days.last.year) if one.impossible else one.days,
            one.about,
            place,
            text[one.start : one.end],
        )
        for one in found
    )
    return told or ((Birth(place=place, text=text),) if text or place else ())


def years(first: int, last: int) -> Days:
    """All days of the years from the first to the last."""
    return Days(date(first, 1, 1), date(last, 12, 31))


def unread(found: Iterable[Birth]) -> tuple[str, ...]:
    """The texts of births that name no day."""
    return tuple(one.text for one in found if one.days is None and one.text)


def impossible(found: Iterable[Birth]) -> tuple[str, ...]:
    """The texts of births that state a day no calendar has."""
    told = (one for one in found if one.days and not one.days.exact and len(one.text) > _YEAR)
    return tuple(one.text for one in told if is_unread(one.text))


def leaves_out(text: str) -> bool:
    """Return True if the births of a text leave a part of it out: an impossible day, or other numbers.

    >>> [leaves_out(one) for one in ("1961-02-30", "29 février 1961", "1961", "3.5.1961 (Kyiv)")]
    [True, True, False, False]
    """
    rest = text
    for one in births(text):
        rest = rest.replace(one.text, "", 1)
    return bool(impossible(births(text))) or any(sign.isdigit() for sign in rest)
