"""Days of birth as lists write them: each of several is an interval of its own."""

from collections.abc import Iterable
from datetime import date, datetime

from konvoi.align.days import days_in
from konvoi.align.listing import Birth
from konvoi.kit.days import Days


def births(value: object, place: str = "") -> tuple[Birth, ...]:
    """The births that a cell names: a day, a year as a number, or a text with one or several.

    A text that names no day stays as it is, without days, so that nothing is lost.

    >>> [str(one.days) for one in births(1963)][0][:44], births("unknown")[0].days, births(None)
    ('Days(first=datetime.date(1963, 1, 1), last=d', None, ())
    """
    if value is None or value == "":
        return (Birth(place=place),) if place else ()
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return (Birth(Days(day, day), place=place, text=day.isoformat()),)
    text = str(value).strip()
    if isinstance(value, int | float) and not text.isdigit():
        return (Birth(place=place, text=text),)
    found = days_in(text)
    told = tuple(Birth(one.days, one.about, place, text[one.start : one.end]) for one in found)
    return told or ((Birth(place=place, text=text),) if text or place else ())


def unread(found: Iterable[Birth]) -> tuple[str, ...]:
    """The texts of births that name no day."""
    return tuple(one.text for one in found if one.days is None and one.text)
