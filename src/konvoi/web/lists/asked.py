"""Questions in an address to a list; what the list does not declare is refused."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from konvoi.web.access.requests import DAY, day_of
from konvoi.web.access.selection import Condition, Op, Position
from konvoi.web.lists.columns import Column, Kind
from konvoi.web.lists.query import FROM, RESERVED, Filter, ListQuery
from konvoi.web.lists.sources import Cursor, Wanted
from konvoi.web.pages.texts import say

PAGE = 50
MOST = 1_000
"""Rows of a page at most."""
LONGEST = 500
"""Characters of a value at most."""
MANY = 100
"""Values of a parameter at most."""
LARGEST = 10**18
"""A number is smaller than this one."""
NONE = "-"
"""Value of a filter: rows without a value."""


class NotAsked(Exception):
    """An address asks for what the list does not have. The text is for the reader; parameter: which one."""

    def __init__(self, text: str, parameter: str) -> None:
        super().__init__(text)
        self.parameter = parameter


@dataclass(frozen=True)
class Asked:
    """Question in an address. given: values of parameters as they stand in it, without those of the page.

    columns: that are shown. filtered: whether a filter is set.
    """

    wanted: Wanted
    columns: tuple[Column, ...]
    given: Mapping[str, tuple[str, ...]]
    filtered: bool

    def value(self, parameter: str) -> str:
        """Return the value of a parameter; empty where the address has none."""
        return next(iter(self.given.get(parameter, ())), "")

    def query(self, *without: str, **more: str) -> str:
        """Return the parameters for another address of the list; more: those that are set, empty ones left
        out.
        """
        kept = {name: values for name, values in self.given.items() if name not in without}
        values = {**kept, **{name: (value,) for name, value in more.items()}}
        return urlencode(sorted((name, one) for name, all in values.items() for one in all if one))


def asked(query: ListQuery, given: QueryDict, *, limit: int = PAGE, everything: bool = False) -> Asked:
    """Return what an address asks of a list; raise NotAsked for what the list does not declare.

    limit: rows of a page where the address states none. everything: for programs: show all columns where it
    chooses none, and refuse a parameter without a value, which a form may send.
    """
    found = {name: tuple(map(str, given.getlist(name))) for name in given}
    for name, values in found.items():
        if everything and not all(values):
            raise NotAsked(say("“{name}” has no value.", name=name[:60]), name)
        if len(values) > MANY or any(len(one) > LONGEST for one in values):
            raise NotAsked(say("The value of “{name}” is too long.", name=name), name)
    known = {name: one for one in query.filters for name in one.parameters}
    for name in found:
        if name not in known and name not in RESERVED:
            raise NotAsked(_unknown(name, [*known, *sorted(RESERVED)]), name)
    conditions = tuple(
        condition
        for name, one in known.items()
        if any(found.get(name, ())) and (condition := _condition(one, name, found[name])) is not None
    )
    order = _order(query, found.get("sort", ()))
    kept = {
        name: tuple(one for one in values if one)
        for name, values in found.items()
        if name not in ("after", "before") and any(values)
    }
    wanted = Wanted(
        conditions,
        order,
        _limit(found.get("limit", ()), limit),
        _cursor(found.get("after", ()), order, "after"),
        _cursor(found.get("before", ()), order, "before"),
    )
    if wanted.after is not None and wanted.before is not None:
        raise NotAsked(say("“{name}” stands beside “{other}”.", name="before", other="after"), "before")
    _refuse_unread_day(query, found.get(DAY, ()))
    columns = _columns(query, found.get("columns", ()), everything=everything)
    return Asked(wanted, columns, kept, bool(conditions))


def _unknown(name: str, known: list[str]) -> str:
    return say("“{name}” is not known. Known: {known}.", name=name[:60], known=", ".join(known))


def _refuse_unread_day(query: ListQuery, values: tuple[str, ...]) -> None:
    """Refuse a day that cannot be read: rows of another day would be taken for those of this one."""
    for one in values:
        if one and day_of(one) is None:
            raise NotAsked(say("“{value}” is not a day. Write a day as 2026-03-31.", value=one[:60]), DAY)


def _condition(one: Filter, parameter: str, values: tuple[str, ...]) -> Condition | None:
    values = tuple(value for value in values if value)
    if one.kind in (Kind.CHOICE, Kind.PARTY):
        return Condition(one.of, Op.IS, tuple(None if value == NONE else value for value in values))
    if one.kind == Kind.YES:
        return Condition(one.of, Op.IS, tuple(_yes(parameter, value) for value in values))
    if len(values) > 1:
        raise NotAsked(say("“{name}” stands more than once.", name=parameter), parameter)
    if not one.is_range:
        return Condition(one.of, Op.CONTAINS, (values[0].strip(),))
    op = Op.FROM if parameter == one.name + FROM else Op.UNTIL
    return Condition(one.of, op, (_end(one, parameter, values[0].strip()),))


def _yes(parameter: str, text: str) -> bool | None:
    known = {"yes": True, "no": False, NONE: None}
    if text not in known:
        raise NotAsked(_unknown(text, list(known)), parameter)
    return known[text]


def _end(one: Filter, parameter: str, text: str) -> object:
    if one.kind == Kind.NUMBER:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= LARGEST:
            raise NotAsked(say("“{value}” is not a number. Write a number as 1234.5.", value=text), parameter)
        return number
    day = day_of(text)
    if day is None:
        raise NotAsked(say("“{value}” is not a day. Write a day as 2026-03-31.", value=text[:60]), parameter)
    return day


def _order(query: ListQuery, values: tuple[str, ...]) -> tuple[str, ...]:
    chosen = [one for value in values for one in value.split(",") if one]
    for one in chosen:
        if one.removeprefix("-") not in query.sorts:
            raise NotAsked(_unknown(one, list(query.sorts)), "sort")
    names = [one.removeprefix("-") for one in chosen]
    if len(set(names)) < len(names):
        raise NotAsked(say("“{name}” stands more than once.", name="sort"), "sort")
    return (*chosen, *(one for one in query.order if one.removeprefix("-") not in names))


def _limit(values: tuple[str, ...], otherwise: int) -> int:
    text = next(iter(values), "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
        raise NotAsked(say("“limit” is a whole number from 1 to {most}.", most=MOST), "limit")
    return int(text)


def _columns(query: ListQuery, values: tuple[str, ...], *, everything: bool) -> tuple[Column, ...]:
    chosen = [one for value in values for one in value.split(",") if one]
    for one in chosen:
        if one not in query.by_name:
            raise NotAsked(_unknown(one, list(query.by_name)), "columns")
    shown = chosen or [one.name for one in query.shown if everything or not one.more]
    # The currency stands beside its amounts.
    currencies = [query.money[one] for one in shown if one in query.money]
    return tuple(query.by_name[one] for one in dict.fromkeys([*shown, *currencies]))


def written(cursor: Cursor, order: tuple[str, ...]) -> str:
    """Return a cursor as a text for an address. It holds values of a row that its reader sees."""
    place = cursor.position
    values = [cursor.digest, ",".join(order), cursor.start]
    if place is not None:
        values += [place.number, *place.values]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(texts: tuple[str, ...], order: tuple[str, ...], parameter: str) -> Cursor | None:
    text = next(iter(texts), "")
    if not text:
        return None
    found = _read(text, order)
    if found is None:
        raise NotAsked(say("The page of this address cannot be read. Start from the first page."), parameter)
    return found


def _read(text: str, order: tuple[str, ...]) -> Cursor | None:
    try:
        values: Any = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return None
    match values:
        case [str(digest), str(known), int(start)] if known == ",".join(order) and 0 <= start < 2**40:
            return Cursor(digest, start)
        case [str(digest), str(known), int(start), int(number), *place] if (
            known == ",".join(order)
            and 0 <= start < 2**40
            and 0 <= number < 2**40
            and len(place) == len(order)
            and all(one is None or isinstance(one, str | int | float) for one in place)
        ):
            return Cursor(digest, start, Position(tuple(place), number))
    return None
