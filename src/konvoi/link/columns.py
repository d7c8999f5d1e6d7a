"""Columns that predicates read, and those of them that are only tested for equality of both sides."""

import re
from collections.abc import Iterable

_NAMED = r'(?:"((?:[^"]|"")+)"|([A-Za-z_]\w*))'
_READ = re.compile(rf"\b[lr]\.{_NAMED}")
_NULL = re.compile(rf"\b[lr]\.{_NAMED}\s+IS\s+(?:NOT\s+)?NULL\b", re.IGNORECASE)
# A value used in arithmetic before it is compared is more than equal or not equal.
_EQUAL = re.compile(
    rf"(?<![-+*/|%.\w])(?<![-+*/|%] )\bl\.{_NAMED}\s*(?:=|<>|!=)\s*r\.{_NAMED}"
    r"(?!\s*(?:[-+*/|%.(\[:]|COLLATE\b))",
    re.IGNORECASE,
)


def read(predicates: Iterable[str], columns: Iterable[str]) -> dict[str, bool]:
    """The columns that predicates over `l` and `r` read, in order: whether only to see if both are equal.

    Such a column may be given as whole numbers that stand for its values.

    >>> read(['l.good = r.good', 'l."day" IS NULL', 'abs(l.day - r.day) < 9'], ["day", "good", "unit"])
    {'day': False, 'good': True}
    """
    text = "\n".join(predicates)
    plain = _EQUAL.sub(lambda found: "" if _same(found.groups()) else found.group(), _NULL.sub("", text))
    every, valued = ({_name(*found.groups()) for found in _READ.finditer(one)} for one in (text, plain))
    return {column: column.lower() not in valued for column in columns if column.lower() in every}


def _same(names: tuple[str | None, ...]) -> bool:
    return _name(*names[:2]) == _name(*names[2:])


def _name(quoted: str | None, bare: str | None) -> str:
    """A column's name as SQL compares it: without regard to capitals."""
    return (quoted.replace('""', '"') if quoted else bare or "").lower()
