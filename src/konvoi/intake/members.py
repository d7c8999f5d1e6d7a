"""Members of JSON objects from strangers: of the kind that is asked for, else as if they were not there."""

from collections.abc import Mapping
from datetime import date

from konvoi.intake.json_text import plain
from konvoi.kit.days import iso

Object = Mapping[str, object]


def objects(value: Object, name: str) -> list[Object]:
    """The objects of a list.

    >>> objects({"a": [{"b": 1}, 2]}, "a"), objects({"a": 1}, "a")
    ([{'b': 1}], [])
    """
    found = value.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def member(value: Object, *path: str) -> Object:
    """The object at a path; an empty one where there is none."""
    for name in path:
        inner = value.get(name)
        value = inner if isinstance(inner, Mapping) else {}
    return value


def text(value: Object, *path: str) -> str | None:
    """The text or number at a path as text; None where it is empty or none.

    >>> text({"a": {"b": 1}}, "a", "b"), text({"a": ""}, "a")
    ('1', None)
    """
    return plain(member(value, *path[:-1]).get(path[-1])) or None


def day(written: str | None) -> date | None:
    """The day of an instant as it is written, at its own offset.

    >>> day("2031-03-01T23:00:00-05:00"), day("2031-03")
    (datetime.date(2031, 3, 1), None)
    """
    days = iso(written[:10]) if written else None
    return days.first if days and days.exact else None
