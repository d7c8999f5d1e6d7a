"""Units that a head or a line above it gives for amounts, such as `amount (kEUR)` or `in Mio. EUR`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from konvoi.intake.cell import text_of
from konvoi.intake.scales import times_in_head
from konvoi.intake.sheet import Row, Value
from konvoi.intake.text_amounts import is_currency
from konvoi.kit.text import fold, tidy

_TOKEN = re.compile(r"['’]?\d+(?:[ .,'’\u00a0]\d{3})*s?|US\$|[€£$¥₴]|[^\W\d_]+")
_GROUPS = re.compile(r"[ .,'’\u00a0]")
_BRACKETS = re.compile(r"[\[(]([^\])]*)[\])]\s*\*?\s*$")
_PREPOSITIONS = frozenset("in en w v u у в i em di na x".split())
_BETWEEN = frozenset("of de d des di von od us".split())
_ARTICLES = frozenset("a an one ein eine einer un une uno una jeden один".split())
_LONGEST = 300


@dataclass(frozen=True)
class Unit:
    """A unit as it was written, and how many times it may mean."""

    text: str
    times: tuple[int, ...]


class StatedUnit(NamedTuple):
    """A unit and the number of the row that gives it."""

    row: int
    unit: Unit


def head_unit(value: Value, *, money: bool = True) -> Unit | None:
    """Return the unit at the end of the head of a column; None if it gives no scale.

    >>> head_unit("amount (kEUR)"), head_unit("Betrag in Mio. EUR").times, head_unit("amount (EUR)")
    (Unit(text='kEUR', times=(1000,)), (1000000,), None)
    >>> head_unit("сума, тис. грн").times, head_unit("USD '000"), head_unit("quantity (t)", money=False)
    ((1000,), Unit(text="USD '000", times=(1000,)), None)
    """
    text = text_of(value).removesuffix("*").rstrip()
    if len(text) > _LONGEST:
        return None
    if inside := _BRACKETS.search(text):
        return _unit(inside[1], money=money)
    tails = (text[match.start() :] for match in _TOKEN.finditer(text))
    found = (unit for tail in tails if (unit := _unit(tail, money=money)))
    return next(found, None)


def without_unit(text: str) -> str:
    """Return the head of a column without a unit of amounts at its end that no brackets enclose.

    >>> without_unit("Betrag in Mio. EUR"), without_unit("amount, kEUR"), without_unit("Summe")
    ('Betrag', 'amount', 'Summe')
    """
    unit = None if _BRACKETS.search(text) else head_unit(text)
    name = text.removesuffix("*").rstrip()
    return name.removesuffix(unit.text).rstrip(" ,;:/–-") if unit else text


def title_units(rows: Iterable[Row]) -> Iterator[StatedUnit]:
    """Return the units of amounts that lines above a head give.

    >>> line = Row(1, ("Support 2026, amounts in thousand EUR", None))
    >>> list(title_units([line, Row(2, ("We give 5 million euros, a million euros more",))]))
    [StatedUnit(row=1, unit=Unit(text='in thousand EUR', times=(1000,)))]
    """
    for row in rows:
        for value in row.cells:
            if isinstance(value, str) and (unit := _in_sentence(tidy(value)[:_LONGEST])):
                yield StatedUnit(row.number, unit)


def _unit(text: str, *, money: bool) -> Unit | None:
    """Return the unit that a whole text is; None if it holds anything else, or no word of scale."""
    tokens = [one[0] for one in _TOKEN.finditer(text)]
    if tokens and fold(tokens[0]) in _PREPOSITIONS and len(tokens) > 1:
        tokens = tokens[1:]
    times: tuple[int, ...] = ()
    for token in tokens:
        scale = _scale(token, money=money)
        if scale and not times:
            times = scale
        elif not (is_currency(token) or fold(token) in _BETWEEN):
            return None
    return Unit(tidy(text), times) if times else None


def _in_sentence(text: str) -> Unit | None:
    """Return the unit that a sentence gives beside a currency, or at the end of a clause."""
    found = list(_TOKEN.finditer(text))
    for at, match in enumerate(found):
        times = _scale(match[0], money=True)
        if not times:
            continue
        first = last = at
        before = found[at - 1][0] if at else ""
        glued = _glued(match[0]) is not None
        if is_currency(before) and not _parted(text, found, at - 1):
            first = at - 1
            before = found[at - 2][0] if at > 1 else ""
        if (before[:1].isdigit() and not _parted(text, found, first - 1)) or fold(before) in _ARTICLES:
            continue
        while last + 1 < len(found) and fold(found[last + 1][0]) in _BETWEEN:
            last += 1
        beside = last + 1 < len(found) and is_currency(found[last + 1][0])
        beside = beside and (last > at or not _parted(text, found, at))
        last = last + 1 if beside else at
        follows_number = last + 1 < len(found) and found[last + 1][0][:1].isdigit()
        prepared = fold(before) in _PREPOSITIONS
        ends = last + 1 == len(found) or _parted(text, found, last)
        named = beside or first < at or glued
        plain = match[0][:1] not in "'’" and match[0][:1].isdigit()
        if follows_number and not ends:
            continue
        alone = first == 0 and ends
        if (named and (prepared or not plain or alone)) or (prepared and ends and len(match[0]) > 2):
            start = found[first - 1].start() if prepared else found[first].start()
            return Unit(text[start : found[last].end()], times)
    return None


def _parted(text: str, found: Sequence[re.Match[str]], at: int) -> bool:
    """Return True if a comma or the like stands behind one of several words."""
    end = found[at + 1].start() if at + 1 < len(found) else len(text)
    return any(sign in text[found[at].end() : end] for sign in ",;:()[]")


def _scale(token: str, *, money: bool) -> tuple[int, ...]:
    """Return the possible factors of a word of scale; empty if it is none."""
    if token.lstrip("'’")[:1].isdigit():
        digits = _GROUPS.sub("", token.removesuffix("s").lstrip("'’"))
        times = 10 ** digits.count("0") if digits.strip("0") in ("", "1") else 0
        return (times,) if money and times in (10**3, 10**6, 10**9) else ()
    return _glued(token) or times_in_head(token, money=money)


def _glued(token: str) -> tuple[int, ...] | None:
    """Return the possible factors of a scale right before or behind the code of a currency."""
    for code, rest in ((token[-3:], token[:-3]), (token[:3], token[3:])):
        if 0 < len(rest) <= 4 and code.isupper() and is_currency(code) and not is_currency(token):
            return times_in_head(rest, money=True) or None
    return None
